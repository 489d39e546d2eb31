"""Let people change places between tickets until every ticket is a panel.

Tickets that were dealt without a look at the quotas have *faults*: seats outside the bounds. Look
at two tickets and at the changes of places of one person on each. Of those that leave the fewest
faults one is made, picked at random, if it does not do harm: where nothing is gained, a fault may
wander on until it meets one that it makes good.

1. While there are many faults, all tickets are paired at random.
2. Then each broken ticket looks at those that have most room for its faults, and at another broken
   one, by turns.
3. Rows whose faults stay weigh more and more.

That ends when no ticket is broken, or when hardly any faults go.
"""

from __future__ import annotations

from itertools import count
from math import isqrt

import numpy as np

from sortition.core.spread.changes import Changes, Counts
from sortition.core.spread.exchange import first_to_touch
from sortition.core.spread.numbers import Numbers
from sortition.core.spread.table import Table
from sortition.core.types import Bools, Ints

# How many rounds there are between two looks, one part in how many of the faults must go between
# them, and how often that may fail in a row.
ROUNDS = 10
ENOUGH = 20
PATIENCE = 5
# So many faults a ticket, on average, are many.
MANY = 4
# How many others a broken ticket looks at; how many places of each two tickets at least; and how
# many changes in a round, about.
OTHERS = 4
PLACES = 24
CHANGES = 2**19
LOOKED_AT = 2**20  # pairs
AT_ONCE = 2**17  # so that they stay in the processor's cache


def mend(table: Table, numbers: Numbers) -> Ints:
    """Change places; give the tickets that are still no panels."""
    changes = Changes(table)
    faults = table.faults(np.arange(table.tickets))
    before, failed = 2 * int(faults.sum()), 0
    for number in count():
        left = int(faults.sum())
        if left == 0 or table.tickets < 2:
            break
        if number % ROUNDS == 0:
            failed = failed + 1 if left * ENOUGH > before * (ENOUGH - 1) else 0
            if failed > PATIENCE:
                break
            if left * 4 > before * 3:
                changes.weigh_faults()
            before = left
        one, other, each = _paired(changes, faults, number, numbers)
        touched = _best_changes(changes, one, other, each, numbers)
        faults[touched] = table.faults(touched)
    return np.flatnonzero(faults)


def _paired(
    changes: Changes, faults: Ints, number: int, numbers: Numbers
) -> tuple[Ints, Ints, int]:
    """Pairs of tickets, and how many pairs that follow each other have the same first ticket."""
    order = np.argsort(numbers.words(len(faults)), kind="stable")
    broken = order[faults[order] > 0]
    if faults.sum() > MANY * len(order):
        return *_halves(order), 1
    if number % 2 and len(broken) > 1:
        return *_halves(broken), 1
    each = max(1, min(OTHERS, len(order) // len(broken), len(order) - 1))
    broken = broken[: max(1, LOOKED_AT // len(order))]
    others = _best_fitting(changes.fitting(broken), broken, each, numbers)
    return np.repeat(broken, each), others.ravel(), each


def _best_fitting(fits: Counts, broken: Ints, each: int, numbers: Numbers) -> Ints:
    """For each broken ticket those others that fit best, equals at random, in ascending order."""
    tickets = fits.shape[1]
    best = np.empty((len(broken), each), dtype=np.int64)
    at_once = max(1, AT_ONCE // tickets)
    for start in range(0, len(broken), at_once):
        rank = fits[start : start + at_once].astype(np.int64) << 32
        rank += (numbers.words(rank.size) >> np.uint64(33)).view(np.int64).reshape(rank.shape)
        lines = np.arange(len(rank))
        rank[lines, broken[start : start + at_once]] = -1
        for place in range(each):
            highest = rank.argmax(axis=1)
            best[start : start + at_once, place] = highest
            rank[lines, highest] = -1
    best.sort(axis=1)
    return best


def _halves(tickets: Ints) -> tuple[Ints, Ints]:
    half = len(tickets) // 2
    return tickets[:half], tickets[half : 2 * half]


def _best_changes(changes: Changes, one: Ints, other: Ints, each: int, numbers: Numbers) -> Ints:
    """Make a best change of all pairs that have the same first ticket; give the tickets touched.

    Of changes that touch the same ticket only the first is made.
    """
    table, size = changes.table, changes.table.size
    places = max(PLACES, isqrt(CHANGES // len(one)))
    first, second = (np.argsort(numbers.words(size), kind="stable")[:places] for _ in range(2))
    at_once = max(1, AT_ONCE // (len(first) * len(second)))
    parts = []
    for start in range(0, len(one), at_once):
        pairs = slice(start, start + at_once)
        worse = changes.worse(one[pairs], other[pairs], first, second)
        least = worse.reshape(len(worse), -1).min(axis=1)
        place, place_there = picked(worse == least[:, None, None], numbers)
        parts.append(np.stack([least.astype(np.int64), first[place], second[place_there]]))
    least, place, place_there = np.concatenate(parts, axis=1)
    best = _best_of(least.reshape(-1, each), numbers)
    best = best[least[best] <= 0]
    one, other, place, place_there = one[best], other[best], place[best], place_there[best]
    made = first_to_touch(one, other)
    table.change(one[made] * size + place[made], other[made] * size + place_there[made])
    return np.concatenate([one[made], other[made]])


def picked(among: Bools, numbers: Numbers) -> tuple[Ints, Ints]:
    """In each block one of the cells that are true, at random: its row and its column."""
    cells = np.flatnonzero(among)
    rows, columns = among.shape[1:]
    count = np.bincount(cells // (rows * columns), minlength=len(among))
    cell = cells[np.cumsum(count) - count + numbers.below(count)]
    return cell // columns % rows, cell % columns


def _best_of(least: Ints, numbers: Numbers) -> Ints:
    """The place of the smallest number in each row, in the order of all; a random one of equals."""
    rows, each = least.shape
    rank = (numbers.words(least.size) >> np.uint64(8)).astype(np.int64).reshape(least.shape)
    column = np.where(least == least.min(axis=1)[:, None], rank, -1).argmax(axis=1)
    best: Ints = np.arange(rows) * each + column
    return best
