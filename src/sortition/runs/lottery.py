"""Publish a lottery before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes

from sortition.audit.bundle_files import (
    COMMITMENT,
    DRAW,
    KEPT,
    KEY,
    LOG,
    PREPARATION,
    PUBLISHED,
    ROSTER,
    SHEET,
    VERIFIER,
)
from sortition.audit.canonical import Json, digest
from sortition.audit.documents import indented
from sortition.audit.events import log_with
from sortition.audit.sources import Source, round_at
from sortition.audit.tokens import KEY_BYTES
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.fairness import Seconds
from sortition.files import Reading, check_files, roster_json, write_files
from sortition.files.faults import attempt
from sortition.model import DrawSource, Language
from sortition.preparation import Rules, prepare
from sortition.publication.publishing import Publication, publish
from sortition.report.draw_sheet import draw_sheet
from sortition.report.verify_page import verify_page
from sortition.runs.inputs import Inputs, read_inputs
from sortition.runs.reporting import options_document, software_versions
from sortition.selection import Stopwatch
from sortition.texts import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class LotteryOptions:
    """What is to be published.

    Attributes
    ----------
    inputs : Inputs
    rules : Rules
    source : Source
        Where the chance of the draw will come from.
    language : {"en", "da"}
        Of the pages.
    out : Path
        The folder.
    overwrite : bool
        Whether a lottery that was published there, but not drawn, may be replaced.
    """

    inputs: Inputs
    rules: Rules
    source: Source
    language: Language
    out: Path
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published, and what was assumed for it."""

    publication: Publication
    assumed: tuple[Finding, ...]


def promised(kind: DrawSource, beacon: str | None) -> Source:
    """The source that is asked for; a beacon is named by its round or its time.

    Raises
    ------
    InputErrors
        If the beacon is named in no way that is known.
    """
    if beacon is None:
        return Source(kind=kind)
    if beacon.isascii() and beacon.isdigit() and int(beacon) > 0:
        return Source(kind="beacon", round=int(beacon))
    try:
        time = datetime.fromisoformat(beacon)
        if time.tzinfo is not None:  # without a zone it could be any of a day's rounds
            return Source(kind="beacon", round=round_at(time))
    except ValueError:
        pass
    raise InputErrors((Finding(code="beacon-time-unclear", value=beacon),))


def publish_lottery(options: LotteryOptions, progress: Progress) -> Published:
    """Prepare a lottery from files and write what is published and what is sealed.

    Raises
    ------
    InputErrors
        With every fault of the inputs, the source and the destination; nothing is written.
    InfeasibleQuotas
    SolverFailed
    """
    stopwatch = Stopwatch(progress)
    stopwatch.phase("read")
    reading = _read(options)
    prepared = prepare(reading.instance, options.rules, stopwatch)
    seconds = stopwatch.seconds()
    stopwatch.phase("write")
    key = token_bytes(KEY_BYTES)
    digests = dict(reading.digests)
    if reading.map_digest is not None:
        digests["map"] = reading.map_digest
    publication = publish(prepared, key=key, source=options.source, inputs=digests)
    assumed = (*reading.assumed, *prepared.gave_way)
    documents = {
        **publication.documents,
        KEY: f"{key.hex()}\n".encode(),
        PREPARATION: indented(_preparation(options, reading, assumed, seconds, prepared.complete)),
        SHEET: draw_sheet(publication, options.source, options.language).encode(),
        VERIFIER: verify_page(options.language).encode(),
        ROSTER: roster_json(reading.roster),
    }
    files = {**documents, LOG: _log(documents, datetime.now(UTC))}
    write_files(options.out, files, overwrite=options.overwrite)
    return Published(publication=publication, assumed=assumed)


def _read(options: LotteryOptions) -> Reading:
    faults: list[Finding] = []
    names = (*PUBLISHED, *KEPT, LOG, ROSTER)
    attempt(
        faults,
        partial(
            check_files,
            options.out,
            options.overwrite,
            names=names,
            inputs=options.inputs.paths,
        ),
    )
    if (options.out / DRAW).exists():
        faults.append(Finding(code="lottery-drawn", file=str(options.out)))
    faults += _too_early(options.source)
    return read_inputs(options.inputs, faults)


def _too_early(source: Source) -> Iterator[Finding]:
    """A round that is known already would let the organiser choose the lottery."""
    newest = round_at(datetime.now(UTC))
    if source.round is not None and source.round <= newest:
        facts = {"newest": newest}
        yield Finding(code="beacon-round-past", value=str(source.round), facts=facts)


def _preparation(
    options: LotteryOptions,
    reading: Reading,
    assumed: tuple[Finding, ...],
    seconds: Seconds,
    complete: bool,
) -> dict[str, object]:
    return {
        "schema": "sortition-preparation/1",
        "inputs": {"pool": options.inputs.pool_file, "quotas": options.inputs.quotas_file},
        "options": options_document(options.inputs, options.rules, options.language),
        "assumed": [describe(finding) for finding in assumed],
        "complete": complete,
        "lists": {
            "id_column": reading.roster.id_column or "id",
            "delimiter": reading.roster.table.delimiter or ",",
        },
        "rows_numbered": reading.roster.id_column is None,
        "seconds": {
            "read": seconds.read,
            "optimise": seconds.optimise,
            "decompose": seconds.decompose,
            "total": seconds.total,
        },
        "versions": software_versions(options.rules.solver),
    }


def _log(documents: dict[str, bytes], now: datetime) -> bytes:
    digests = {name: digest(content) for name, content in documents.items()}
    published = {name: digests.pop(name) for name in PUBLISHED}
    log = log_with(b"", "prepared", {"files": digests}, at=now)
    facts: dict[str, Json] = {"commitment": digest(documents[COMMITMENT]), "files": published}
    return log_with(log, "published", facts, at=now)
