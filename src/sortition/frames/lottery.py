"""The fairest lottery over a pool, to look at and to draw from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from sortition.core.progress import Silent
from sortition.errors import Finding, InputErrors
from sortition.frames.selection import SelectionResult
from sortition.frames.showing import Shown, findings_frame, percent, quotas_frame
from sortition.frames.sources import PoolReading, Source, inputs_of
from sortition.frames.telling import said, telling
from sortition.instance.inputs import seed_faults
from sortition.model import PoolObjective, SolverName
from sortition.model.fairness import quota_outcomes
from sortition.selection.preparation import Rules
from sortition.selection.select import draw, fresh_seed
from sortition.steps.select.ready import (
    Options,
    Ready,
    make_ready,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class LotteryResult(Shown):
    """A lottery over panels, ready to be drawn from; see `lottery`.

    `probabilities` has everybody's chance of a seat, `plot` shows them, `quotas` says what the
    lottery gives each quota on average, and `draw` draws a panel: a `SelectionResult`.

    Examples
    --------
    >>> import sortition
    >>> samples = "data/samples/pool.csv", "data/samples/quotas.csv"
    >>> lottery = sortition.lottery(*samples, size=36)
    >>> f"{lottery.probabilities.min():.2%}"
    '3.65%'
    >>> len(lottery.draw(seed="1").panel)
    36
    """

    def __init__(self, ready: Ready) -> None:
        """Made by `sortition.lottery`."""
        self._ready = ready
        self._seconds = ready.stopwatch.seconds()  # not those until somebody draws

    @property
    def probabilities(self) -> pd.Series[float]:
        """Everybody's chance of a seat, by id; it sums to the size of the panel."""
        chances = self._ready.prepared.probabilities
        return pd.Series(chances, name="probability", dtype=float).rename_axis("id")

    @property
    def quotas(self) -> pd.DataFrame:
        """By feature and value: bounds, people in the pool, people expected on the panel."""
        prepared = self._ready.prepared
        outcomes = quota_outcomes(prepared.instance, prepared.probabilities, ())
        return quotas_frame(outcomes, selected=False)

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed when the inputs were read, and which soft quotas gave way."""
        return findings_frame(self._ready.assumed)

    @property
    def digest(self) -> str:
        """The SHA-256 of ``lottery.json``, 64 hexadecimal digits."""
        return self._ready.prepared.digest

    @property
    def tickets(self) -> int:
        """How many equally likely tickets there are."""
        return self._ready.prepared.rules.tickets

    @telling
    def draw(self, seed: str | None = None) -> SelectionResult:
        """Draw a ticket.

        Parameters
        ----------
        seed : str, optional
            The public random text that draws, fixed after everything else. Without it a fresh one
            is made.

        Raises
        ------
        InputErrors
            If the seed is blank or no text.
        """
        faults = () if seed is None else tuple(seed_faults(seed))
        if faults:
            raise InputErrors(faults)
        options = replace(self._ready.options, seed=seed)
        ready = replace(self._ready, options=options)
        drawn_by = fresh_seed() if seed is None else seed
        selection = draw(ready.prepared, seed=drawn_by, seconds=self._seconds)
        return SelectionResult(ready, selection)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Everybody's chance in ascending order, beside the chance that all would have if equal.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Where to plot; without it, a new one is made.

        Raises
        ------
        ModuleNotFoundError
            If matplotlib is not installed.
        """
        try:
            import matplotlib.pyplot as plt  # noqa: PLC0415 -- an extra
        except ModuleNotFoundError as error:
            error.add_note(said(Finding(code="plot-without-matplotlib")))
            raise
        axes = plt.subplots()[1] if ax is None else ax
        chances = self.probabilities.sort_values(ignore_index=True)
        axes.step(range(1, len(chances) + 1), chances, where="mid", label=self._objective)
        axes.axhline(chances.mean(), linestyle="--", linewidth=1, label="all equal")
        axes.set_xlabel("people, from the least likely to the most")
        axes.set_ylabel("chance of a seat")
        axes.set_ylim(bottom=0)
        axes.legend()
        return axes

    @property
    def _objective(self) -> str:
        return self._ready.prepared.rules.objective

    def _headline(self) -> str:
        instance = self._ready.prepared.instance
        return (
            f"Lottery ({self._objective}): a panel of {instance.panel_size} "
            f"from {len(instance.pool)} people"
        )

    def _facts(self) -> Mapping[str, str]:
        chances = self.probabilities
        possible = chances[chances > 0]
        proof = "a bound that no lottery betters"
        return {
            "lowest chance": percent(possible.min()),
            "highest chance": percent(chances.max()),
            "chance if all were equal": percent(chances.mean()),
            "cannot be selected": str(len(chances) - len(possible)),
            "tickets": str(self.tickets),
            "proof": proof if self._ready.prepared.complete else "none: the time was up",
            "SHA-256 of lottery.json": self.digest,
        }


