"""Letters for strata: in proportion to people, to spread, or to the answers that are wanted.

- proportional: each stratum as many as its share of the people.
- Neyman: in proportion to ``N * S``, which makes the variance of an estimated mean smallest
  (Neyman 1934, JRSS 97, 558-625). `S` is the standard deviation within the stratum.
- response-adjusted: in proportion to ``N / rate``, so that the answers, not the letters, are in
  proportion to the people.

The exact shares are fractions; Hamilton's or Sainte-Laguë's method makes whole letters of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from sortition.core.apportionment import hamilton
from sortition.errors import Finding, InputErrors
from sortition.model.choices import Short

Apportion = Callable[..., tuple[int, ...]]


def neyman_weights(sizes: Sequence[int], deviations: Sequence[Fraction]) -> list[Fraction]:
    """``N * S`` for each stratum."""
    return [size * deviation for size, deviation in zip(sizes, deviations, strict=True)]


def response_weights(sizes: Sequence[int], rates: Sequence[Fraction]) -> list[Fraction]:
    """``N / rate`` for each stratum; the rates are above 0."""
    return [size / rate for size, rate in zip(sizes, rates, strict=True)]


def letters_for(
    weights: Sequence[Fraction],
    sizes: Sequence[int],
    letters: int,
    *,
    short: Short = "fail",
    names: Sequence[str],
    apportion: Apportion = hamilton,
) -> tuple[int, ...]:
    """Whole letters in proportion to weights, for no more people than there are.

    Parameters
    ----------
    weights : sequence of Fraction
        None negative; one for each stratum.
    sizes : sequence of int
        How many people each stratum has.
    letters : int
        How many are given in all.
    short : {"fail", "take-all", "reallocate"}
        What to do where a stratum has fewer people than it is due: raise; invite all of them and
        send fewer letters; or give what is left to the others in proportion.
    names : sequence of str
        What people call the strata.
    apportion : callable
        `hamilton` or `sainte_lague`.

    Raises
    ------
    InputErrors
        If there are fewer people than letters, or a stratum is too small and `short` is "fail".
    """
    total = sum(size for size, weight in zip(sizes, weights, strict=True) if weight)
    if letters > total and short != "take-all":
        facts = {"letters": letters, "people": total}
        raise InputErrors((Finding(code="invite-too-few-people", facts=facts),))
    counts = whole(weights)
    due = apportion(counts, letters)
    faults = [
        Finding(code="invite-stratum-short", value=name, facts={"letters": n, "people": size})
        for name, size, n in zip(names, sizes, due, strict=True)
        if n > size
    ]
    if not faults:
        return due
    if short == "fail":
        raise InputErrors(tuple(faults))
    if short == "take-all":
        return tuple(map(min, due, sizes))
    return apportion(counts, letters, caps=sizes)


def whole(weights: Sequence[Fraction]) -> list[int]:
    """Integers in the same proportions."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [int(weight * scale) for weight in weights]
