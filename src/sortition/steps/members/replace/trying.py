"""What a round would do, before anything is drawn or written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sortition.audit.log.rounds import FROM_ALTERNATES
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.reading import ReplaceReading, read_replace
from sortition.steps.members.replace.replacement import Round, call_alternates
from sortition.steps.members.replace.weighing import weighed

Needed = Literal["nothing", "number", "chain", "promise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What would happen.

    Attributes
    ----------
    gone : tuple of str
        Who leaves, by id.
    places : int
        How many are to be filled.
    reserve : int
        How many alternates are left.
    called : tuple of str or None
        The alternates who would come, by id; None if none of them fit, or they have no order.
    source : {"alternates", "second panel", "pool"}
        Where the places would be filled from.
    left : tuple of str
        Who could be drawn from there, by id: on nobody's list, and of no full household.
    fitting : tuple of str
        Who of them would have a chance.
    tickets : int
        Of the lottery; 0 if none is needed.
    short : int
        How many places nobody could fill.
    needed : {"nothing", "number", "chain", "promise"}
        What the draw takes: nothing, a new number, the seed of the first draw or a new number, or
        an announcement.
    assumed : tuple of Finding
        Which quotas would give way among them.
    """

    gone: tuple[str, ...] = field(repr=False)  # people's data stay out of tracebacks
    places: int
    reserve: int
    called: tuple[str, ...] | None = field(repr=False)
    source: str
    left: tuple[str, ...] = field(repr=False)
    fitting: tuple[str, ...] = field(repr=False)
    tickets: int
    short: int
    needed: Needed
    assumed: tuple[Finding, ...]


def try_replacing(options: ReplaceOptions, progress: Progress) -> Trial:
    """See what a round would do; nothing is written and nobody is drawn.

    Raises
    ------
    InputErrors
        With every fault.
    SolverFailed
    """
    progress.phase("read")
    if options.dropouts is None:
        raise InputErrors((Finding(code="round-nobody-listed"),))
    read = read_replace(options)
    panel, before = read.standing, read.standing.standing
    stayers = before.without(read.gone, read.unavailable)
    called = None
    if options.places_from != "pool" and stayers.reserve:
        called = call_alternates(panel.rules, before, read.gone, read.unavailable)
    found = called or _prepared(options, read, progress)
    among = stayers.reserve if found.source != "pool" else None
    prepared = found.prepared
    excluded = set(prepared.certificate.impossible) if prepared else set()
    left = panel.rules.available(stayers, among)
    size = prepared.instance.panel_size if prepared else len(found.came)
    return Trial(
        gone=tuple(sorted(panel.by_id(read.gone))),
        places=found.places,
        reserve=len(stayers.reserve),
        called=panel.by_id(called.came) if called else None,
        source=found.source,
        left=panel.by_id(tuple(left)),
        fitting=panel.by_id(tuple(name for name in left if name not in excluded)),
        tickets=prepared.rules.tickets if prepared else 0,
        short=found.places - size,
        needed=_needed(read, found),
        assumed=(
            *read.assumed,
            *weighed(read.weights, panel.rules.quotas),
            *found.gave_way(),
        ),
    )


def _prepared(options: ReplaceOptions, read: ReplaceReading, progress: Progress) -> Round:
    panel = read.standing
    stayers = panel.standing.without(read.gone, read.unavailable)
    second = options.places_from != "pool" and bool(stayers.reserve) and not stayers.ordered
    found = read.prepared(progress, second_panel=second)
    return found if not second or found.is_whole else read.prepared(progress, second_panel=False)


def _needed(read: ReplaceReading, found: Round) -> Needed:
    if found.source == FROM_ALTERNATES or found.prepared is None:
        return "nothing"
    if read.standing.published:
        return "promise"
    return "number" if read.late or read.standing.folder.seed is None else "chain"
