"""What many trials say together: how likely the quotas can be met, and how fair it will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import TypeVar

from sortition.steps.plan.helping import Help
from sortition.steps.plan.simulation import PARTS, PLANNED, Chain, Trial

Number = TypeVar("Number", int, float)

LIMITS = 0.95
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A probability from trials, with Wilson's limits, which hold it 95 times in 100."""

    successes: int
    trials: int
    lower: float
    upper: float

    @property
    def probability(self) -> float:
        """The share of the trials."""
        return self.successes / self.trials


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How likely the quotas can be met after so many invitations.

    Attributes
    ----------
    part : Fraction
        Of the plan.
    invitations : int
    met : Estimate
    """

    part: Fraction
    invitations: int
    met: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What to expect of a plan.

    Attributes
    ----------
    trials : int
    points : tuple of Point
        From the fewest invitations to the most; one of them is the plan.
    answers : tuple of int
        To the plan, at `QUANTILES`.
    lowest : tuple of float
        The lowest chance of those who can be selected, at `QUANTILES` of the trials in which the
        quotas can be met; empty if there was none.
    short : tuple of (int, int)
        For quotas by number: in how many trials too few people answered for it, the most frequent
        first.
    together : int
        In how many trials there were enough for each quota, but not for all of them together.
    helped : mapping of int to Help
        Where letters would help the quotas of `short` most, by number.
    """

    trials: int
    points: tuple[Point, ...]
    answers: tuple[int, ...]
    lowest: tuple[float, ...]
    short: tuple[tuple[int, int], ...]
    together: int
    helped: Mapping[int, Help] = field(default_factory=dict)

    @property
    def planned(self) -> Point:
        """The plan itself."""
        return self.points[PLANNED]

    def fewest(self, confidence: Fraction) -> Point | None:
        """The fewest invitations whose chance is this high by its lower limit, if any is."""
        return next((point for point in self.points if point.met.lower >= confidence), None)


def outlook(chain: Chain, trials: Iterable[Trial]) -> Outlook:
    """Sum trials up, in whatever order and parts they were run.

    Parameters
    ----------
    trials : iterable of Trial
        At least one.
    """
    run = sorted(trials, key=lambda trial: trial.number)
    short = Counter(quota for trial in run for quota in trial.short)
    return Outlook(
        trials=len(run),
        points=tuple(
            Point(
                part=part,
                invitations=int(wave.sum()),
                met=wilson(sum(_met(trial, place) for trial in run), len(run)),
            )
            for place, (part, wave) in enumerate(zip(PARTS, chain.waves, strict=True))
        ),
        answers=quantiles([trial.answers for trial in run]),
        lowest=quantiles([trial.lowest for trial in run if trial.lowest is not None]),
        short=tuple(sorted(short.items(), key=lambda pair: (-pair[1], pair[0]))),
        together=sum(not _met(trial, PLANNED) and not trial.short for trial in run),
    )


def wilson(successes: int, trials: int) -> Estimate:
    """A share with its limits (Wilson 1927, "Probable inference, the law of succession, and
    statistical inference", JASA 22).
    """
    from scipy.stats import binomtest  # noqa: PLC0415 -- a plan without trials need not wait for it

    limits = binomtest(successes, trials).proportion_ci(LIMITS, method="wilson")
    return Estimate(
        successes=successes, trials=trials, lower=float(limits.low), upper=float(limits.high)
    )


def quantiles(numbers: Iterable[Number]) -> tuple[Number, ...]:
    """At `QUANTILES`, each of them one of the numbers; empty if there are none."""
    ordered = sorted(numbers)
    return tuple(ordered[ceil(q * len(ordered)) - 1] for q in QUANTILES) if ordered else ()


def _met(trial: Trial, place: int) -> bool:
    return trial.enough is not None and trial.enough <= place
