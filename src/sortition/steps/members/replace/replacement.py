"""One round in which people leave a panel and others come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sortition.audit.certificate.checks import check_gaps
from sortition.audit.draw.sources import Outcome
from sortition.audit.log.rounds import FROM_ALTERNATES, FROM_POOL, FROM_SECOND, Standing
from sortition.audit.rounds.calling import first_fitting
from sortition.audit.rounds.rulebook import Rulebook
from sortition.core.progress import Progress
from sortition.errors import InputErrors, SolverFailed
from sortition.model import Instance, Quota
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.steps.members.replace.residual import residual_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A quota that could not be kept: what was left open, and what was taken in its place."""

    feature: str
    value: str
    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did.

    Attributes
    ----------
    source : {"alternates", "second panel", "pool"}
        Where those who came are from.
    before, after : Standing
        The panel before anybody left, and when others had come.
    places : int
        How many were to be filled: those of all who left, and those that stayed open before.
    gone, unavailable, came : tuple of str
        Sorted; alternates who came in their order.
    prepared : PreparedLottery or None
        The lottery that was drawn from; None for an ordered reserve, or if nobody is left.
    outcome : Outcome or None
        What drew.
    ticket : int or None
    moved : tuple of Moved
    """

    source: str
    before: Standing
    after: Standing
    places: int
    gone: tuple[str, ...]
    unavailable: tuple[str, ...]
    came: tuple[str, ...]
    prepared: PreparedLottery | None = None
    outcome: Outcome | None = None
    ticket: int | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def number(self) -> int:
        """The first round is 1."""
        return self.after.rounds

    @property
    def still_open(self) -> int:
        """How many places nobody was left for."""
        return self.places - len(self.came)


def call_alternates(
    rules: Rulebook, before: Standing, gone: Collection[str], unavailable: Collection[str]
) -> Round | None:
    """Call an ordered reserve: the first in its order with whom the quotas can be met.

    Returns
    -------
    Round or None
        None if there is no such reserve, or nobody of it fits.
    """
    if not before.ordered:
        return None
    stayers = before.without(gone, unavailable)
    order, bounds, places = rules.calling(stayers)
    came = first_fitting(order, bounds, places)
    if came is None:
        return None
    return Round(
        source=FROM_ALTERNATES,
        before=before,
        after=stayers.joined_by(came),
        places=places,
        gone=tuple(sorted(gone)),
        unavailable=tuple(sorted(unavailable)),
        came=came,
    )


def draw_replacements(
    instance: Instance,
    rules: Rulebook,
    before: Standing,
    gone: Collection[str],
    unavailable: Collection[str],
    *,
    second_panel: bool,
    lottery_rules: Rules,
    outcome: Outcome,
    progress: Progress,
) -> Round:
    """Fill the places by the fairest lottery over all who could fill them.

    Parameters
    ----------
    instance : Instance
        Of the first lottery.
    rules : Rulebook
    before : Standing
    gone, unavailable : collection of str
        Who leaves the panel, and who else cannot come.
    second_panel : bool
        Whether to draw from the second panel alone.
    lottery_rules : Rules
    outcome : Outcome
        What draws.
    progress : Progress

    Raises
    ------
    InputErrors
        If the outcome cannot draw from so many tickets.
    SolverFailed
        Also if the lottery is said to be the fairest, and its proof leaves a gap.
    """
    stayers = before.without(gone, unavailable)
    places = rules.places(stayers)
    among = stayers.reserve if second_panel else None
    wanted = residual_of(instance, rules, stayers, places, among=among)
    source = FROM_SECOND if second_panel else FROM_POOL
    left, absent = tuple(sorted(gone)), tuple(sorted(unavailable))
    if wanted is None:
        return Round(
            source=source,
            before=before,
            after=stayers.joined_by(()),
            places=places,
            gone=left,
            unavailable=absent,
            came=(),
        )
    faults = tuple(outcome.faults(None, lottery_rules.tickets))
    if faults:
        raise InputErrors(faults)
    prepared = prepare(wanted, lottery_rules, progress)
    if any(check_gaps(prepared.certificate, {"complete": prepared.complete})):
        raise SolverFailed("the lottery does not reach what its proof says")
    ticket = outcome.ticket(prepared.lottery.ticket_count, prepared.digest)
    came = prepared.lottery.panel(ticket).members
    return Round(
        source=source,
        before=before,
        after=stayers.joined_by(came),
        places=places,
        gone=left,
        unavailable=absent,
        came=came,
        prepared=prepared,
        outcome=outcome,
        ticket=ticket,
        moved=_moved(wanted.quotas.rows, prepared.instance.quotas.rows),
    )


def _moved(wanted: tuple[Quota, ...], kept: tuple[Quota, ...]) -> tuple[Moved, ...]:
    return tuple(
        Moved(
            feature=before.feature,
            value=before.value,
            before=(before.lower, before.upper),
            after=(after.lower, after.upper),
        )
        for before, after in zip(wanted, kept, strict=True)
        if (before.lower, before.upper) != (after.lower, after.upper)
    )
