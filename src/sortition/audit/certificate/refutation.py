"""Why there is no panel of some kind: cases, each of which contradicts the rows.

What is to be refuted is a box: of each group at least so many people and at most so many. A case
is settled in one of two ways.

branch ``(group, most)``
    Either at most ``most`` people of the group sit on the panel, or more; the next cases settle
    the first half, those after them the second.
multipliers ``g`` of the rows
    For every panel ``sum of g * row <= sum of max(g * lower, g * upper)``. If the least that the
    left-hand side can be within the box is more than that, there is no panel in it (Farkas).

All of it is whole numbers, so that it is checked without a solver and without rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sortition.audit.canonical import Json
from sortition.audit.certificate.rows import CertifiedRow, added_up
from sortition.audit.documents import Shape

MOST_CASES = 5_000  # in one refutation
SHAPE: Shape = [{"branch": [int], "multipliers": [[int, int]]}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a refutation.

    Attributes
    ----------
    branch : tuple of (int, int) or None
        The group and the most of it in the first half; None if the multipliers settle the case.
    multipliers : mapping of int to int
        By the number of the row.
    """

    branch: tuple[int, int] | None = None
    multipliers: Mapping[int, int]


def refuted(
    cases: Sequence[Case],
    rows: Sequence[CertifiedRow],
    lowest: Sequence[int],
    highest: Sequence[int],
) -> bool:
    """Whether the cases show that no panel is within the box.

    Parameters
    ----------
    cases : sequence of Case
        In the order in which they are settled; each half before the next one.
    rows : sequence of CertifiedRow
    lowest, highest : sequence of int
        The box: how many people of each group.
    """
    if len(cases) > MOST_CASES:
        return False
    boxes = [(list(lowest), list(highest))]
    for case in cases:
        if not boxes:
            return False
        low, high = boxes.pop()
        if case.branch is not None:
            group, most = case.branch
            if not 0 <= group < len(low):
                return False
            boxes.append((_put(low, group, max(low[group], most + 1)), high))
            boxes.append((low, _put(high, group, min(high[group], most))))
        elif not contradicts(case.multipliers, rows, low, high):
            return False
    return not boxes


def contradicts(
    multipliers: Mapping[int, int],
    rows: Sequence[CertifiedRow],
    low: Sequence[int],
    high: Sequence[int],
) -> bool:
    """Whether these multipliers of the rows show that no panel is within a box."""
    if any(one > other for one, other in zip(low, high, strict=True)):
        return True
    if any(not 0 <= number < len(rows) for number in multipliers):
        return False
    multiplied = ((rows[number], multiplier) for number, multiplier in multipliers.items())
    try:
        prices, most = added_up(multiplied, len(low))
    except ValueError:
        return False
    least = sum(min(p * few, p * many) for p, few, many in zip(prices, low, high, strict=True))
    return least > most


def cases_document(cases: Sequence[Case]) -> Json:
    """The cases as they stand in a file."""
    return [
        {
            "branch": list(case.branch or ()),
            "multipliers": [list(pair) for pair in sorted(case.multipliers.items())],
        }
        for case in cases
    ]


def cases_of(document: Any) -> tuple[Case, ...]:
    """The cases that a file of the shape above states; a branch is a pair or nothing.

    Raises
    ------
    ValueError
        If a branch is anything else.
    """
    cases = []
    for stated in document:
        branch = None
        if stated["branch"]:
            group, most = stated["branch"]
            branch = (group, most)
        cases.append(Case(branch=branch, multipliers=dict(stated["multipliers"])))
    return tuple(cases)


def _put(numbers: list[int], place: int, number: int) -> list[int]:
    changed = numbers.copy()
    changed[place] = number
    return changed