@telling
def lottery(
    pool: Source,
    quotas: Source,
    *,
    size: int,
    objective: PoolObjective = "leximin",
    gamma: float = 1.0,
    tickets: int = 1000,
    alternates: int | None = None,
    mix: str | None = None,
    solver: SolverName = "highs",
    time_limit: float | None = None,
    **reading: Unpack[PoolReading],
) -> LotteryResult:
    """Find the fairest lottery over all panels that meet the quotas.

    Parameters
    ----------
    pool : DataFrame, str or PathLike
        A row a person. Read ids and codes as text (``dtype=str``): ``0017`` is not 17.
    quotas : DataFrame, str or PathLike
        Columns ``feature, value, min, max`` or their like, a row a value.
    size : int
        How many people the panel has.
    household : str or sequence of str
        The columns that make an address; people with the same one are a household.
    household_limit : int
        How many of one household can be selected at most.
    id : str, optional
        The column that tells people apart; without it, the one whose name says so.
    mapping : str or PathLike, optional
        A map file, as ``sortition map`` drafts it.
    seated : DataFrame, str or PathLike, optional
        Who sits on the panel already: ids of the pool, or people with their columns.
    objective : {"leximin", "maximin", "nash", "minimax", "goldilocks"}
        What fairest means.
    gamma : float
        For goldilocks: how much low chances weigh against high ones.
    tickets : int
        How many equally likely tickets the lottery is rounded to, from 1 to 100,000.
    alternates : int, optional
        How many people in reserve each ticket draws as well.
    mix : str, optional
        Pairs of features whose combinations come out as near their average as the chances allow on
        every ticket, such as ``"gender×education,age×region"``, or ``"all"``.
    solver : {"highs", "cbc"}
        What solves the linear programs; both find the same optimum.
    time_limit : float, optional
        Stop with the best lottery found after so many seconds.

    Returns
    -------
    LotteryResult

    Raises
    ------
    InputErrors
        With every fault of the inputs, in words in its notes.
    InfeasibleQuotas
        If no panel meets the quotas.
    SolverFailed

    Notes
    -----
    Leximin is that of Flanigan, Gölz, Gupta, Hennig and Procaccia, "Fair algorithms for selecting
    citizens' assemblies", Nature 596 (2021), found exactly; every lottery comes with a proof.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> pool = pd.DataFrame({"id": ["P1", "P2", "P3"], "sex": ["f", "f", "m"]})
    >>> quotas = pd.DataFrame({"feature": "sex", "value": ["f", "m"], "min": 1, "max": 1})
    >>> lottery = sortition.lottery(pool, quotas, size=2, tickets=10)
    >>> lottery
    Lottery (leximin): a panel of 2 from 3 people
    >>> lottery.probabilities.round(6).to_dict()
    {'P1': 0.5, 'P2': 0.5, 'P3': 1.0}
    """
    inputs = inputs_of(pool, quotas, size=size, **reading)
    options = Options(
        inputs=inputs,
        seed=None,
        rules=Rules(
            objective=objective,
            gamma=gamma,
            tickets=tickets,
            solver=solver,
            time_limit=time_limit,
        ),
        rates=None,
        language="en",
        out=None,
        overwrite=False,
        alternates=alternates,
        mix=mix,
    )
    return LotteryResult(make_ready(options, Silent()))
