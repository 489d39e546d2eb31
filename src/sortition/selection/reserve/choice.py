"""Alternates for a panel, with what they are worth beside simpler reserves.

Sets of dropouts are drawn twice: the reserve is chosen on some, and every figure is computed on
others, since a choice always looks best on what it was made on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sortition.core.progress import Progress
from sortition.core.types import Ints
from sortition.model import Instance, SolverName, ticket
from sortition.selection.reserve.beside import Callable, people_in_reserve
from sortition.selection.reserve.damage import Damage, damage_of, damages_of
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.kinds import kinds_of
from sortition.selection.reserve.rules import RuleName, by_quota_shares, look_alikes, second_draw
from sortition.selection.reserve.scenarios import WORD, Scenarios, Vacancies
from sortition.selection.reserve.trials import ProgramCheck, Trial

SECOND_DRAWS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFigure:
    """What a rule for choosing a reserve is worth."""

    rule: RuleName
    damage: Damage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Alternates in the order in which they are called.

    Attributes
    ----------
    alternates : tuple of str
        Ids.
    people, kinds : int
        How many people could have been chosen, of how many kinds.
    expected_dropouts : float
    chances : tuple of float
        The lowest and the highest chance of dropping out on the panel.
    prefixes : tuple of Damage
        With nobody in reserve, with the first alternate, with the first two, …
    rules : tuple of RuleFigure
        This reserve and simpler ones.
    program : ProgramCheck or None
        None for large reserves.
    """

    alternates: tuple[str, ...]
    people: int
    kinds: int
    expected_dropouts: float
    chances: tuple[float, float]
    prefixes: tuple[Damage, ...]
    rules: tuple[RuleFigure, ...]
    program: ProgramCheck | None


def choose_reserve(
    instance: Instance,
    panel: Sequence[str],
    count: int,
    rates: DropoutRates,
    *,
    barred: Collection[str],
    seed: str,
    domain: str,
    solver: SolverName,
    progress: Progress,
) -> Reserve:
    """Choose alternates for a panel that was drawn.

    Parameters
    ----------
    instance : Instance
    panel : sequence of str
    count : int
    rates : DropoutRates
    barred : collection of str
        People who are not to be called.
    seed, domain : str
        Of the sets of dropouts and of the tickets that decide between people who serve alike.
    solver : {"highs", "cbc"}
    progress : Progress

    Raises
    ------
    InputErrors
        If fewer people could be called.
    SolverFailed
    """
    progress.phase("reserve")
    kinds = kinds_of(instance, rates, seed=seed, domain=f"{domain}/kinds")
    checks: list[ProgramCheck | None] = []

    def choose(vacancies: Vacancies) -> Ints:
        trial = Trial(vacancies=vacancies, count=count, seed=seed, domain=domain)
        exact, check = trial.checked(solver)
        checks.append(check)
        return trial.found(exact)

    beside, chosen, named = people_in_reserve(
        kinds, panel, count, choose, barred=barred, seed=seed, domain=f"{domain}/people"
    )
    vacancies = beside.vacancies
    trial = Trial(vacancies=vacancies, count=count, seed=seed, domain=domain)
    judged = trial.judged()
    prefixes = damages_of(vacancies, judged, chosen)
    rules = (
        RuleFigure(rule="chosen", damage=prefixes[-1]),
        *_simpler(beside, judged, trial, chosen),
    )
    return Reserve(
        alternates=named,
        people=beside.count,
        kinds=len(vacancies.kinds),
        expected_dropouts=float(vacancies.leaving.sum()) / WORD,
        chances=(float(vacancies.leaving.min()) / WORD, float(vacancies.leaving.max()) / WORD),
        prefixes=prefixes,
        rules=rules,
        program=checks[-1],
    )


def _simpler(beside: Callable, judged: Scenarios, trial: Trial, chosen: Ints) -> list[RuleFigure]:
    v, count = beside.vacancies, trial.count
    equal = replace(v, leaving=np.full_like(v.leaving, int(v.leaving.mean())))
    # with equal chances there is nothing to leave out of account
    same = np.ptp(v.leaving) == 0
    draws = [
        damage_of(v, judged, second_draw(v, _lots(beside, trial, number), count)).mean
        for number in range(SECOND_DRAWS)
    ]
    spread = float(np.std(draws, ddof=1) / np.sqrt(len(draws)))
    reserves: list[tuple[RuleName, Ints]] = [
        ("equal chances", chosen if same else replace(trial, vacancies=equal).found()),
        ("look-alikes", look_alikes(v, count)),
        ("quota shares", by_quota_shares(v, count)),
    ]
    return [
        *(RuleFigure(rule=n, damage=damage_of(v, judged, kinds)) for n, kinds in reserves),
        RuleFigure(rule="second draw", damage=Damage(mean=float(np.mean(draws)), error=spread)),
        RuleFigure(rule="none", damage=damage_of(v, judged, np.empty(0, dtype=np.int64))),
    ]


def _lots(beside: Callable, trial: Trial, number: int) -> list[int]:
    """The kinds of all who could be called, in the order of lots."""
    domain = f"{trial.domain}/second draw/{number}"
    lots = sorted(
        (ticket(id, seed=trial.seed, domain=domain), kind)
        for kind, people in enumerate(beside.people)
        for id in people
    )
    return [kind for _, kind in lots]
