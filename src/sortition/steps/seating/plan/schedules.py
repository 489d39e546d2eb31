"""Sessions in which nobody meets anybody twice, from the arithmetic of finite fields.

Let there be q tables, q the order of a field. Number the seats (i, j) with i below the size of a
table and j below q. In session s, whoever has the number (i, j) sits at table j + s i, reckoned in
the field. Two people with different i share a table where j + s i = j' + s i', in one session; two
with the same i never do. That makes q sessions, and one more if the rows can be cut into tables:
eight fours then have nine sessions, and five fives the six of the affine plane of order 5.
(Bose 1938; these are orthogonal Latin squares by another name.)
"""

from __future__ import annotations

import numpy as np

from sortition.core.types import Ints

# what x**k is, lowest power first, in fields whose order is a prime to the power k
POWERS = {
    4: (2, (1, 1)),
    8: (2, (1, 1, 0)),
    9: (3, (2, 0)),
    16: (2, (1, 1, 0, 0)),
    25: (5, (2, 0)),
    27: (3, (2, 1, 0)),
}


def perfect_sessions(tables: int, size: int) -> tuple[Ints, ...]:
    """The table of each seat, from 0, in as many sessions as the construction has.

    Seats are numbered i * tables + j. In all sessions but perhaps the last, which is there only if
    the size divides the tables, those with the same i sit at different tables.

    Parameters
    ----------
    tables, size : int
        None are made if tables are larger than their number, or no field is known of this order.
    """
    field = _field(tables)
    if field is None or size > tables:
        return ()
    plus, times = field
    rows = np.repeat(np.arange(size), tables)
    columns = np.tile(np.arange(tables), size)
    sessions = [plus[columns, times[s, rows]] for s in range(tables)]
    if size > 1 and tables % size == 0:
        sessions.append((rows * tables + columns) // size)
    return tuple(sessions)


def _field(order: int) -> tuple[Ints, Ints] | None:
    """The tables of addition and multiplication, shape (order, order) each."""
    if order in POWERS:
        prime, reducing = POWERS[order]
    elif order > 1 and all(order % n for n in range(2, order)):
        prime, reducing = order, (0,)
    else:
        return None
    degree = len(reducing)
    elements = [tuple(n // prime**k % prime for k in range(degree)) for n in range(order)]
    number = {element: n for n, element in enumerate(elements)}

    def add(one: tuple[int, ...], other: tuple[int, ...], factor: int = 1) -> tuple[int, ...]:
        return tuple((a + factor * b) % prime for a, b in zip(one, other, strict=True))

    def multiply(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
        total = (0,) * degree
        for digit in reversed(other):
            shifted = add((0, *total[:-1]), reducing, total[-1])
            total = add(shifted if degree > 1 else (0,), one, digit)
        return total

    plus = [[number[add(a, b)] for b in elements] for a in elements]
    times = [[number[multiply(a, b)] for b in elements] for a in elements]
    return np.array(plus), np.array(times)
