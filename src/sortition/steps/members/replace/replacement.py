"""One round in which people leave a panel and others come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sortition.audit.canonical import Json
from sortition.audit.certificate.checks import check_gaps
from sortition.audit.draw.sources import Outcome
from sortition.audit.log.rounds import FROM_ALTERNATES, FROM_POOL, FROM_SECOND, Standing
from sortition.audit.rounds.calling import first_fitting
from sortition.audit.rounds.rulebook import Rulebook
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors, SolverFailed
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

    def document(self) -> dict[str, Json]:
        """What stands in the record of a round."""
        return {
            "after": self.after,
            "before": self.before,
            "category": self.feature,
            "value": self.value,
        }

    @classmethod
    def read(cls, document: Any) -> Moved:
        """From the record of a round."""
        return cls(
            feature=document["category"],
            value=document["value"],
            before=tuple(document["before"]),
            after=tuple(document["after"]),
        )


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
    late : str
        The digest of the document of those who joined the pool before it; empty if nobody did.
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
    late: str = ""

    @property
    def number(self) -> int:
        """The first round is 1."""
        return self.after.rounds

    @property
    def is_whole(self) -> bool:
        """Whether its lottery fills all places, and no quota gave way."""
        prepared = self.prepared
        return (
            prepared is not None and prepared.instance.panel_size == self.places and not self.moved
        )

    def gave_way(self) -> Iterator[Finding]:
        """The quotas that could not be kept."""
        for moved in self.moved:
            facts: dict[str, str | int] = {
                "feature": moved.feature,
                "lower": moved.before[0],
                "upper": moved.before[1],
                "least": moved.after[0],
                "most": moved.after[1],
            }
            yield Finding(code="quota-moved", value=moved.value, facts=facts)

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


def prepare_round(
    instance: Instance,
    rules: Rulebook,
    before: Standing,
    gone: Collection[str],
    unavailable: Collection[str],
    *,
    second_panel: bool,
    lottery_rules: Rules,
    weights: Mapping[int, int] | None = None,
    progress: Progress,
) -> Round:
    """The fairest lottery over all who could fill the places; nobody has come yet.

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
    weights : mapping of int to int, optional
        How many times as dear a seat off some quotas is, by their numbers.
    progress : Progress

    Returns
    -------
    Round
        Without a lottery if nobody is left who could come.

    Raises
    ------
    SolverFailed
        Also if the lottery is said to be the fairest, and its proof leaves a gap.
    """
    stayers = before.without(gone, unavailable)
    places = rules.places(stayers)
    among = stayers.reserve if second_panel else None
    wanted = residual_of(instance, rules, stayers, places, among=among, weights=weights)
    found = Round(
        source=FROM_SECOND if second_panel else FROM_POOL,
        before=before,
        after=stayers.joined_by(()),
        places=places,
        gone=tuple(sorted(gone)),
        unavailable=tuple(sorted(unavailable)),
        came=(),
    )
    if wanted is None:
        return found
    prepared = prepare(wanted, lottery_rules, progress)
    if any(check_gaps(prepared.certificate, {"complete": prepared.complete})):
        raise SolverFailed("the lottery does not reach what its proof says")
    moved = _moved(wanted.quotas.rows, prepared.instance.quotas.rows)
    return replace(found, prepared=prepared, moved=moved)


def drawn_by(found: Round, outcome: Outcome) -> Round:
    """The same round when the chance has spoken; unchanged if nobody could come.

    Raises
    ------
    InputErrors
        If the outcome cannot draw from so many tickets.
    """
    if found.prepared is None:
        return found
    lottery = found.prepared.lottery
    faults = tuple(outcome.faults(None, lottery.ticket_count))
    if faults:
        raise InputErrors(faults)
    ticket = outcome.ticket(lottery.ticket_count, found.prepared.digest)
    came = lottery.panel(ticket).members
    stayers = found.before.without(found.gone, found.unavailable)
    after = stayers.joined_by(came)
    return replace(found, after=after, came=came, outcome=outcome, ticket=ticket)


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
