"""Clusters with probability proportional to size, in integers (Madow 1949).

Whoever is so large that its probability would be above 1 is certain; the others are looked at
again without it, until none is. The rest are laid end to end on a line, `n` times as long as they
are, and taken wherever one of the equally spaced marks ``r, r + M, r + 2M, …`` falls; `M` is their
size and `r` is drawn from 0 to ``M - 1``. In a fixed order some pairs can never be drawn together,
so the order is drawn first, by tickets.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate


def certain_units(sizes: Sequence[int], n: int) -> frozenset[int]:
    """The positions of those that are drawn for certain.

    Raises
    ------
    ValueError
        If `n` is not from 0 to the number of units with a size, or a size is negative.
    """
    filled = [i for i, size in enumerate(sizes) if size]
    if min(sizes, default=0) < 0 or not 0 <= n <= len(filled):
        raise ValueError("there are fewer units than are to be drawn, or a size is negative")
    certain: set[int] = set()
    while True:
        rest = [i for i in filled if i not in certain]
        total, left = sum(sizes[i] for i in rest), n - len(certain)
        more = {i for i in rest if sizes[i] * left >= total}
        if not more or not left:
            return frozenset(certain)
        certain |= more


def inclusion_probabilities(sizes: Sequence[int], n: int) -> tuple[Fraction, ...]:
    """The exact chance of each unit to be among `n`; they add up to `n`.

    Raises
    ------
    ValueError
        As `certain_units`.
    """
    certain = certain_units(sizes, n)
    total = sum(size for i, size in enumerate(sizes) if i not in certain)
    left = n - len(certain)
    return tuple(
        Fraction(1) if i in certain else Fraction(size * left, total) if total else Fraction(0)
        for i, size in enumerate(sizes)
    )


def marks(sizes: Sequence[int], n: int) -> int:
    """`M`: from how many starts `madow` draws one; at least 1."""
    certain = certain_units(sizes, n)
    return max(1, sum(size for i, size in enumerate(sizes) if i not in certain))


def madow(sizes: Sequence[int], n: int, start: int) -> tuple[int, ...]:
    """The positions of the units that a start draws.

    Parameters
    ----------
    sizes : sequence of int
        In the order in which they are laid out.
    n : int
        How many are drawn.
    start : int
        From 0 to ``marks(sizes, n) - 1``.

    Returns
    -------
    tuple of int
        Rising; `n` of them.

    Raises
    ------
    ValueError
        As `certain_units`, or if the start is out of range.
    """
    certain = certain_units(sizes, n)
    spacing, left = marks(sizes, n), n - len(certain)
    if not 0 <= start < spacing:
        raise ValueError("the start is from 0 to the size of all units less 1")
    laid = [0 if i in certain else left * size for i, size in enumerate(sizes)]
    ends = list(accumulate(laid))
    return tuple(
        i
        for i, (length, end) in enumerate(zip(laid, ends, strict=True))
        if i in certain
        or _marks_before(end, start, spacing) > _marks_before(end - length, start, spacing)
    )


def _marks_before(place: int, start: int, spacing: int) -> int:
    """How many of ``start + j * spacing`` are below a place."""
    return max(0, -((start - place) // spacing))
