"""The reserve that leaves a panel closest to its quotas when people drop out.

Over sets of dropouts that were drawn, the reserve of at most A people is looked for whose best
replacement leaves the smallest distance on average (empirical risk minimisation; Assos, Baharav,
Flanigan and Procaccia, *Alternates, Assemble!*, 2025):

1. add the person who helps most, A times;
2. leave out one person and find her place anew as long as that helps, from several beginnings,
   and then two at once;
3. order them so that those who are called first help most.

`sortition.selection.reserve.programs` solves the same problem exactly, on fewer sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from sortition.core.types import Floats, Ints
from sortition.selection.reserve.damage import Replacements, total_of
from sortition.selection.reserve.scenarios import Scenarios, Vacancies


def grown_reserve(vacancies: Vacancies, scenarios: Scenarios, count: int) -> Ints:
    """A reserve to which the person was added who helps most, again and again: step 1 alone.

    Parameters
    ----------
    vacancies : Vacancies
        With at least `count` people to choose from.
    scenarios : Scenarios
    count : int

    Returns
    -------
    array of int, shape (count,)
        The kind of each alternate, in the order in which they are called.
    """
    return _grown(vacancies, scenarios, np.empty(0, dtype=np.int64), count)


def best_reserve(
    vacancies: Vacancies,
    scenarios: Scenarios,
    count: int,
    *,
    beginnings: Sequence[Ints] = (),
    exchange: bool = True,
) -> Ints:
    """A reserve by all three steps.

    Parameters
    ----------
    vacancies, scenarios, count
        As `grown_reserve` takes them.
    beginnings : sequence of array of int, shape (count,)
        Further reserves to begin with, besides the one of step 1.
    exchange : bool
        Whether to take step 2.

    Returns
    -------
    array of int, shape (count,)
        The kind of each alternate, in the order in which they are called.
    """
    found = [grown_reserve(vacancies, scenarios, count), *beginnings]
    if exchange:
        found = [_exchanged(vacancies, scenarios, reserve, together=1) for reserve in found]
    best = min(found, key=lambda reserve: total_of(vacancies, scenarios, reserve))
    if exchange and count > 1:
        best = _exchanged(vacancies, scenarios, best, together=2)
    return ordered(vacancies, scenarios, best)


def ordered(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints) -> Ints:
    """The same people in the order in which each helps most after those before."""
    replacements, waiting, called = Replacements(vacancies, scenarios), reserve.tolist(), []
    while waiting:
        kinds = np.array(sorted(set(waiting)))
        best = _first(vacancies, kinds, replacements.totals_with(kinds))
        replacements.add(best)
        waiting.remove(best)
        called.append(best)
    return np.array(called, dtype=np.int64)


def _grown(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints, count: int) -> Ints:
    """A reserve to which people were added until it has so many."""
    replacements, chosen = Replacements(vacancies, scenarios), reserve.tolist()
    for kind in chosen:
        replacements.add(kind)
    while len(chosen) < count:
        kinds = vacancies.left(chosen)
        best = _first(vacancies, kinds, replacements.totals_with(kinds))
        replacements.add(best)
        chosen.append(best)
    return np.array(chosen, dtype=np.int64)


def _exchanged(vacancies: Vacancies, scenarios: Scenarios, reserve: Ints, *, together: int) -> Ints:
    """A reserve that is no worse if so many people at once are left out and found anew."""
    chosen, least = reserve, total_of(vacancies, scenarios, reserve)
    waiting = list(combinations(range(len(reserve)), together))
    while waiting:
        others = np.delete(chosen, waiting.pop())
        other = _grown(vacancies, scenarios, others, len(reserve))
        total = total_of(vacancies, scenarios, other)
        if total < least:
            chosen, least = other, total
            waiting = list(combinations(range(len(reserve)), together))
    return chosen


def _first(vacancies: Vacancies, kinds: Ints, totals: Floats) -> int:
    """The kind with the least total; of those that serve alike, the one whose turn it is."""
    return int(kinds[np.lexsort((vacancies.rank[kinds], totals))[0]])
