"""Walk at random among the panels until each is as likely as any other, many chains at once.

A chain holds as many people as a panel has seats. One swap:

1. Draw one of them, and one person of the pool who is not among them.
2. Swap the two if that breaks the bounds no more than before; if it breaks them by d seats more,
   swap with the chance exp(-b·d).

In the long run a chain is then at people who break the bounds by v seats in proportion to
exp(-b·v) (Metropolis et al., "Equation of state calculations by fast computing machines", Journal
of Chemical Physics 21 (1953)). All panels have v = 0, so at the times at which it is at a panel,
it is at each panel as often as at any other. Only those times are counted.

Chains that had to keep all bounds at all times would hardly move, and with tight quotas some
panels could not be reached from others at all, not even by swaps of two for two. This way every
panel can be reached from every other. What is not promised is that it happens within the swaps
that there are: the result is approximate, and the diagnostics say how far the chains agree. They
do not see a part of the panels that no chain has found.

b is set by trial so that the chains are at panels in about a tenth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sortition.core.sampling.joining import Joining
from sortition.core.sampling.looks import Diagnostics, Looks
from sortition.core.types import Floats, Ints, Types
from sortition.errors import SolverFailed
from sortition.model import COMBINATION

FIRST_SWAPS = 4096
BETWEEN_LOOKS = 32
AT_PANELS = 0.1
FIRST_STRICTNESS = 2.0
TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the chains saw.

    Attributes
    ----------
    panels : array of int, shape (N, T)
        Panels that the chains were at, at times far apart.
    counts : array of float, shape (T,)
        The mean people per type over all panels that were seen.
    diagnostics : Diagnostics
    """

    panels: Ints
    counts: Floats
    diagnostics: Diagnostics


