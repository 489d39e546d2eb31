"""A round of replacements: read who leaves, find who comes, write it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sortition.audit.canonical import Json, digest
from sortition.audit.draw.sources import Source
from sortition.audit.log.rounds import ANNOUNCED, FROM_POOL, LATE_LIST, REPLACED, RoundPlaces
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.folders.change import Change, reopening
from sortition.model.fairness import Report
from sortition.selection.select import Stopwatch, drawn
from sortition.steps.members.drawn_folder import logged
from sortition.steps.members.replace.announcing import announcement_of, draw_announced
from sortition.steps.members.replace.files import lottery_documents, round_documents
from sortition.steps.members.replace.reading import ReplaceOptions, ReplaceReading, read_replace
from sortition.steps.members.replace.replacement import (
    Round,
    call_alternates,
    drawn_by,
)
from sortition.steps.members.replace.weighing import as_facts, weighed
from sortition.steps.members.standing import QuotaNow, quotas_now
from sortition.steps.members.standing_folder import StandingFolder
from sortition.tables.written.results import write_into
from sortition.texts.grouping import some


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What a round did.

    Attributes
    ----------
    round : Round
        By the names that are published.
    gone, came : tuple of str
        By id.
    quotas : tuple of QuotaNow
        Of the panel as it is now.
    reserve : int
        How many alternates are left.
    report : Report or None
        The figures of the lottery; None if there was none.
    written : tuple of str
        The files, by their place in the folder.
    assumed : tuple of Finding
    announced : str
        The digest to announce, if the round is yet to be drawn; else empty.
    """

    round: Round = field(repr=False)  # people's data stay out of tracebacks
    gone: tuple[str, ...] = field(repr=False)
    came: tuple[str, ...] = field(repr=False)
    quotas: tuple[QuotaNow, ...]
    reserve: int
    report: Report | None = field(repr=False)
    written: tuple[str, ...]
    assumed: tuple[Finding, ...]
    announced: str = ""


def replace_dropouts(options: ReplaceOptions, progress: Progress) -> Replaced:
    """Fill the places of those who leave, or announce how, and write the round to the folder.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    SolverFailed
    """
    with reopening(options.directory) as change:
        return _replace(options, change, Stopwatch(progress))


def _replace(options: ReplaceOptions, change: Change, stopwatch: Stopwatch) -> Replaced:
    stopwatch.phase("read")
    read = read_replace(options)
    panel = read.standing
    if options.dropouts is None and read.outcome is not None:
        found, assumed = draw_announced(panel, read.outcome), tuple[Finding, ...]()
    else:
        found, assumed = _filled(options, read, stopwatch)
    if read.late is not None:
        found = replace(found, late=digest(read.late.document))
    if read.promised is not None:
        stopwatch.phase("write")
        return _announce(change, read, read.promised, found, (*read.assumed, *assumed))
    selection = None
    if found.prepared is not None and found.ticket is not None and found.outcome is not None:
        seed = None if found.outcome.source.kind == "drawn" else found.outcome.text
        selection = drawn(
            found.prepared, ticket=found.ticket, seed=seed, seconds=stopwatch.seconds()
        )
    stopwatch.phase("write")
    report = selection.report if selection else None
    quotas = quotas_now(panel.rules, found.after.panel)
    assumed = (
        *read.assumed,
        *assumed,
        *_other_objective(panel, found),
        *weighed(read.weights, panel.rules.quotas),
        *_lost(found),
        *_passed_over(panel, read, found),
    )
    files = round_documents(
        panel, found, report, language=options.language or panel.folder.language, assumed=assumed
    )
    if panel.announced is None and found.prepared is not None:
        files |= lottery_documents(_places(panel, found), found.prepared, panel.folder.share)
    files |= _late_documents(read, _places(panel, found))
    facts: dict[str, Json] = {"round": found.number, "gone": found.gone, "came": found.came}
    facts |= as_facts(read.weights, panel.rules.quotas)
    write_into(
        change,
        logged(panel.folder, REPLACED, facts, files),
        overwrite=False,
        growing={panel.folder.log},
    )
    return Replaced(
        round=found,
        gone=tuple(sorted(panel.by_id(found.gone))),
        came=panel.by_id(found.came),
        quotas=quotas,
        reserve=len(found.after.reserve),
        report=report,
        written=tuple(files),
        assumed=assumed,
    )


