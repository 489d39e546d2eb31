"""Whether quotas fit the population and the pool, before anybody is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

import pandas as pd

from sortition.core.progress import Silent
from sortition.frames.showing import Shown, findings_frame, percent
from sortition.frames.sources import PoolReading, Source, file_of, inputs_of
from sortition.frames.telling import telling
from sortition.model import SolverName, by_label
from sortition.pages.wording import wording
from sortition.steps.check.document import verdict
from sortition.steps.check.pool import Feasible
from sortition.steps.check.run import Checked, CheckOptions, check_inputs


class CheckResult(Shown):
    """What was found of a pool and its quotas; true if a panel can be drawn. See `check`.

    `quotas` sets each quota beside the population and the pool, `findings` says what was assumed.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> quotas = pd.DataFrame({"feature": "sex", "value": ["f", "m"], "min": 1, "max": 1})
    >>> people = pd.DataFrame({"id": ["a", "b", "c"], "sex": ["f", "m", "m"]})
    >>> sortition.check(people, quotas, size=2).quotas["can_lose"].to_dict()
    {('sex', 'f'): 0, ('sex', 'm'): 1}
    """

    def __init__(self, checked: Checked) -> None:
        """Made by `sortition.check`."""
        self._checked = checked

    def __bool__(self) -> bool:
        return self._checked.check.infeasible is None

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed when the inputs were read, a row each."""
        return findings_frame(self._checked.assumed)

    @property
    def quotas(self) -> pd.DataFrame:
        """By feature and value: bounds, the population's seats, the pool, and the proposal.

        ``seats`` is what the share of the population is worth, ``pool`` how many people there
        are, ``can_lose`` how many of them may withdraw before no panel is possible, ``proposed``
        the bounds of the least change if there is no panel now. Columns that nothing is known for
        are left out.
        """
        check = self._checked.check
        columns: dict[str, list[object]] = {
            "lower": [quota.lower for quota in check.quotas.rows],
            "upper": [quota.upper for quota in check.quotas.rows],
        }
        if any(beside is not None for beside in check.represented):
            columns["seats"] = [beside and float(beside.seats) for beside in check.represented]
        if check.pool:
            columns["pool"] = [supply.people for supply in check.pool.supplies]
            if isinstance(check.pool.outcome, Feasible):
                columns["can_lose"] = list(check.pool.outcome.spare)
            else:
                proposed = by_label(check.pool.outcome.relaxations)
                changed = [proposed.get((q.feature, q.value), q) for q in check.quotas.rows]
                columns["proposed_lower"] = [quota.lower for quota in changed]
                columns["proposed_upper"] = [quota.upper for quota in changed]
        index = pd.MultiIndex.from_tuples(
            [(quota.feature, quota.value) for quota in check.quotas.rows],
            names=["feature", "value"],
        )
        return pd.DataFrame(columns, index=index)

    def _headline(self) -> str:
        check, w = self._checked.check, wording("en", "steps/check")
        title = f"checked.title_{verdict(check).replace(' ', '_')}"
        return w.text(title, people=w.count("people", check.panel_size))

    def _facts(self) -> Mapping[str, str]:
        pool = self._checked.check.pool
        facts = {"quotas": str(len(self._checked.check.quotas.rows))}
        if pool is None:
            return facts
        facts["people in the pool"] = str(pool.people)
        if isinstance(pool.outcome, Feasible):
            chances = pool.outcome.chances
            lowest = chances.bound if chances.lowest is None else chances.lowest
            facts["lowest chance in the fairest lottery"] = percent(lowest)
            facts["cannot be selected"] = str(sum(len(e.ids) for e in pool.outcome.excluded))
        else:
            facts["clash"] = ", ".join(f"{q.feature}: {q.value}" for q in pool.outcome.conflict)
        return facts


@telling
def check(
    pool: Source,
    quotas: Source,
    *,
    size: int,
    population: Source | None = None,
    solver: SolverName = "highs",
    **reading: Unpack[PoolReading],
) -> CheckResult:
    """Check quotas against the pool and, if it is known, against the population.

    Parameters
    ----------
    pool, quotas : DataFrame, str or PathLike
        As `sortition.lottery` takes them.
    size : int
        How many people the panel has.
    population : DataFrame, str or PathLike, optional
        Shares of the population; without it, a column of the quotas may have them.
    household, household_limit, id, mapping, seated, solver
        As `sortition.lottery` takes them.

    Returns
    -------
    CheckResult
        True if a panel can be drawn.

    Raises
    ------
    InputErrors
        With every fault of the inputs, in words in its notes.
    SolverFailed

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> pool = pd.DataFrame({"id": ["P1", "P2", "P3"], "sex": ["f", "f", "m"]})
    >>> quotas = pd.DataFrame({"feature": "sex", "value": list("fm"), "min": [0, 2], "max": 2})
    >>> check = sortition.check(pool, quotas, size=2)
    >>> check
    No panel of 2 people meets the quotas
    >>> bool(check)
    False
    >>> check.quotas.loc[("sex", "m"), "proposed_lower"]
    np.int64(1)
    """
    inputs = inputs_of(pool, quotas, size=size, **reading)
    options = CheckOptions(
        quotas=inputs.quotas,
        quotas_sheet=None,
        panel_size=size,
        inputs=inputs,
        population=None if population is None else file_of(population, "population.csv"),
        solver=solver,
        language="en",
        out=None,
        write_relaxed=None,
        overwrite=False,
    )
    return CheckResult(check_inputs(options, Silent()))
