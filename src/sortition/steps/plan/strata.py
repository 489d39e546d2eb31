"""A plan for all strata: how many answers each needs, and how many invitations that takes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, prod

from sortition.model import Quotas
from sortition.steps.plan.planning import Aim, chance, invitations
from sortition.steps.plan.response import Belief, Overall, Response, ResponseTable, belief, overall
from sortition.steps.plan.seats import seats_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumPlan:
    """What a plan asks of one stratum.

    Attributes
    ----------
    stratum : Response
    belief : Belief
        What is known of its rate.
    seats : float
        On the panel that the quotas describe.
    needed : int
        Answers that are still missing.
    wanted : int
        Invitations that would bring them in.
    invitations : int
        The same, or everybody who can still be invited if that is fewer.
    chance : float
        That enough answer, as the method sees it.
    """

    stratum: Response
    belief: Belief
    seats: float
    needed: int
    wanted: int
    invitations: int
    chance: float

    @property
    def expected_answers(self) -> float:
        """On average."""
        return float(self.invitations * self.belief.rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many invitations go to each stratum.

    Attributes
    ----------
    features : tuple of str
        What makes the strata.
    strata : tuple of StratumPlan
    aim : Aim
        For each stratum alone.
    panel_size : int
    pool_factor : Fraction
        Answers for each seat.
    overall : Overall or None
        What an earlier wave says of all strata together.
    further : bool
        Whether that wave is of this assembly, so that its answers count and nobody in it is
        invited again.
    """

    features: tuple[str, ...]
    strata: tuple[StratumPlan, ...]
    aim: Aim
    panel_size: int
    pool_factor: Fraction
    overall: Overall | None
    further: bool

    @property
    def invitations(self) -> int:
        """In all."""
        return sum(stratum.invitations for stratum in self.strata)

    @property
    def expected_answers(self) -> float:
        """On average, in all."""
        return sum(stratum.expected_answers for stratum in self.strata)

    @property
    def chance(self) -> float:
        """That every stratum gets enough answers; strata answer independently."""
        return prod(stratum.chance for stratum in self.strata)


def plan_strata(
    table: ResponseTable,
    quotas: Quotas,
    panel_size: int,
    *,
    aim: Aim,
    pool_factor: Fraction,
    further: bool,
) -> Plan:
    """Plan a wave of invitations.

    Parameters
    ----------
    table : ResponseTable
        Every stratum has a rate, or some have answers to learn from.
    quotas : Quotas
    panel_size : int
    aim : Aim
        For each stratum.
    pool_factor : Fraction
        How many answers each seat needs; above 0.
    further : bool
        Whether the waves in the table are of this assembly.

    Raises
    ------
    InputErrors
        If no number of invitations would do.
    ValueError
        If a stratum has no rate and there is none to learn from.
    """
    everywhere = overall(table.strata)
    seats = seats_of(table, quotas, panel_size)
    return Plan(
        features=table.features,
        strata=tuple(
            _planned(
                stratum,
                share,
                belief(stratum, everywhere),
                aim=aim,
                pool_factor=pool_factor,
                further=further,
            )
            for stratum, share in zip(table.strata, seats, strict=True)
        ),
        aim=aim,
        panel_size=panel_size,
        pool_factor=pool_factor,
        overall=everywhere,
        further=further,
    )


def _planned(
    stratum: Response,
    seats: float,
    known: Belief,
    *,
    aim: Aim,
    pool_factor: Fraction,
    further: bool,
) -> StratumPlan:
    asked, answered = (stratum.invited, stratum.answered) if further else (0, 0)
    needed = max(ceil(pool_factor * Fraction(str(seats))) - answered, 0)
    wanted = invitations(needed, known, aim)
    left = wanted if stratum.population is None else max(stratum.population - asked, 0)
    count = min(wanted, left)
    return StratumPlan(
        stratum=stratum,
        belief=known,
        seats=seats,
        needed=needed,
        wanted=wanted,
        invitations=count,
        chance=chance(count, needed, known, aim.method),
    )
