"""Simpler ways to choose a reserve, for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from sortition.core.types import Floats, Ints
from sortition.selection.reserve.scenarios import Vacancies

RuleName = Literal["none", "second draw", "quota shares", "look-alikes", "equal chances", "chosen"]


def second_draw(vacancies: Vacancies, order: Sequence[int], count: int) -> Ints:
    """The first people of a lot among all who are left, by their kinds.

    Parameters
    ----------
    order : sequence of int
        The kinds of all who could be called, in the order of their lots.
    """
    return np.array(order[:count], dtype=np.int64)


def by_quota_shares(vacancies: Vacancies, count: int) -> Ints:
    """A reserve made up like the panel: each next person brings it closest to the shares."""
    members, seats = len(vacancies.seats), vacancies.seats.sum(axis=0)
    chosen: list[int] = []
    held = np.zeros_like(seats)
    for size in range(1, count + 1):
        off = np.abs(members * (held + vacancies.kinds) - size * seats) @ vacancies.weights
        kind = _nearest(vacancies, off, chosen)
        chosen.append(kind)
        held += vacancies.kinds[kind]
    return np.array(chosen, dtype=np.int64)


def look_alikes(vacancies: Vacancies, count: int) -> Ints:
    """For each of the members most likely to leave, in turn, the person most like her.

    With more alternates than members, it goes on with the first member.
    """
    likeliest = np.argsort(-vacancies.leaving, kind="stable")
    chosen: list[int] = []
    for place in range(count):
        member = vacancies.seats[likeliest[place % len(likeliest)]]
        unlike = np.abs(vacancies.kinds - member) @ vacancies.weights
        chosen.append(_nearest(vacancies, unlike, chosen))
    return np.array(chosen, dtype=np.int64)


def _nearest(vacancies: Vacancies, distance: Floats, chosen: list[int]) -> int:
    kinds = vacancies.left(chosen)
    return int(kinds[np.lexsort((vacancies.rank[kinds], distance[kinds]))[0]])
