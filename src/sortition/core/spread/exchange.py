"""Let people change places between tickets, at random, until the tickets have forgotten the start.

A move takes two tokens, one of a person ``a`` on ticket A and one of ``b`` on ticket B; they change
places if both tickets stay panels. So everybody keeps her number of tickets, and every quota and
the household rule hold all the time.

Which two tokens are tried does not depend on who sits where, and a move undoes itself: the chain is
symmetric, so that the law in which every table with these numbers of tickets, all of whose rows are
panels, has the same chance, does not change under it. How soon the chain is near to it, and whether
exchanges reach every table, is not proven.

Many moves are tried at once. Of those that share a ticket only the first counts, whatever becomes
of it. This keeps the symmetry: a move leaves the same two tickets touched as before.

Most people differ too much to take each other's place, so the other token comes from a *family*:
those who are alike in all but one feature, or two, or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sortition.core.spread.numbers import Numbers
from sortition.core.spread.people import People
from sortition.core.spread.table import Table
from sortition.core.types import Bools, Ints

# How often every token is tried between two looks, and how many looks there are at most.
TRIES = 2
LOOKS = 12
# Flat is what fell by less than one part in so many: pairs that never meet, sums of squares.
FEW = 100
MANY = 300
WATCHED = 400
SHORT = 2**16


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Which tokens can be tried with which.

    Attributes
    ----------
    columns : array of int
        The columns in which they may differ.
    order : array of int, shape (tokens,)
        The tokens, those of a class together.
    start, size : array of int, shape (tokens,)
        Where the class of each token begins in that order, and how many are in it.
    """

    columns: Ints
    order: Ints
    start: Ints
    size: Ints


class Tokens:
    """Everybody's places as tokens of hers, which keep their numbers wherever they are.

    Parameters
    ----------
    table : Table

    Attributes
    ----------
    table : Table
    person : array of int, shape (tokens,)
        Whose each token is; sorted.
    place : array of int, shape (tokens,)
        Where it is in the table.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.place = np.argsort(table.taken, kind="stable")
        self.person = table.taken[self.place]


def exchange(seats: Ints, people: People, numbers: Numbers) -> Ints:
    """Tickets, shape (m, k), after random exchanges that went on until they were flat.

    Flat means that among a sample of people hardly more have met since the last look, and those who
    did meet hardly more evenly.
    """
    tokens = Tokens(Table(seats, people))
    families = families_of(tokens)
    tickets = len(seats)
    if not families or tickets < 2:
        return tokens.table.seats
    at_once = max(1, tickets // 3)
    watched = np.flatnonzero(np.bincount(tokens.person))
    watched = watched[np.argsort(numbers.words(len(watched)), kind="stable")[:WATCHED]]
    apart, uneven = _meetings(tokens.table, watched)
    for _ in range(LOOKS):
        for _ in range(TRIES * len(tokens.person) // at_once):
            which = int(numbers.below(np.array([len(families)]))[0])
            batch(tokens, families[which], at_once, numbers)
        before, (apart, uneven) = (apart, uneven), _meetings(tokens.table, watched)
        if apart * FEW >= before[0] * (FEW - 1) and uneven * MANY >= before[1] * (MANY - 1):
            break
    return tokens.table.seats


def _meetings(table: Table, watched: Ints) -> tuple[int, int]:
    """How many pairs of the watched people never meet, and the sum of squares of how often they do.

    They meet when they are on a ticket together.
    """
    column = np.full(len(table.people.rows_of), len(watched))
    column[watched] = np.arange(len(watched))
    seats = table.seats
    member = np.zeros((len(seats), len(watched) + 1), dtype=np.float32)
    member[np.arange(len(seats))[:, None], column[seats]] = 1
    # whole numbers far below 2**24, so that these sums are exact in any order
    together = (member[:, :-1].T @ member[:, :-1]).astype(np.int64)
    return int((together == 0).sum()), int((together * together).sum())


def families_of(tokens: Tokens, *, all_features: bool = False) -> list[Family]:
    """The families in which somebody can change places, those of near people more than once.

    Features whose quotas are all exact keep people apart: nobody changes places across them, unless
    two others do so as well.
    """
    people = tokens.table.people
    room = people.upper > people.lower
    free = [
        column
        for column in range(people.features)
        if all_features or np.any(room[people.kinds[:, column]])
    ]
    of_token = people.kind_of[tokens.person]
    alike = [_family(tokens, of_token, ())]
    near = [_family(tokens, of_token, (column,)) for column in free]
    far = [_family(tokens, of_token, pair) for pair in combinations(free, 2)]
    return [family for family in [*alike, *near, *near, *far] if _differ(tokens, family)]


def batch(tokens: Tokens, family: Family, at_once: int, numbers: Numbers) -> None:
    """Try so many moves at once."""
    table, place = tokens.table, tokens.place
    one, other = proposed(tokens, family, at_once, numbers)
    held = table.may_change(place[one], place[other], family.columns)
    one, other = one[held], other[held]
    table.change(place[one], place[other], family.columns)
    place[one], place[other] = place[other], place[one]


def proposed(tokens: Tokens, family: Family, at_once: int, numbers: Numbers) -> tuple[Ints, Ints]:
    """So many pairs of tokens of a family, less those that touch a ticket after another pair."""
    one = numbers.below(np.full(at_once, len(tokens.person)))
    other = family.order[family.start[one] + numbers.below(family.size[one])]
    here, there = (tokens.place[token] // tokens.table.size for token in (one, other))
    kept = first_to_touch(here, there) & (here != there)
    return one[kept], other[kept]


def first_to_touch(one: Ints, other: Ints) -> Bools:
    """Which pairs of tickets are the first to touch both of theirs, in the order of the pairs."""
    turn = np.arange(len(one))
    first = np.full(int(max(one.max(initial=0), other.max(initial=0))) + 1, len(one))
    np.minimum.at(first, one, turn)
    np.minimum.at(first, other, turn)
    are_first: Bools = (first[one] == turn) & (first[other] == turn)
    return are_first


def _family(tokens: Tokens, of_token: Ints, free: tuple[int, ...]) -> Family:
    """The tokens of people who are alike in all features but the free ones, by their kinds."""
    people = tokens.table.people
    fixed = [column for column in range(people.features) if column not in free]
    class_of = np.zeros(len(people.kinds), dtype=np.int64)
    for rows in people.kinds.T[fixed]:
        _, class_of = np.unique(class_of * len(people.lower) + rows, return_inverse=True)
    classes = class_of.max() + 1
    # short numbers are sorted far faster
    of_token = class_of[of_token].astype(np.uint16 if classes <= SHORT else np.int64)
    sizes = np.bincount(of_token)
    return Family(
        columns=np.array([*free, *range(people.features, people.rows_of.shape[1])]),
        order=np.argsort(of_token, kind="stable"),
        start=(np.cumsum(sizes) - sizes)[of_token],
        size=sizes[of_token],
    )


def _differ(tokens: Tokens, family: Family) -> bool:
    """Whether some class has tokens of two people, of whom nobody has tokens in two classes."""
    classes, people = map(np.bincount, (family.start, tokens.person))
    return bool(np.count_nonzero(classes) < np.count_nonzero(people))
