"""Publish a lottery before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes

from sortition.audit.bundle.contents import read_bundle
from sortition.audit.bundle.tokens import KEY_BYTES, input_digest
from sortition.audit.canonical import Json, digest
from sortition.audit.documents import indented
from sortition.audit.draw.sources import Source
from sortition.audit.letters import is_blank, unknown_letters
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.lottery.checks import FEWEST_TICKETS
from sortition.audit.shapes.bundle import (
    COMMITMENT,
    DRAW,
    KEPT,
    KEY,
    LOG,
    PREPARATION,
    PUBLIC,
    PUBLISHED,
    SHEET,
)
from sortition.audit.shapes.run import ROSTER
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.folders.change import changing
from sortition.instance.inputs import Inputs, as_text, read_inputs
from sortition.instance.reading import Reading
from sortition.model import REHEARSAL, Language, Share, is_rehearsal
from sortition.model.fairness import Seconds
from sortition.selection.noted import rehearsed
from sortition.selection.preparation import Rules
from sortition.selection.record import options_document, software_versions
from sortition.selection.select import Stopwatch
from sortition.selection.soft_quotas import not_used
from sortition.steps.publish.draw_sheet import draw_sheet
from sortition.steps.publish.publishing import About, Publication, publish
from sortition.steps.publish.sources import known_already
from sortition.steps.publish.verify_page.page import verify_page
from sortition.steps.select import prepare_toward
from sortition.tables.faults import attempt
from sortition.tables.roster import roster_json
from sortition.tables.written.lists import csv_delimiter
from sortition.tables.written.results import destination_faults, write_into
from sortition.texts import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class LotteryOptions:
    """What is to be published.

    Attributes
    ----------
    inputs : Inputs
    rules : Rules
        With `rates`, the objective becomes population.
    rates : Path or None
        The chances of coming into the pool, to make those of the population even.
    source : Source
        Where the chance of the draw will come from.
    about : About
    language : {"en", "da"}
        Of the pages.
    out : Path
        The folder.
    overwrite : bool
        Whether a lottery that was published there, but not drawn, may be replaced.
    mix : str or None
        The pairs of features that every ticket is to mix, as they are written.
    share : {"chances", "groups", "none"}
        How much of the chances goes out.
    rehearsal : bool
        Whether it is a trial: commitment, lists and pages say that it decides nothing.
    """

    inputs: Inputs
    rules: Rules
    rates: Path | None
    source: Source
    about: About
    language: Language
    out: Path
    overwrite: bool
    mix: str | None = None
    share: Share = "chances"
    rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published, and what was assumed for it."""

    publication: Publication
    assumed: tuple[Finding, ...]


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
    prepared, rates = prepare_toward(
        options.rules, options.rates, reading, stopwatch, mix=options.mix
    )
    options = replace(options, rules=prepared.rules)
    if options.rehearsal:
        # before anything is committed to, so that it is what receipts and digests stand for
        named = replace(options.about, assembly=f"{REHEARSAL}{options.about.assembly}")
        options = replace(options, about=named)
        reading = replace(reading, roster=rehearsed(reading.roster, options.language))
    seconds = stopwatch.seconds()
    stopwatch.phase("write")
    key = token_bytes(KEY_BYTES)
    digests = dict(reading.digests)
    if reading.map_digest is not None:
        digests["map"] = reading.map_digest
    if rates:
        digests["rates"] = rates.digest
    idle = not_used(reading.instance.quotas)
    assumed = (*reading.assumed, *(rates.assumed if rates else ()), *idle, *prepared.gave_way)
    preparation = indented(
        _preparation(
            options, reading, assumed, seconds, complete=prepared.complete, digests=digests
        )
    )
    publication = publish(
        prepared,
        key=key,
        source=options.source,
        about=options.about,
        own=reading.roster.own_words(),
        inputs={name: input_digest(key, digest) for name, digest in digests.items()},
        preparation=preparation,
        page=verify_page(options.language).encode(),
        share=options.share,
    )
    _check_letters(publication)
    documents = {
        **publication.documents,
        KEY: f"{key.hex()}\n".encode(),
        PREPARATION: preparation,
        SHEET: draw_sheet(publication, options.source, options.about, options.language).encode(),
        ROSTER: roster_json(reading.roster),
    }
    files = {**documents, LOG: _log(documents, key, datetime.now(UTC))}
    with changing(options.out) as change:
        _check_undrawn(options.out)  # it may have been drawn since
        write_into(change, files, overwrite=options.overwrite)
    return Published(publication=publication, assumed=assumed)


def _check_letters(publication: Publication) -> None:
    """No public document has letters that not every verifier knows."""
    text = b"".join(d for name, d in publication.documents.items() if name.startswith(PUBLIC))
    faults = [
        Finding(code="letters-too-new", value=letter, facts={"code": f"U+{ord(letter):04X}"})
        for letter in unknown_letters(text)
    ]
    if faults:
        raise InputErrors(tuple(faults))


def _read(options: LotteryOptions) -> Reading:
    faults = destination_faults(
        options.out,
        options.overwrite,
        names=(*PUBLISHED, *KEPT, LOG, ROSTER),
        inputs=(*options.inputs.paths, *((options.rates,) if options.rates else ())),
    )
    attempt(faults, partial(_check_undrawn, options.out))
    faults += [*known_already(options.source), *_unsaid(options)]
    return read_inputs(options.inputs, faults)


def _unsaid(options: LotteryOptions) -> Iterator[Finding]:
    """What everybody has to know of a lottery, and was not said."""
    about, tickets = options.about, options.rules.tickets
    for name, option in (("assembly", "--assembly"), ("organiser", "--organiser")):
        if is_blank(getattr(about, name)):
            yield Finding(code="about-missing", value=option)
    if is_rehearsal(about.assembly):
        yield Finding(code="assembly-of-rehearsal", value=REHEARSAL)
    if tickets < FEWEST_TICKETS and is_blank(about.few_tickets):
        yield Finding(code="few-tickets-reason", value=str(tickets))


def _check_undrawn(directory: Path) -> None:
    bundle = read_bundle(directory) if directory.is_dir() else None
    if bundle is not None and DRAW in bundle.contents:
        raise InputErrors((Finding(code="lottery-drawn", file=str(directory)),))


def _preparation(
    options: LotteryOptions,
    reading: Reading,
    assumed: tuple[Finding, ...],
    seconds: Seconds,
    *,
    complete: bool,
    digests: Mapping[str, str],
) -> dict[str, object]:
    files = {**options.inputs.files(), **({"rates": options.rates} if options.rates else {})}
    return {
        "schema": "sortition-preparation/1",
        "inputs": {
            name: {"file": as_text(files[name].name), "sha256": sha256}
            for name, sha256 in digests.items()
        },
        "options": options_document(options.inputs, options.rules, options.language),
        "assumed": [describe(finding, options.language) for finding in assumed],
        "complete": complete,
        "lists": {
            "id_column": reading.roster.id_column or "id",
            "delimiter": csv_delimiter(reading.roster.table),
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


def _log(documents: dict[str, bytes], key: bytes, now: datetime) -> bytes:
    digests = {place: file_digest(place, content, key) for place, content in documents.items()}
    published = {name: digests.pop(name) for name in PUBLISHED}
    log = log_with(b"", "prepared", {"files": digests}, at=now)
    facts: dict[str, Json] = {"commitment": digest(documents[COMMITMENT]), "files": published}
    return log_with(log, "published", facts, at=now)
