"""Destroy what a folder need not hold any more, and write down what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sortition.audit.bundle.contents import Bundle, read_bundle
from sortition.audit.canonical import Json, digest
from sortition.audit.log.events import log_with, read_log
from sortition.audit.log.files import logged_names, round_files
from sortition.audit.log.purged import OF_THE_OFFICE, PURGED, Kept, destroyed_files, goes_with
from sortition.audit.rounds.claims import FIRST
from sortition.audit.rounds.history import RUN_LOG
from sortition.audit.run.evidence import read_evidence
from sortition.audit.shapes.bundle import KEPT, LOG, PUBLIC, PUBLIC_PACKED, RESULTS, SEALED_PACKED
from sortition.audit.shapes.run import COPY, MANIFEST, OUTPUTS, RESERVE, ROSTER
from sortition.audit.unfinished import WORKSHOP
from sortition.audit.verify import examine
from sortition.errors import Finding, InputErrors
from sortition.folders.change import reopening

# what this program writes into a folder, logged or not
OURS = frozenset(
    {
        *OUTPUTS,
        *RESULTS,
        *RESERVE,
        *KEPT,
        MANIFEST,
        COPY,
        ROSTER,
        PUBLIC_PACKED,
        SEALED_PACKED,
        *OF_THE_OFFICE,
        "alternates.html",
        "alternates.json",
        "alternates_certificate.json",
        "alternates_lottery.json",
        "evaluation.html",
        "evaluation.json",
        "seating/name_cards.html",
        "seating/seating.csv",
        "seating/seating.html",
        "seating/seating.json",
        "seating/seating.xlsx",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """What is destroyed, or would be.

    Attributes
    ----------
    destroyed, left : tuple of str
        Files by their place in the folder; those left are none of this program's.
    done : bool
    """

    destroyed: tuple[str, ...]
    left: tuple[str, ...]
    done: bool


def purge(directory: Path, kept: Kept, *, sure: bool) -> Purge:
    """Destroy the files that need not be kept, after all that the folder claims was verified.

    Parameters
    ----------
    directory : Path
    kept : {"panel", "proof", "public"}
        How much.
    sure : bool
        Whether to do it, and not only to say what would be done.

    Raises
    ------
    InputErrors
        If nothing was drawn or published there, what is there does not hold, or a file cannot be
        taken out; then nothing is destroyed.
    """
    with reopening(directory) as change:
        bundle = read_bundle(directory)
        if bundle is None and not (directory / MANIFEST).is_file():
            raise InputErrors((Finding(code="purge-nothing", file=str(directory)),))
        if bundle is None and kept == "public":
            raise InputErrors((Finding(code="purge-no-public-part", file=str(directory)),))
        place = RUN_LOG if bundle is None else LOG
        log = _log(directory, bundle)
        known = destroyed_files(read_log(log, place))
        ours = {*OURS, *logged_names(log), *round_files(directory)}
        there = sorted(_files(directory))
        published = bundle is not None
        going = [n for n in there if n in ours and goes_with(n, kept, published=published)]
        if not known.intersection(going):  # else they were put back
            _check(directory)
        fresh = sorted(set(going) - known)
        facts: dict[str, Json] = {"destroyed": fresh, "kept": kept}
        told = {place: log_with(log, PURGED, facts, at=datetime.now(UTC))} if fresh else {}
        if sure and going:
            change.make(told, going=going)
        left = [n for n in there if n not in ours and n != place and not n.startswith(PUBLIC)]
    return Purge(destroyed=tuple(going), left=tuple(left), done=sure)


def _log(directory: Path, bundle: Bundle | None) -> bytes:
    """The log so far; that of a selection begins with the files that it wrote."""
    if bundle is not None:
        return bundle.contents[LOG]
    log = directory / RUN_LOG
    if log.is_file():
        return log.read_bytes()
    contents = read_evidence(directory).contents
    digests: Json = {name: digest(content) for name, content in sorted(contents.items())}
    return log_with(b"", FIRST, {"files": digests}, at=datetime.now(UTC))


def _check(directory: Path) -> None:
    """What is destroyed cannot be checked again, so that it is checked now."""
    verification = examine(directory)
    wrong = verification.findings
    if wrong:
        raise InputErrors(wrong)


def _files(directory: Path) -> Iterator[str]:
    for path in directory.rglob("*"):
        name = path.relative_to(directory).as_posix()
        if path.is_file() and not name.startswith(WORKSHOP):
            yield name
