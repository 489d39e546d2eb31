"""Prepare a lottery: from an instance to numbered tickets and the proof that they are fair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from sortition.audit.canonical import digest
from sortition.audit.certificate.proof import Certificate
from sortition.audit.lottery.file import lottery_file
from sortition.core.fairest import FairLottery, fairest_lottery
from sortition.core.feasibility.conflict import explain
from sortition.core.objectives import aims_of, objective_of
from sortition.core.progress import Progress
from sortition.core.spread.tickets import RandomTickets, random_tickets
from sortition.core.types import Floats, Ints, Types, types_of
from sortition.errors import Finding, InputErrors, SolverFailed
from sortition.model import Instance, Lottery, ObjectiveName, Panel, Participation, SolverName
from sortition.selection.asked import asked_for
from sortition.selection.certifying import certificate_of
from sortition.selection.soft_quotas import gave_way, softened

# The last digits of a decomposition are rounding errors; they are not part of the answer.
DIGITS = 12
MOST_TICKETS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a lottery is made.

    Attributes
    ----------
    objective : {"leximin", "maximin", "nash", "minimax", "goldilocks", "population"}
    gamma : float
        For goldilocks: how much low probabilities weigh against high ones; above 0.
    tickets : int
        How many equally likely tickets the lottery is rounded to; from 1 to 100,000.
    solver : {"highs", "cbc"}
    time_limit : float or None
        Stop with the best lottery found after so many seconds; None: never.
    aims : mapping of str to Fraction, or None
        For population alone: what everybody's chance should be, by id; see `population_aims`.
    mixed : tuple of pairs of str
        The pairs of features that every ticket is to mix as the lottery does on average.

    Raises
    ------
    InputErrors
        If a figure is out of its range.
    ValueError
        If population is without aims, or another objective has them.
    """

    objective: ObjectiveName = "leximin"
    gamma: float = 1.0
    tickets: int = 1000
    solver: SolverName = "highs"
    time_limit: float | None = None
    aims: Mapping[str, Fraction] | None = field(default=None, repr=False)
    mixed: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if (self.objective == "population") != (self.aims is not None):
            raise ValueError("population needs aims, and nothing else does")
        faults = []
        if self.tickets < 1:
            faults.append(Finding(code="tickets-not-positive", value=str(self.tickets)))
        if self.tickets > MOST_TICKETS:
            facts = {"most": MOST_TICKETS}
            faults.append(Finding(code="tickets-too-many", value=str(self.tickets), facts=facts))
        if not 0 < self.gamma < float("inf"):
            faults.append(Finding(code="gamma-not-positive", value=f"{self.gamma:g}"))
        if self.time_limit is not None and not 0 < self.time_limit < float("inf"):
            faults.append(Finding(code="time-limit-not-positive", value=f"{self.time_limit:g}"))
        if faults:
            raise InputErrors(tuple(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLottery:
    """A lottery that is ready to be published and drawn from.

    Attributes
    ----------
    instance : Instance
        With the bounds that every panel keeps: soft quotas have given way where they must.
    rules : Rules
    lottery : Lottery
        The equally likely tickets.
    document : bytes
        The lottery as its file, `sortition-lottery/3`.
    digest : str
        The SHA-256 of these bytes.
    certificate : Certificate
        Why no lottery is fairer.
    probabilities : dict of str to float
        Everybody's exact selection probability, by id; what the tickets follow.
    gave_way : tuple of Finding
        The soft quotas that had to give way, with their bounds before and after.
    complete : bool
        False if the time was up before the optimum was reached.
    settled : bool
        Whether no last digit of a solver could have had a part in the tickets, as far as is known.
    """

    instance: Instance
    rules: Rules
    lottery: Lottery
    document: bytes
    digest: str
    certificate: Certificate
    probabilities: dict[str, float]
    gave_way: tuple[Finding, ...]
    complete: bool
    settled: bool = False


def prepare(instance: Instance, rules: Rules, progress: Progress) -> PreparedLottery:
    """Find the fairest lottery and round it to tickets.

    It depends on the instance and the rules alone.

    Raises
    ------
    InfeasibleQuotas
        If no panel meets the quotas.
    SolverFailed
    """
    wanted, instance = instance, softened(instance, solver=rules.solver)
    types = types_of(instance)
    aims = _aims(instance, types, rules)
    objective = objective_of(rules.objective, gamma=rules.gamma, aims=aims)
    fair = fairest_lottery(
        types, objective, solver=rules.solver, progress=progress, seconds=rules.time_limit
    )
    if fair is None:
        raise explain(types, solver=rules.solver)
    if rules.objective == "goldilocks" and not fair.decomposition.counts.min() > 0:
        raise SolverFailed("the time was up before everybody had a chance")
    progress.phase("tickets")
    ids = instance.pool.ids
    of_types = (fair.decomposition.counts / fair.relaxation.types.sizes).clip(0, 1).round(DIGITS)
    dealt = _dealt(instance, fair, rules)
    lottery = _lottery(ids, dealt.seats)
    document = lottery_file(instance, lottery)
    return PreparedLottery(
        instance=instance,
        rules=rules,
        lottery=lottery,
        document=document,
        digest=digest(document),
        certificate=certificate_of(
            ids,
            types,
            fair,
            of_types,
            aims=aims,
            objective=rules.objective,
            gamma=rules.gamma,
            solver=rules.solver,
        ),
        probabilities=_by_person(ids, fair, of_types),
        gave_way=gave_way(wanted, instance),
        complete=fair.complete,
        settled=fair.complete and dealt.settled,
    )


def population_aims(instance: Instance, participation: Participation) -> dict[str, Fraction]:
    """What everybody's chance should be so that those of the population are even, by id.

    Raises
    ------
    ValueError
        If a feature of the strata has no quotas, so that nothing tells people apart by it.
    KeyError
        If somebody's stratum has no rate.
    """
    if not set(participation.features) <= set(instance.quotas.features):
        raise ValueError("only with quotas on them do features tell people apart")
    aims = aims_of(participation.of(instance.pool), instance.panel_size)
    return dict(zip(instance.pool.ids, aims, strict=True))


def _aims(instance: Instance, types: Types, rules: Rules) -> Floats:
    """The aims of population by position in the pool; empty for any other objective."""
    if rules.aims is None:
        return np.empty(0)
    aims = np.array([float(rules.aims[id]) for id in instance.pool.ids])
    if any(np.ptp(aims[list(members)]) for members in types.members):
        raise ValueError("people who count for the same quotas have the same aim")
    return aims


def _by_person(ids: Sequence[str], fair: FairLottery, of_types: Floats) -> dict[str, float]:
    by_position = fair.relaxation.types.by_position(of_types, len(ids))
    return dict(zip(ids, by_position.tolist(), strict=True))


def _dealt(instance: Instance, fair: FairLottery, rules: Rules) -> RandomTickets:
    key = asked_for(
        instance,
        objective=rules.objective,
        gamma=rules.gamma,
        aims=rules.aims,
        tickets=rules.tickets,
    )
    return random_tickets(
        instance, fair, rules.tickets, mixed=rules.mixed, solver=rules.solver, key=key
    )


def _lottery(ids: Sequence[str], seated: Ints) -> Lottery:
    panels, weights = np.unique(seated, axis=0, return_counts=True)
    return Lottery(
        panels=tuple(
            Panel(members=tuple(map(ids.__getitem__, panel)), weight=weight)
            for panel, weight in zip(panels.tolist(), weights.tolist(), strict=True)
        )
    )
