"""The greedy rule that the field drew panels by before there were lotteries over panels.

The first rule of the Sortition Foundation, as it was used as the benchmark by Flanigan, Gölz,
Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596
(2021), supplementary information ("LEGACY") and the program published with it:

1. Of the feature values that somebody is left for, take the one with the largest ratio of
   the seats it still lacks to its lower bound, to the people left who have it. Once the bound is
   passed the ratio is negative; the value is then taken after those that have just met theirs.
2. Draw one of the people left who have this value, all alike, and seat her.
3. Strike out her household mates, and everybody with a value whose upper bound is reached.
4. Repeat until all seats are taken. If a value can no longer reach its lower bound, or nobody is
   left, start all over.

In the published program the first of several equal ratios wins, in the order of the quota file.
Here each of them is equally likely, so that no order decides.

Nobody can say what chance the rule gives a person without following it; it is estimated from
many draws. They are made side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.sampling.joining import Joining, Singles
from sortition.core.types import Floats, Ints, Types

SIDE_BY_SIDE = 2048
PATIENCE = 20
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyDraws:
    """Panels drawn by the greedy rule.

    Attributes
    ----------
    panels : array of int, shape (m, T)
        People per type. Fewer than were asked for if the rule failed too often.
    attempts : int
        How often the rule was started until it had drawn these.
    """

    panels: Ints
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Probabilities of a person of each type, with limits that hold 95 times in 100.

    Attributes
    ----------
    probabilities, lower, upper : array of float, shape (T,)
    """

    probabilities: Floats
    lower: Floats
    upper: Floats


def legacy(types: Types, draws: int, *, rng: np.random.Generator) -> LegacyDraws:
    """Draw panels by the greedy rule; whenever it fails it is started again, and counted.

    It gives up after 20 attempts for each draw that was asked for, and at least 2048: there are
    quotas that the rule never meets though panels exist.

    Parameters
    ----------
    types : Types
    draws : int
        How many panels to draw.
    rng : Generator
    """
    rule = _Rule(types)
    found = [np.zeros((0, len(types)), dtype=np.int64)]
    missing, attempts = draws, 0
    most = max(SIDE_BY_SIDE, PATIENCE * draws)
    while missing and attempts < most:
        started = min(SIDE_BY_SIDE, most - attempts)
        panels, numbers = rule.attempt(started, rng)
        found.append(panels[:missing])
        # the attempts after the one that drew the last panel were not needed
        attempts += started if len(panels) < missing else int(numbers[missing - 1]) + 1
        missing -= len(found[-1])
    return LegacyDraws(panels=np.concatenate(found), attempts=attempts)


def estimate(types: Types, panels: Ints) -> Estimate:
    """Estimate the probability of a person of each type from panels drawn independently.

    The limits are Wilson's for one person's share of the panels (Wilson, "Probable inference,
    the law of succession, and statistical inference", Journal of the American Statistical
    Association 22 (1927)). People of one type have the same probability, and their mean varies
    less than one of them alone, so for larger types the limits are wider than they need be.

    Parameters
    ----------
    types : Types
    panels : array of int, shape (m, T)
        At least one.
    """
    count, square = len(panels), NORMAL_95**2
    share = panels.mean(axis=0) / types.sizes
    centre = (share + square / (2 * count)) / (1 + square / count)
    spread = np.sqrt(share * (1 - share) / count + square / (4 * count**2))
    width = NORMAL_95 * spread / (1 + square / count)
    return Estimate(
        probabilities=share,
        lower=np.where(share > 0, centre - width, 0.0),
        upper=np.where(share < 1, centre + width, 1.0),
    )


class _Rule:
    """The rule, for many panels at once."""

    def __init__(self, types: Types) -> None:
        self._seats = types.panel_size
        self._joining = Joining(types)
        self._values = slice(1, 1 + len(types.quotas))
        self._has_value = self._joining.incidence[:, self._values]
        self._lower = types.lower[self._values].astype(np.float32)

    def attempt(self, attempts: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Start the rule so often at once; the panels, and the numbers of their attempts."""
        counts = np.zeros((attempts, len(self._has_value)), dtype=np.float32)
        used = np.zeros((attempts, self._joining.incidence.shape[1]), dtype=np.float32)
        alive = np.arange(attempts)
        for _ in range(self._seats):
            left = self._joining.left(counts, used)
            with_value = left @ self._has_value
            lacking = self._lower - used[:, self._values]
            going = np.all(lacking <= with_value, axis=1) & np.any(with_value, axis=1)
            left, with_value, lacking = left[going], with_value[going], lacking[going]
            counts, used, alive = counts[going], used[going], alive[going]
            value = _most_urgent(lacking, with_value, rng)
            seated = _pick(left * self._has_value.T[value], rng)
            counts[np.arange(len(counts)), seated] += 1
            used += self._joining.incidence[seated]
        met = np.all(used[:, self._values] >= self._lower, axis=1)
        return counts[met].astype(np.int64), alive[met]


def _most_urgent(lacking: Singles, left: Singles, rng: np.random.Generator) -> Ints:
    """The value with the largest ratio, or one of them, shape (C,)."""
    # two equal ratios of small whole numbers are equal as doubles too, and no others are
    ratio = np.divide(lacking, left, out=np.full(left.shape, -np.inf), where=left > 0, dtype=float)
    largest = ratio == ratio.max(axis=1, keepdims=True, initial=-np.inf)
    return _pick(largest.astype(np.float32), rng)


def _pick(weights: Singles, rng: np.random.Generator) -> Ints:
    """One column of each row, with chances in proportion to whole weights, shape (C,)."""
    heights = np.cumsum(weights, axis=1)
    point = np.floor(rng.random(len(weights)) * heights[:, -1]).astype(np.float32)
    picked: Ints = (heights > point[:, None]).argmax(axis=1)
    return picked
