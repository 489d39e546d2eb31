"""How random the tickets of a lottery are, against independent draws with the same chances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.types import Floats, Ints

# A companion who is there in this share of somebody's panels is as good as always there.
ALWAYS = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Figures of tickets; shares are from 0 to 1.

    Attributes
    ----------
    compositions : int
        How many different panels there are, people of one type not told apart.
    panels : int
        How many different panels there are.
    never : float
        The share of the pairs of people with a chance who are on no ticket together.
    never_independent : float
        What it would be if everybody were drawn onto every ticket on her own.
    closest : float
        The median over people of the share of a person's tickets that her most frequent
        companion is on.
    always : int
        How many people are on at least nine tenths of another person's tickets, though not of
        all tickets: as pairs.
    """

    compositions: int
    panels: int
    never: float
    never_independent: float
    closest: float
    always: int


def spread_of(seats: Ints, type_of: Ints) -> Spread:
    """The figures of tickets.

    Parameters
    ----------
    seats : array of int, shape (m, k)
        The positions in the pool of the people on each ticket.
    type_of : array of int, shape (people,)
        The type of each person.
    """
    tickets = len(seats)
    on, held, together = _together(seats)
    pairs = np.triu_indices(len(on), 1)
    share = held / tickets
    apart = 1 - np.outer(share, share)
    companion = together / held[:, None]
    np.fill_diagonal(companion, 0)
    kinds = np.sort(type_of[seats], axis=1)
    return Spread(
        compositions=len(np.unique(kinds, axis=0)),
        panels=len(np.unique(np.sort(seats, axis=1), axis=0)),
        never=float((together[pairs] == 0).mean()),
        never_independent=float((apart[pairs] ** tickets).mean()),
        closest=float(np.median(companion.max(axis=1))),
        always=int(((companion >= ALWAYS) & (share < ALWAYS)[None, :]).sum()),
    )


def _together(seats: Ints) -> tuple[Ints, Floats, Floats]:
    """Who is on some ticket, how many each is on, and how many each two are on together."""
    on, columns = np.unique(seats, return_inverse=True)
    member = np.zeros((len(seats), len(on)), dtype=np.float32)
    member[np.arange(len(seats))[:, None], columns.reshape(seats.shape)] = 1
    together: Floats = (member.T @ member).astype(np.float64)
    return on, together.diagonal().copy(), together
