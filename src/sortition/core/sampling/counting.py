"""Count all panels, exactly, and number them.

Dynamic programming over the types with whole numbers of any size. A state is how much of each
row the types so far have used; types that lead to the same state are counted together.

1. Put the types in an order in which few rows are under way at a time.
2. Type by type, go from each state to those that 0, 1, 2, … people of the type lead to, without
   those that no panel can come of. A row that can no longer be broken is forgotten, which
   makes states alike.
3. From the end backwards, count in how many ways each state becomes a panel. The first state
   has the number of all panels. With the ways that lead to each state it gives the
   probabilities, and it is a numbering of the panels: a whole number below the number of panels
   picks one of them, and no other chance is needed.

Given the people per type, the number of panels is a product of binomial coefficients; people of
households that are alike are chosen household by household. That a count by dynamic programming
is also a numbering, and with it a fair draw, is in Wilf, "A unified setting for sequencing,
ranking, and selection algorithms for combinatorial objects", Advances in Mathematics 24 (1977).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from sortition.core.sampling.sweep import Steps, Sweep, Whole, order_of
from sortition.core.types import Ints, Types


class Count:
    """All panels of an instance, counted.

    Attributes
    ----------
    panels : int
        How many sets of people are a panel.
    """

    def __init__(self, types: Types, layers: list[Steps]) -> None:
        self._types = types
        self._layers = layers
        self._endings = _endings(layers)
        self.panels = int(self._endings[0][0])

    def probabilities(self) -> tuple[Fraction, ...]:
        """The share of the panels that a person of each type is on.

        Raises
        ------
        ZeroDivisionError
            If there is no panel.
        """
        seats = [0] * len(self._types)
        beginnings = np.array([1], dtype=object)
        for layer, endings in zip(self._layers, self._endings[1:], strict=True):
            through = beginnings[layer.source] * layer.ways
            seats[layer.type] = int((through * endings[layer.target] * layer.taken).sum())
            beginnings = _sums(through, layer.target, len(endings))
        return tuple(
            Fraction(seat, self.panels * size)
            for seat, size in zip(seats, self._types.sizes.tolist(), strict=True)
        )

    def panel(self, number: int) -> Ints:
        """The people per type, shape (T,), of the panel with this number, from 0 on.

        Raises
        ------
        ValueError
            If no panel has this number.
        """
        if not 0 <= number < self.panels:
            raise ValueError("no panel has this number")
        panel = np.zeros(len(self._types), dtype=np.int64)
        state = 0
        for layer, endings in zip(self._layers, self._endings[1:], strict=True):
            step, stop = np.searchsorted(layer.source, [state, state + 1]).tolist()
            while step < stop:
                state = int(layer.target[step])
                block = layer.ways[step] * endings[state]
                if number < block:
                    break
                number -= block
                step += 1
            number %= endings[state]
            panel[layer.type] = layer.taken[step]
        return panel


def count_panels(types: Types, *, budget: int) -> Count | None:
    """Count the panels, unless that takes more than `budget` steps.

    Parameters
    ----------
    types : Types
    budget : int
        The most steps from one state to another.

    Returns
    -------
    Count or None
        None if the budget did not suffice.
    """
    sweep = Sweep(types)
    states = np.zeros((1, 0), dtype=np.int64)
    layers = []
    for type_ in order_of(types):
        states, steps = sweep.take(type_, states, budget)
        if steps is None:
            return None
        budget -= steps.tried
        layers.append(steps)
    return Count(types, layers)


def _endings(layers: list[Steps]) -> list[Whole]:
    """In how many ways each state becomes a panel, before each layer and at the end."""
    last = int(layers[-1].target.max(initial=-1)) + 1
    endings = [np.ones(last, dtype=object)]
    for layer in reversed(layers):
        onward = layer.ways * endings[0][layer.target]
        endings.insert(0, _sums(onward, layer.source, layer.states))
    return endings


def _sums(values: Whole, groups: Ints, count: int) -> Whole:
    """Sum up whole numbers of any size by group."""
    sums = np.zeros(count, dtype=object)
    np.add.at(sums, groups, values)
    return sums