def walk_at_random(types: Types, start: Ints, *, swaps: int, rng: np.random.Generator) -> Walked:
    """Run one chain from each start until they agree, or for so many swaps.

    The number of swaps doubles again and again. What came before the last doubling does not
    count.

    Parameters
    ----------
    types : Types
    start : array of int, shape (C, T)
        Panels, at least two, as different as can be, that leave somebody out.
    swaps : int
        The most swaps of each chain, the uncounted ones included.
    rng : Generator

    Raises
    ------
    SolverFailed
        If no chain was at a panel in the last stretch.
    """
    chains = _Chains(types, start, rng)
    strictness, length, done = FIRST_STRICTNESS, FIRST_SWAPS, 0
    while True:
        looks = Looks(types, len(start), length // BETWEEN_LOOKS)
        accepted = 0
        for _ in range(length // BETWEEN_LOOKS):
            accepted += chains.swap(BETWEEN_LOOKS, strictness)
            looks.add(chains.counts(), chains.excess == 0)
        done += length
        share = looks.share_at_panels
        if share > 0:
            diagnostics = looks.diagnose(swaps=length, accepted=accepted)
            if (diagnostics.agree and share > AT_PANELS / 4) or 2 * done > swaps:
                return Walked(panels=looks.panels, counts=looks.counts, diagnostics=diagnostics)
        elif 2 * done > swaps:
            raise SolverFailed("no chain came back to a panel")
        strictness += float(np.clip(np.log(AT_PANELS / (share + TINY)) / 3, -0.5, 0.5))
        length = done


class _Chains:
    """The people whom all chains hold, and the rows they use."""

    def __init__(self, types: Types, start: Ints, rng: np.random.Generator) -> None:
        self._rng = rng
        self._types = len(types)
        self._seats = types.panel_size
        self._type_of, _ = _everybody(types.sizes)
        self._rows_of, lower, upper = _rows_of_people(types)
        self._everybody = _in_front(start, types.sizes)
        self._start_of = np.arange(len(start)) * self._everybody.shape[1]

        used = np.arange(self._seats + 2)
        over = (used - upper[:, None]).clip(0) + (lower[:, None] - used).clip(0)
        self._rise = np.diff(over, append=0).ravel()
        self._fall = -np.diff(over, prepend=0).ravel()
        # the place in these tables of each row of each chain: it tells what the row has used
        self._place = np.tile(np.arange(len(lower)) * len(used), (len(start), 1))
        self._base = (np.arange(len(start)) * len(lower))[:, None]
        held = self._rows_of[self._everybody[:, : self._seats]].reshape(len(start), -1)
        np.add.at(self._place.reshape(-1), held + self._base, 1)
        self.excess = over.ravel()[self._place].sum(axis=1)

    def swap(self, times: int, strictness: float) -> int:
        """Try so many swaps in each chain; how many were made in all."""
        shape = (times, len(self._start_of))
        seats = self._rng.integers(0, self._seats, size=shape) + self._start_of
        others = self._rng.integers(self._seats, self._everybody.shape[1], size=shape)
        others += self._start_of
        allowed = self._rng.standard_exponential(shape) / strictness
        everybody, place = self._everybody.reshape(-1), self._place.reshape(-1)
        made = 0
        for seat, other, most in zip(seats, others, allowed, strict=True):
            leaver, joiner = everybody[seat], everybody[other]
            less, more = self._rows_of[leaver], self._rows_of[joiner]
            differ = less != more
            less, more = less + self._base, more + self._base
            change = self._fall[place[less]] + self._rise[place[more]]
            worse = (change * differ).sum(axis=1)
            yes = np.flatnonzero(worse <= most)
            everybody[seat[yes]], everybody[other[yes]] = joiner[yes], leaver[yes]
            place[less[yes]] -= 1
            place[more[yes]] += 1
            self.excess[yes] += worse[yes]
            made += len(yes)
        return made

    def counts(self) -> Ints:
        """The people per type, shape (C, T)."""
        held = self._type_of[self._everybody[:, : self._seats]]
        chains = len(held)
        cells = held + np.arange(chains)[:, None] * self._types
        found = np.bincount(cells.ravel(), minlength=chains * self._types)
        return found.reshape(chains, self._types)


def _rows_of_people(types: Types) -> tuple[Ints, Ints, Ints]:
    """The rows of each person, with a row for every single household, and their bounds.

    The rows of one column exclude each other. Somebody who counts for none of them is entered in
    a row of the column's own, which has no bounds.
    """
    joining, first_household = Joining(types), 1 + len(types.quotas)
    homes = np.array(types.households, dtype=np.int64)
    unbounded = first_household + int(homes.sum())
    excluding: dict[tuple[str, str], list[int]] = {}
    for row, quota in enumerate(types.quotas, start=1):
        own = quota.value if quota.feature == COMBINATION else ""
        excluding.setdefault((quota.feature, own), []).append(row)

    type_of, number = _everybody(types.sizes)
    columns = []
    for column, rows in enumerate(excluding.values()):
        has = joining.incidence[:, rows]
        row_of = np.array(rows)[has.argmax(axis=1)]
        columns.append(np.where(has.any(axis=1), row_of, unbounded + column)[type_of])
    first_home = np.append(first_household + np.cumsum(homes) - homes, unbounded + len(columns))
    home_number = number * joining.homes[type_of] // types.sizes[type_of]
    columns.append(first_home[joining.home[type_of] - first_household] + home_number)

    of_columns = [types.panel_size] * len(columns)
    of_homes = np.repeat(types.upper[first_household:] // homes, homes)
    upper = np.concatenate([types.upper[:first_household], of_homes, of_columns])
    lower = np.zeros_like(upper)
    lower[1:first_household] = types.lower[1:first_household]
    return np.column_stack(columns), lower, upper


def _everybody(sizes: Ints) -> tuple[Ints, Ints]:
    """The type of each person, and her number within it from 0 on."""
    first = np.cumsum(sizes) - sizes
    return np.repeat(np.arange(len(sizes)), sizes), np.arange(sizes.sum()) - np.repeat(first, sizes)


def _in_front(start: Ints, sizes: Ints) -> Ints:
    """For each chain all people, those of its panel first.

    Two of them may share one of several alike households; the first swaps mend that.
    """
    type_of, number = _everybody(sizes)
    return np.argsort(number >= start[:, type_of], axis=1, kind="stable")
