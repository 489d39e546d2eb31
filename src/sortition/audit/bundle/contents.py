"""A published lottery as it is found: a folder, its public part alone, or either packed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from sortition.audit.bundle.archive import unpacked
from sortition.audit.bundle.pool import is_erased, known_people
from sortition.audit.bundle.tokens import KEY_BYTES
from sortition.audit.canonical import digest
from sortition.audit.certificate.file import StatedCertificate, read_certificate
from sortition.audit.certificate.sharing import read_public_certificate
from sortition.audit.documents import DocumentReader, indented, parse
from sortition.audit.draw.sources import Outcome, Source, outcome_of, source_of
from sortition.audit.letters import unknown_letters
from sortition.audit.log.events import Event, read_log
from sortition.audit.log.files import logged_names, round_files, round_names
from sortition.audit.lottery.file import PublishedLottery, read_lottery
from sortition.audit.lottery.public import read_public_lottery
from sortition.audit.plain import LARGEST_FILE, Folder, plain_bytes
from sortition.audit.run.report import read_report
from sortition.audit.shapes.bundle import (
    COMMITMENT,
    COMMITMENT_SHAPE,
    DRAW,
    DRAW_SHAPE,
    KEPT,
    KEY,
    LOG,
    POOL,
    POOL_SHAPE,
    PREPARATION,
    PREPARATION_SHAPE,
    PUBLIC,
    PUBLIC_CERTIFICATE,
    PUBLIC_LOTTERY,
    PUBLISHED,
    RESULTS,
    SEALED,
    SEALED_CERTIFICATE,
    SEALED_LOTTERY,
)
from sortition.audit.shapes.run import REPORT, ROSTER, as_stated
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.model import is_rehearsal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The files of a published lottery; None stands for what is missing or makes no sense.

    Attributes
    ----------
    contents : mapping of str to bytes
        The files by their place in the folder, as `sortition.audit.shapes.bundle` names them.
    malformed : tuple of Finding
        What is wrong with the form of the documents.
    log_findings : tuple of Finding
        What is wrong with the chain of events.
    events : sequence of Event
        Empty if the chain is broken.
    """

    contents: Mapping[str, bytes]
    malformed: tuple[Finding, ...]
    log_findings: tuple[Finding, ...]
    events: Sequence[Event]
    lottery: PublishedLottery | None
    certificate: Any | None
    commitment: Any | None
    draw: Any | None
    sealed_lottery: PublishedLottery | None
    sealed_certificate: StatedCertificate | None
    pool: Any | None
    preparation: Any | None
    report: Any | None

    @property
    def is_sealed(self) -> bool:
        """Whether files are there that are for an auditor alone."""
        return any(name.startswith(SEALED) for name in self.contents)

    @property
    def is_rehearsal(self) -> bool:
        """Whether the commitment says that it is a trial, which decides nothing."""
        return self.commitment is not None and is_rehearsal(self.commitment["about"]["assembly"])

    @property
    def has_results(self) -> bool:
        """Whether lists and reports of the draw are there."""
        return any(name in self.contents for name in RESULTS)

    @property
    def announced(self) -> str:
        """The digest that was to be announced; empty if there is no commitment."""
        return digest(self.contents[COMMITMENT]) if COMMITMENT in self.contents else ""

    @property
    def key(self) -> bytes | None:
        """The key of the tokens."""
        try:
            key = bytes.fromhex(self.contents[KEY].decode().removesuffix("\n"))
        except (KeyError, ValueError):
            return None
        well = len(key) == KEY_BYTES and self.contents[KEY] == f"{key.hex()}\n".encode()
        return key if well else None

    @property
    def source(self) -> Source | None:
        """The source of chance that was promised."""
        return source_of(self.commitment["source"]) if self.commitment else None

    @property
    def outcome(self) -> Outcome | None:
        """What came of it."""
        return outcome_of(self.draw["source"]) if self.draw else None

    @property
    def tokens(self) -> dict[str, str]:
        """The token of each person, by id; empty without the pool."""
        people = known_people(self.pool) if self.pool else []
        return {person["id"]: person["token"] for person in people}

    @property
    def erased(self) -> frozenset[str]:
        """The tokens of the people who were erased."""
        people = self.pool["people"] if self.pool else []
        return frozenset(person["token"] for person in people if is_erased(person))


