"""What a folder holds and what follows from it, as far as it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sortition.audit.certificate.file import StatedCertificate, read_certificate
from sortition.audit.certificate.proof import DENOMINATOR, Certificate
from sortition.audit.documents import DocumentReader, indented, parse
from sortition.audit.lottery.file import PublishedLottery, PublishedPanel, read_lottery
from sortition.audit.plain import Folder
from sortition.audit.run.report import read_report
from sortition.audit.shapes.run import (
    CERTIFICATE,
    LOTTERY,
    MANIFEST,
    MANIFEST_SHAPE,
    MANIFEST_WITH_RESERVE,
    OUTPUTS,
    REPORT,
    RESERVE,
    ROSTER,
    as_stated,
)
from sortition.errors import Finding, InputErrors
from sortition.model import below


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The files of a run; None stands for what is missing or cannot be made sense of.

    Attributes
    ----------
    contents : mapping of str to bytes
        The files by name.
    malformed : tuple of Finding
        What is wrong with the form of the documents.
    lottery : PublishedLottery or None
    stated : StatedCertificate or None
    report, manifest : document or None
        Of the shapes in `sortition.audit.shapes.run`.
    """

    contents: Mapping[str, bytes]
    malformed: tuple[Finding, ...]
    lottery: PublishedLottery | None
    stated: StatedCertificate | None
    report: Any | None
    manifest: Any | None

    @property
    def certificate(self) -> Certificate | None:
        """The certificate without the bounds that are stated."""
        return self.stated.certificate if self.stated else None

    @property
    def ticket(self) -> int | None:
        """The ticket that the seed draws from the lottery."""
        if self.lottery is None or self.manifest is None:
            return None
        count = self.lottery.ticket_count
        if not 1 <= count <= 2**256:
            return None
        return below(count, seed=self.manifest["seed"], domain=f"draw/{self.lottery.digest}")

    @property
    def drawn(self) -> tuple[str, ...] | None:
        """The panel of that ticket."""
        panel = self._drawn_panel()
        return None if panel is None else panel.members

    @property
    def alternates(self) -> tuple[str, ...] | None:
        """The alternates of that ticket, in the order in which they are called."""
        panel = self._drawn_panel()
        return None if panel is None else panel.alternates

    def _drawn_panel(self) -> PublishedPanel | None:
        ticket = self.ticket  # which counts all tickets
        if self.lottery is None or ticket is None:
            return None
        return self.lottery.panel_of(ticket)

    @property
    def chances(self) -> Mapping[str, float] | None:
        """The selection probabilities by id, sorted, if they are probabilities of the people."""
        return chances_of(self.lottery, self.certificate)


def chances_of(
    lottery: PublishedLottery | None, certificate: Certificate | None
) -> Mapping[str, float] | None:
    """The selection probabilities by id, sorted, if they are probabilities of the people."""
    if lottery is None or certificate is None:
        return None
    chances = dict.fromkeys(certificate.impossible, 0.0)
    for group, reached in zip(certificate.groups, certificate.reached, strict=True):
        if not 0 <= reached <= DENOMINATOR:
            return None
        chances.update(dict.fromkeys(group, reached / DENOMINATOR))
    if sorted(chances) != sorted(lottery.people) or not any(chances.values()):
        return None
    return dict(sorted(chances.items()))


def read_evidence(directory: Path) -> Evidence:
    """Read the files of a run.

    Raises
    ------
    InputErrors
        If the folder is not there, or a file in it cannot be opened.
    """
    contents = _contents(directory)
    documents = DocumentReader(contents)
    lottery = documents.read(LOTTERY, read_lottery)
    stated = documents.read(CERTIFICATE, read_certificate)
    report = documents.read(REPORT, read_report, indented)
    manifest = documents.read(MANIFEST, _read_manifest, indented)
    return Evidence(
        contents=contents,
        malformed=tuple(documents.malformed),
        lottery=lottery,
        stated=stated,
        report=report,
        manifest=manifest,
    )


def _read_manifest(content: bytes, file: str) -> Any:
    # within a text the quotation marks would be escaped
    shape = MANIFEST_WITH_RESERVE if b'"alternates": ' in content else MANIFEST_SHAPE
    return parse(content, file, as_stated(content, shape))


def _contents(directory: Path) -> dict[str, bytes]:
    if not directory.is_dir():
        raise InputErrors((Finding(code="verify-no-folder", file=str(directory)),))
    contents, faults, folder = {}, [], Folder()
    for name in (*OUTPUTS, *RESERVE, ROSTER, MANIFEST):
        try:
            contents[name] = folder.read(directory / name)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            continue
        except OSError:
            faults.append(Finding(code="file-unreadable", file=str(directory / name)))
    if faults:
        raise InputErrors(tuple(faults))
    return contents