def _announce(
    change: Change,
    read: ReplaceReading,
    promise: Source,
    found: Round,
    assumed: tuple[Finding, ...],
) -> Replaced:
    """Fix the list and the lottery of a round, before what was promised draws."""
    panel = read.standing
    if found.prepared is None:
        raise InputErrors((Finding(code="round-nothing-to-draw"),))
    places = _places(panel, found)
    announcement = announcement_of(found, promise, first=panel.rules.digest)
    facts: dict[str, Json] = {"round": found.number}
    facts |= as_facts(read.weights, panel.rules.quotas)
    files = {
        places.announcement: announcement,
        **lottery_documents(places, found.prepared, panel.folder.share),
    }
    files |= _late_documents(read, places)
    write_into(
        change,
        logged(panel.folder, ANNOUNCED, facts, files),
        overwrite=False,
        growing={panel.folder.log},
    )
    return Replaced(
        round=found,
        gone=tuple(sorted(panel.by_id(found.gone))),
        came=(),
        quotas=quotas_now(panel.rules, found.after.panel),
        reserve=len(found.after.reserve),
        report=None,
        written=tuple(files),
        assumed=(
            *assumed,
            *_other_objective(panel, found),
            *weighed(read.weights, panel.rules.quotas),
            *found.gave_way(),
        ),
        announced=digest(announcement),
    )


def _late_documents(read: ReplaceReading, places: RoundPlaces) -> dict[str, bytes]:
    """Who joined the pool, for the proof and for the office."""
    if read.late is None:
        return {}
    return {places.late: read.late.document, places.list(LATE_LIST): read.late.listing}


def _places(panel: StandingFolder, found: Round) -> RoundPlaces:
    return RoundPlaces(number=found.number, published=panel.published)


def _filled(
    options: ReplaceOptions, read: ReplaceReading, progress: Progress
) -> tuple[Round, tuple[Finding, ...]]:
    """The round, from where the places are to be filled, and what is to be said of that."""
    panel, before = read.standing, read.standing.standing
    gone, unavailable = read.gone, read.unavailable
    left = before.without(gone, unavailable).reserve
    facts = {"places": panel.rules.places(before.without(gone, unavailable))}
    passed_over: tuple[Finding, ...] = ()
    if options.places_from != "pool" and left:
        if before.ordered:
            found = call_alternates(panel.rules, before, gone, unavailable)
            if found is not None:
                if options.new_number:
                    raise InputErrors((Finding(code="replacement-source-idle"),))
                return found, (Finding(code="alternates-called"),)
        else:
            found = _draw(read, True, progress)
            if found.is_whole:
                return found, (*_chained(options), Finding(code="second-panel-drawn"))
        if options.places_from == "alternates":
            raise InputErrors((Finding(code="alternates-do-not-suffice", facts=facts),))
        passed_over = (Finding(code="alternates-passed-over", facts=facts),)
    elif options.places_from == "alternates":
        raise InputErrors((Finding(code="alternates-none"),))
    return _draw(read, False, progress), (*passed_over, *_chained(options))


def _draw(read: ReplaceReading, second_panel: bool, progress: Progress) -> Round:
    panel = read.standing
    found = read.prepared(progress, second_panel=second_panel)
    if found.prepared is None or read.promised is not None:
        return found
    if panel.published:  # whoever knows the chance could change the list until it suits
        raise InputErrors((Finding(code="round-promise-needed"),))
    if read.outcome is None:
        code = "replacement-seed-needed" if read.late is None else "late-number-needed"
        raise InputErrors((Finding(code=code),))
    return drawn_by(found, read.outcome)


def _chained(options: ReplaceOptions) -> tuple[Finding, ...]:
    known = options.new_number or options.promise is not None
    return () if known else (Finding(code="seed-chain"),)


def _other_objective(panel: StandingFolder, found: Round) -> Iterator[Finding]:
    """That the lottery is by another objective than the first, whose rates are not there."""
    if found.prepared is not None and panel.objective != found.prepared.rules.objective:
        yield Finding(code="round-by-leximin")


def _passed_over(panel: StandingFolder, read: ReplaceReading, found: Round) -> Iterator[Finding]:
    """Who was not drawn for living with somebody; and who else, where nobody fits."""
    if found.source != FROM_POOL:
        return
    stayers = found.before.without(found.gone, found.unavailable)
    at_home = set(panel.rules.free(stayers)).difference(panel.rules.available(stayers))
    if at_home:
        facts: dict[str, str | int] = {"people": some(sorted(panel.by_id(tuple(at_home))))}
        yield Finding(code="replacement-household-full", facts=facts)
    if (found.moved or found.still_open) and read.unavailable:
        yield Finding(
            code="replacement-unavailable",
            facts={"people": some(sorted(panel.by_id(read.unavailable)))},
        )


def _lost(found: Round) -> Iterator[Finding]:
    """What the nearest possible replacement could not keep."""
    yield from found.gave_way()
    if found.still_open:
        yield Finding(code="places-stay-open", facts={"count": found.still_open})