def read_bundle(path: Path) -> Bundle | None:
    """Read a folder or an archive; None if no lottery was published there.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    contents = _of_archive(path) if path.is_file() else _of_folder(path)
    if not any(name.startswith(PUBLIC) for name in contents):
        return None
    log_findings: list[Finding] = []
    events: Sequence[Event] = ()
    try:
        events = read_log(contents[LOG], LOG) if LOG in contents else ()
    except VerificationFailed as failure:
        log_findings += failure.findings
    contents = _without_false_draw(contents, events)
    documents = DocumentReader(contents)
    return Bundle(
        contents=contents,
        events=events,
        lottery=documents.read(PUBLIC_LOTTERY, read_public_lottery),
        certificate=documents.read(PUBLIC_CERTIFICATE, read_public_certificate),
        commitment=documents.read(COMMITMENT, partial(parse, shape=COMMITMENT_SHAPE)),
        draw=documents.read(DRAW, partial(parse, shape=DRAW_SHAPE)),
        sealed_lottery=documents.read(SEALED_LOTTERY, read_lottery),
        sealed_certificate=documents.read(SEALED_CERTIFICATE, read_certificate),
        pool=documents.read(POOL, partial(parse, shape=POOL_SHAPE)),
        preparation=documents.read(PREPARATION, _read_preparation, indented),
        report=documents.read(REPORT, read_report, indented),
        # after all that was read
        malformed=(*documents.malformed, *_letters(contents)),
        log_findings=tuple(log_findings),
    )


def _letters(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """Public documents with letters that not every verifier knows."""
    for name in sorted(contents):
        if name.startswith(PUBLIC) and name.endswith((".json", ".jsonl")):
            for letter in unknown_letters(contents[name]):
                yield Finding(code="verify-letters", file=name, value=f"U+{ord(letter):04X}")


def _without_false_draw(contents: dict[str, bytes], events: Sequence[Event]) -> dict[str, bytes]:
    """The files without a record of a draw that nobody can read and no event tells of.

    Earlier versions left one behind on a full disk.
    """
    if DRAW not in contents or not events or any(event.name == "drawn" for event in events):
        return contents
    try:
        parse(contents[DRAW], DRAW, DRAW_SHAPE)
    except VerificationFailed:
        return {name: content for name, content in contents.items() if name != DRAW}
    return contents


def _read_preparation(content: bytes, file: str) -> Any:
    return parse(content, file, as_stated(content, PREPARATION_SHAPE))


def _of_folder(directory: Path) -> dict[str, bytes]:
    if not directory.is_dir():
        raise InputErrors((Finding(code="verify-no-folder", file=str(directory)),))
    alone_too = os.path.lexists(directory / PurePosixPath(COMMITMENT).name)
    if alone_too and os.path.lexists(directory / PUBLIC):
        raise InputErrors((Finding(code="folder-ambiguous", file=str(directory)),))
    if alone_too:  # the public part alone
        alone, log = PUBLIC, directory / PurePosixPath(LOG).name
    else:
        alone, log = "", directory / LOG
    later = {f"{alone}{name}" for name in round_files(directory)}
    with suppress(OSError):  # said of the file below
        later |= logged_names(plain_bytes(log, LARGEST_FILE))
    places = {
        name: directory / name.removeprefix(alone)
        for name in sorted({*_known(), *later})
        if name.startswith(alone)
    }
    contents, faults, folder = {}, [], Folder()
    for name, path in places.items():
        try:
            contents[name] = folder.read(path)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            continue
        except OSError:
            faults.append(Finding(code="file-unreadable", file=str(path)))
    if faults:
        raise InputErrors(tuple(faults))
    return contents


def _of_archive(path: Path) -> dict[str, bytes]:
    contents = unpacked(path)
    later = logged_names(contents.get(LOG, b"")) | round_names(contents)
    return {name: content for name, content in contents.items() if name in {*_known(), *later}}


def _known() -> tuple[str, ...]:
    return (*PUBLISHED, LOG, DRAW, *KEPT, ROSTER, *RESULTS)
