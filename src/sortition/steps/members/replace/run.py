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
from sortition.steps.members.drawn_folder import write_logged
from sortition.steps.members.replace.announcing import announcement_of, draw_announced
from sortition.steps.members.replace.files import lottery_documents, round_documents
from sortition.steps.members.replace.filling import filled
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.reading import ReplaceReading, read_replace
from sortition.steps.members.replace.replacement import Round
from sortition.steps.members.replace.weighing import as_facts, weighed
from sortition.steps.members.standing import QuotaNow, quotas_now
from sortition.steps.members.standing_folder import StandingFolder
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
        found, assumed = filled(options, read, stopwatch)
    if read.late is not None:
        found = replace(found, late=digest(read.late.document))
    assumed = (
        *read.assumed,
        *assumed,
        *_other_objective(panel, found),
        *weighed(read.weights, panel.rules.quotas),
    )
    if read.promised is not None:
        stopwatch.phase("write")
        return _announce(change, read, read.promised, found, assumed)
    report = _report(found, stopwatch)
    stopwatch.phase("write")
    assumed = (*assumed, *_lost(found), *_passed_over(panel, read, found))
    files = round_documents(
        panel, found, report, language=options.language or panel.folder.language, assumed=assumed
    )
    if panel.announced is None and found.prepared is not None:
        files |= lottery_documents(_places(panel, found), found.prepared, panel.folder.share)
    facts: dict[str, Json] = {"round": found.number, "gone": found.gone, "came": found.came}
    written = _write(change, read, _places(panel, found), (REPLACED, facts), files)
    return Replaced(
        round=found,
        gone=tuple(sorted(panel.by_id(found.gone))),
        came=panel.by_id(found.came),
        quotas=quotas_now(panel.rules, found.after.panel),
        reserve=len(found.after.reserve),
        report=report,
        written=written,
        assumed=assumed,
    )


def _report(found: Round, stopwatch: Stopwatch) -> Report | None:
    """The figures of the lottery that drew a round; None if none did."""
    if found.prepared is None or found.ticket is None or found.outcome is None:
        return None
    seed = None if found.outcome.source.kind == "drawn" else found.outcome.text
    seconds = stopwatch.seconds()
    return drawn(found.prepared, ticket=found.ticket, seed=seed, seconds=seconds).report


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
    files = {
        places.announcement: announcement,
        **lottery_documents(places, found.prepared, panel.folder.share),
    }
    facts: dict[str, Json] = {"round": found.number}
    written = _write(change, read, places, (ANNOUNCED, facts), files)
    return Replaced(
        round=found,
        gone=tuple(sorted(panel.by_id(found.gone))),
        came=(),
        quotas=quotas_now(panel.rules, found.after.panel),
        reserve=len(found.after.reserve),
        report=None,
        written=written,
        assumed=(*assumed, *found.gave_way()),
        announced=digest(announcement),
    )


def _write(
    change: Change,
    read: ReplaceReading,
    places: RoundPlaces,
    event: tuple[str, dict[str, Json]],
    files: dict[str, bytes],
) -> tuple[str, ...]:
    """Write the files of a round, with those of who joined the pool, and log the event of them.

    Returns
    -------
    tuple of str
        The files, by their place in the folder.
    """
    panel, (kind, facts) = read.standing, event
    if read.late is not None:  # for the proof and for the office
        files |= {places.late: read.late.document, places.list(LATE_LIST): read.late.listing}
    facts |= as_facts(read.weights, panel.rules.quotas)
    write_logged(change, panel.folder, kind, facts, files)
    return tuple(files)


def _places(panel: StandingFolder, found: Round) -> RoundPlaces:
    return RoundPlaces(number=found.number, published=panel.published)


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
