"""A pool against its quotas: whether there is a panel, and how near the quotas come to failing."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.core.fairest import fairest_lottery
from sortition.core.feasibility.conflict import explain
from sortition.core.feasibility.covering import cover
from sortition.core.feasibility.dropouts import endurance
from sortition.core.feasibility.loosening import shadow_prices
from sortition.core.objectives import leximin
from sortition.core.progress import Progress
from sortition.core.types import Types, types_of
from sortition.errors import Finding
from sortition.model import InfeasibleQuotas, Instance, SolverName
from sortition.selection.soft_quotas import gave_way, softened
from sortition.steps.check.excluded import Excluded, excluded
from sortition.steps.check.loosening import Loosening, loosenings
from sortition.steps.check.supply import Supply, supplies

# With so many people finding the fairest lottery took 4 s, and with 200,000 of them 48 s; all else
# that is checked took 2 s.
LOTTERY_UP_TO = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """The lowest chance of those who can be selected, and what holds it down.

    Attributes
    ----------
    lowest : float or None
        What the fairest lottery gives the least likely of them; None if it was not looked for,
        as the pool has more than `LOTTERY_UP_TO` people.
    bound : float
        No lottery over the panels gives all of them more than this.
    loosenings : tuple of Loosening or None
        One a quota; see `sortition.steps.check.loosening`.
    """

    lowest: float | None
    bound: float
    loosenings: tuple[Loosening | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasible:
    """What holds where there is a panel.

    Attributes
    ----------
    gave_way : tuple of Finding
        The soft quotas that had to give way for it.
    excluded : tuple of Excluded
        Who is on no panel, and why.
    chances : Chances
    spare : tuple of int
        So many people who count for each quota may withdraw, if the right ones stay; after one
        more no panel is possible, whoever they are.
    indispensable : tuple of str
        The ids of the people each of whom is on every panel, sorted.
    """

    gave_way: tuple[Finding, ...]
    excluded: tuple[Excluded, ...]
    chances: Chances
    spare: tuple[int, ...]
    indispensable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCheck:
    """A pool against its quotas.

    Attributes
    ----------
    people : int
    supplies : tuple of Supply
        One a quota.
    outcome : Feasible or InfeasibleQuotas
    """

    people: int
    supplies: tuple[Supply, ...]
    outcome: Feasible | InfeasibleQuotas


def check_pool(instance: Instance, *, solver: SolverName, progress: Progress) -> PoolCheck:
    """Check a pool against its quotas.

    Parameters
    ----------
    instance : Instance
    solver : {"highs", "cbc"}
    progress : Progress

    Raises
    ------
    SolverFailed
    """
    progress.phase("check")
    outcome: Feasible | InfeasibleQuotas
    types = types_of(instance)
    try:
        outcome = _feasible(instance, types, solver=solver, progress=progress)
    except InfeasibleQuotas as infeasible:
        outcome = infeasible
    return PoolCheck(people=len(instance.pool), supplies=supplies(types), outcome=outcome)


def _feasible(
    wanted: Instance, types: Types, *, solver: SolverName, progress: Progress
) -> Feasible:
    instance = softened(wanted, solver=solver)
    if instance is not wanted:
        types = types_of(instance)
    ids = instance.pool.ids
    found = cover(types, solver=solver)
    if not len(found.panels):
        raise explain(types, solver=solver)
    prices = shadow_prices(types, found.on_some, solver=solver)
    endured = endurance(types, found.panels, solver=solver)
    return Feasible(
        gave_way=gave_way(wanted, instance),
        excluded=excluded(types, found.on_some, ids, solver=solver),
        chances=Chances(
            lowest=_lowest(types, solver, progress) if len(ids) <= LOTTERY_UP_TO else None,
            bound=prices.bound,
            loosenings=loosenings(types.quotas, prices),
        ),
        spare=tuple(endured.spare.tolist()),
        indispensable=tuple(
            sorted(ids[position] for t in endured.indispensable for position in types.members[t])
        ),
    )


def _lowest(types: Types, solver: SolverName, progress: Progress) -> float:
    fair = fairest_lottery(types, leximin, solver=solver, progress=progress)
    if fair is None:
        raise explain(types, solver=solver)
    return fair.lowest
