"""The objectives side by side, and two simpler rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

import pandas as pd

from sortition.core.progress import Silent
from sortition.errors import InputErrors
from sortition.frames.sources import Place, PoolReading, Source, inputs_of, path_of
from sortition.frames.telling import telling
from sortition.model import SolverName
from sortition.model.choices import BothLanguages
from sortition.selection.manipulation import MOST_LIES, Manipulation, in_words
from sortition.selection.preparation import Rules
from sortition.steps.compare.run import CompareOptions, compare_files
from sortition.tables.faults import too_low

GAINS = ["lies_tried", "lies", "best_lie", "honest", "lying", "average_gain"]
FIGURES = ["lowest", "lowest_positive", "highest", "geometric_mean", "gini"]


@telling
def compare(
    pool: Source,
    quotas: Source,
    *,
    size: int,
    gamma: float = 1.0,
    tickets: int = 1000,
    draws: int = 10_000,
    manipulation: bool = False,
    lies: int = MOST_LIES,
    solver: SolverName = "highs",
    time_limit: float | None = None,
    out: Place | None = None,
    language: BothLanguages = "en",
    overwrite: bool = False,
    **reading: Unpack[PoolReading],
) -> pd.DataFrame:
    """Set the objectives side by side, with every panel equally likely and the greedy rule.

    Parameters
    ----------
    pool, quotas, size, household, household_limit, id, mapping, seated
    gamma, tickets, solver, time_limit
        As `sortition.lottery` takes them.
    draws : int
        How many panels the greedy rule draws.
    manipulation : bool
        Whether to try what false answers gain under each objective.
    lies : int
        For manipulation: how many lies are tried at most under each objective; at least 1.
    out : str or PathLike, optional
        A folder for the page and the document that ``sortition compare`` writes.
    language : {"en", "da"}
        Of the page.
    overwrite : bool
        Whether a former comparison may be replaced.

    Returns
    -------
    DataFrame
        A row a rule: how its figures are known (``exact``, ``approximate``, ``estimated``), the
        lowest chance, the lowest above 0, the highest, the geometric mean, Gini's coefficient, how
        many have no chance, and the gap to what no lottery betters. With manipulation also, for
        each objective, how many lies were tried of how many, the best lie, the liar's chance
        without and with it, and what the best lies gain on average; missing where no lie gains.

    Raises
    ------
    InputErrors
        With every fault of the inputs, in words in its notes.
    InfeasibleQuotas
    SolverFailed

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> pool = pd.DataFrame({"id": ["P1", "P2", "P3"], "sex": ["f", "f", "m"]})
    >>> quotas = pd.DataFrame({"feature": "sex", "value": ["f", "m"], "min": 1, "max": 1})
    >>> rules = sortition.compare(pool, quotas, size=2, draws=50)
    >>> rules[["lowest", "highest"]].loc["leximin"].round(6).to_dict()
    {'lowest': 0.5, 'highest': 1.0}
    """
    if faults := tuple(too_low("--lies", lies, 1)):
        raise InputErrors(faults)
    inputs = inputs_of(pool, quotas, size=size, **reading)
    compared = compare_files(
        CompareOptions(
            inputs=inputs,
            rules=Rules(gamma=gamma, tickets=tickets, solver=solver, time_limit=time_limit),
            rates=None,
            draws=draws,
            lies=lies if manipulation else 0,
            language=language,
            out=path_of(out),
            overwrite=overwrite,
        ),
        Silent(),
    )
    rows = {
        outcome.rule: [
            outcome.known,
            *(getattr(outcome.selection_probability, figure) for figure in FIGURES),
            outcome.without_chance,
            outcome.gap,
        ]
        for outcome in compared.comparison.rules
    }
    columns = ["known", *FIGURES, "without_chance", "gap"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("rule")
    return frame.join(_gains(compared.comparison.manipulation)) if manipulation else frame


def _gains(found: Iterable[Manipulation]) -> pd.DataFrame:
    """What false answers gain, a row an objective."""
    rows = {
        one.rule: [
            one.tried,
            one.lies,
            None if one.best is None else in_words(one.best),
            None if one.best is None else one.best.honest,
            None if one.best is None else one.best.lying,
            one.average_gain,
        ]
        for one in found
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=GAINS)
    counts = dict.fromkeys(["lies_tried", "lies"], "Int64")
    return frame.astype({**counts, "honest": "float64", "lying": "float64"})
