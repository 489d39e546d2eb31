"""How many letters bring in enough answers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sortition.core.progress import Silent
from sortition.errors import Finding, InputErrors
from sortition.frames.showing import Shown, findings_frame
from sortition.frames.sources import Place, Source, as_text, file_of, path_of
from sortition.frames.telling import telling
from sortition.model.choices import BothLanguages, Method
from sortition.steps.plan.outlook import Outlook
from sortition.steps.plan.reading import PlanInputs
from sortition.steps.plan.run import Planned, PlanOptions, plan_files


class PlanResult(Shown):
    """A plan of invitations; see `plan`.

    `invitations` is the number of letters, `strata` shares them out, and `outlook` says how often
    the quotas could be met, if a registry was given to try the plan out.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> quotas = pd.DataFrame({"feature": "sex", "value": ["f", "m"], "min": 5, "max": 5})
    >>> sortition.plan(quotas, size=10, rate="5%").outlook is None
    True
    """

    def __init__(self, planned: Planned) -> None:
        """Made by `sortition.plan`."""
        self._planned = planned

    @property
    def invitations(self) -> int:
        """How many letters there are in all."""
        return sum(stratum.invitations for stratum in self._planned.plan.strata)

    @property
    def strata(self) -> pd.DataFrame:
        """A row a stratum: its seats, the answers that are needed, and the letters."""
        plan = self._planned.plan
        columns = ["seats", "needed", "wanted", "invitations", "chance"]
        frame = pd.DataFrame(
            [[getattr(one, column) for column in columns] for one in plan.strata], columns=columns
        )
        for number, feature in enumerate(plan.features):
            frame.insert(number, feature, [one.stratum.values[number] for one in plan.strata])
        return frame

    @property
    def outlook(self) -> pd.DataFrame | None:
        """How often the quotas could be met with so many letters, if the plan was tried out."""
        expected: Outlook | None = self._planned.outlook
        if expected is None:
            return None
        rows = [
            (point.invitations, point.met.probability, point.met.lower, point.met.upper)
            for point in expected.points
        ]
        return pd.DataFrame(rows, columns=["invitations", "met", "lower", "upper"])

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed."""
        return findings_frame(self._planned.assumed)

    def _headline(self) -> str:
        plan = self._planned.plan
        return f"Plan: {self.invitations} letters for a panel of {plan.panel_size}"

    def _facts(self) -> Mapping[str, str]:
        facts = {"strata": str(len(self._planned.plan.strata))}
        if self._planned.outlook is not None:
            met = self._planned.outlook.planned.met.probability
            facts["quotas met in trials"] = f"{met:.0%}"
        return facts


@telling
def plan(
    quotas: Source,
    *,
    size: int,
    rate: float | str | None = None,
    rates: Source | None = None,
    registry: Source | None = None,
    method: Method = "guaranteed",
    confidence: float = 0.95,
    pool_factor: float = 3.0,
    trials: int = 200,
    seed: str = "1",
    next_wave: bool = False,
    out: Place | None = None,
    language: BothLanguages = "en",
    overwrite: bool = False,
) -> PlanResult:
    """Plan the invitations, so that the quotas can be met.

    Parameters
    ----------
    quotas : DataFrame, str or PathLike
        As `sortition.lottery` takes them.
    size : int
        How many people the panel has.
    rate : float or str, optional
        The share of everybody that answers, as in ``0.03`` or ``"3%"``.
    rates : DataFrame, str or PathLike, optional
        In its place, a table of strata with theirs.
    registry : DataFrame, str or PathLike, optional
        Everybody who could be invited, or counts of them: the plan is tried out.
    method : {"plain", "guaranteed", "beta-binomial"}
        Enough answers on average; enough with the probability `confidence`, at a known rate; the
        same, at an uncertain rate.
    confidence : float
        That a stratum gets enough answers.
    pool_factor : float
        Answers for each seat.
    trials : int
        How often the plan is tried out.
    seed : str
        What the trials get their chance from.
    next_wave : bool
        Whether the waves in `rates` are of this assembly.
    out, language, overwrite
        Where what ``sortition plan`` writes goes, as `sortition.invite` takes them.

    Returns
    -------
    PlanResult

    Raises
    ------
    InputErrors
        With every fault of the inputs, in words in its notes.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> quotas = pd.DataFrame(
    ...     {"feature": ["sex", "sex"], "value": ["f", "m"], "min": [5, 5], "max": [5, 5]}
    ... )
    >>> sortition.plan(quotas, size=10, rate=0.05).invitations > 10 / 0.05
    True
    """
    if (rates is None) == (rate is None):
        raise InputErrors((Finding(code="usage-rates-one"),))
    options = PlanOptions(
        inputs=PlanInputs(
            quotas=file_of(quotas, "quotas.csv"),
            panel_size=size,
            rates=None if rates is None else file_of(rates, "rates.csv"),
            rate=None if rate is None else as_text(rate),
            registry=None if registry is None else file_of(registry, "registry.csv"),
            further=next_wave,
        ),
        method=method,
        confidence=confidence,
        pool_factor=pool_factor,
        trials=trials,
        seed=seed,
        scheduler=None,
        workers=1,
        language=language,
        out=path_of(out),
        overwrite=overwrite,
    )
    return PlanResult(plan_files(options, Silent()))
