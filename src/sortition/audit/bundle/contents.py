"""A published lottery as it is found: a folder, its public part alone, or either packed."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from sortition.audit.bundle.tokens import KEY_BYTES
from sortition.audit.canonical import digest
from sortition.audit.certificate.file import StatedCertificate, read_certificate
from sortition.audit.certificate.public import SHAPE as CERTIFICATE_SHAPE
from sortition.audit.documents import DocumentReader, indented, parse
from sortition.audit.draw.sources import Outcome, Source, outcome_of, source_of
from sortition.audit.log.events import Event, read_log
from sortition.audit.log.files import logged_names, round_files, round_names
from sortition.audit.lottery.file import PublishedLottery, read_lottery
from sortition.audit.lottery.public import read_public_lottery
from sortition.audit.plain import plain_bytes
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
    ROSTER,
    SEALED,
    SEALED_CERTIFICATE,
    SEALED_LOTTERY,
)
from sortition.audit.shapes.run import REPORT, REPORT_SHAPE, as_stated
from sortition.errors import Finding, InputErrors, VerificationFailed

LARGEST_FILE = 5 * 10**8  # bytes
LARGEST_ARCHIVE = 5 * 10**8  # bytes, unpacked
MOST_ENTRIES = 10_000
# what an archive that is damaged, or protected, or packed in an unusual way raises
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The files of a published lottery; None stands for what is missing or makes no sense.

    Attributes
    ----------
    contents : mapping of str to bytes
        The files by their place in the folder, as `bundle_files` names them.
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
        people = self.pool["people"] if self.pool else []
        return {person["id"]: person["token"] for person in people}


def read_bundle(path: Path) -> Bundle | None:
    """Read a folder or an archive; None if no lottery was published there.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    contents = _unpacked(path) if path.is_file() else _of_folder(path)
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
        certificate=documents.read(PUBLIC_CERTIFICATE, partial(parse, shape=CERTIFICATE_SHAPE)),
        commitment=documents.read(COMMITMENT, partial(parse, shape=COMMITMENT_SHAPE)),
        draw=documents.read(DRAW, partial(parse, shape=DRAW_SHAPE)),
        sealed_lottery=documents.read(SEALED_LOTTERY, read_lottery),
        sealed_certificate=documents.read(SEALED_CERTIFICATE, read_certificate),
        pool=documents.read(POOL, partial(parse, shape=POOL_SHAPE)),
        preparation=documents.read(PREPARATION, _read_preparation, indented),
        report=documents.read(REPORT, partial(parse, shape=REPORT_SHAPE), indented),
        # after all that was read
        malformed=tuple(documents.malformed),
        log_findings=tuple(log_findings),
    )


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
    if (directory / PurePosixPath(COMMITMENT).name).exists():  # the public part alone
        alone, log = PUBLIC, directory / PurePosixPath(LOG).name
    else:
        alone, log = "", directory / LOG
    later = {f"{alone}{name}" for name in round_files(directory)}
    if log.is_file():
        later |= logged_names(log.read_bytes())
    places = {
        name: directory / name.removeprefix(alone)
        for name in sorted({*_known(), *later})
        if name.startswith(alone)
    }
    contents, faults = {}, []
    for name, path in places.items():
        try:
            contents[name] = plain_bytes(path, LARGEST_FILE)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            continue
        except OSError:
            faults.append(Finding(code="file-unreadable", file=str(path)))
    if faults:
        raise InputErrors(tuple(faults))
    return contents


def _unpacked(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if (
                len(entries) > MOST_ENTRIES
                or sum(entry.file_size for entry in entries) > LARGEST_ARCHIVE
            ):
                raise InputErrors((Finding(code="archive-too-large", file=path.name),))
            named = {entry.filename: entry for entry in entries}
            if len(named) < len(entries) or any(map(_is_outside, named)) or _lotteries(named) > 1:
                raise InputErrors((Finding(code="archive-ambiguous", file=path.name),))
            placed = dict(_placed(sorted(named)))
            log = archive.read(named[placed[LOG]]) if LOG in placed else b""
            later = logged_names(log) | round_names(placed)
            return {
                name: archive.read(named[place])
                for name, place in placed.items()
                if name in _known() or name in later
            }
    except UNREADABLE:
        raise InputErrors((Finding(code="archive-unreadable", file=path.name),)) from None


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name


def _lotteries(names: Iterable[str]) -> int:
    file = PurePosixPath(COMMITMENT).name
    return sum(PurePosixPath(name).name == file for name in names)


def _placed(names: list[str]) -> Iterator[tuple[str, str]]:
    """The files of an archive by their place in a folder, whatever folder it was packed from."""
    file = PurePosixPath(COMMITMENT).name
    anchors = [name for name in names if PurePosixPath(name).name == file]
    if not anchors:
        return
    anchor = min(anchors, key=len)
    if anchor.endswith(COMMITMENT):
        home, prefix = anchor.removesuffix(COMMITMENT), ""
    else:
        home, prefix = anchor.removesuffix(file), PUBLIC
    for name in names:
        if name.startswith(home):
            yield prefix + name.removeprefix(home), name


def _known() -> tuple[str, ...]:
    return (*PUBLISHED, LOG, DRAW, *KEPT, ROSTER, *RESULTS)
