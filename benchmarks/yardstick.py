"""As random as the chances allow, exactly: what the tickets are held against where it can be had.

    python benchmarks/yardstick.py FOLDER POOL

Among all lotteries with somebody's chances, that of the greatest entropy gives each panel a weight
that is a product of one factor for each person on it. All panels are counted with such weights, the
factors are fitted until everybody has her chance, and 1,000 tickets are drawn independently. What
is printed of these stands in the order of the columns of `spread.py`. It takes a pool whose panels
can be counted.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pools import instance_of, kept, standard
from scipy.optimize import minimize
from spread import found

from sortition.core.progress import Silent
from sortition.core.sampling.sweep import Steps, Sweep, order_of
from sortition.core.types import Floats, Ints, Types, types_of
from sortition.selection.preparation import Rules, prepare

MOST_STEPS = 5_000_000
TICKETS = 1000
DRAWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """All panels, each with a weight of one factor for each person on it."""

    layers: list[Steps]
    ways: list[Floats]  # of each step, with the factors in it
    endings: list[Floats]  # of each state, the weight of all panels that come of it

    def seats(self) -> Floats:
        """The mean people of each type."""
        seats = np.zeros(len(self.layers))
        beginnings = np.ones(1)
        for layer, ways, endings in zip(self.layers, self.ways, self.endings[1:], strict=True):
            through = beginnings[layer.source] * ways
            seats[layer.type] = (through * endings[layer.target]) @ layer.taken
            beginnings = sums(through, layer.target, len(endings))
        mean: Floats = seats / self.endings[0][0]
        return mean

    def draw(self, numbers: np.random.Generator) -> Ints:
        """The people of each type on one panel."""
        panel, state = np.zeros(len(self.layers), dtype=np.int64), 0
        for layer, ways, endings in zip(self.layers, self.ways, self.endings[1:], strict=True):
            first, last = np.searchsorted(layer.source, [state, state + 1]).tolist()
            chances = ways[first:last] * endings[layer.target[first:last]]
            step = first + int(numbers.choice(last - first, p=chances / chances.sum()))
            state, panel[layer.type] = int(layer.target[step]), layer.taken[step]
        return panel


def sums(values: Floats, groups: Ints, count: int) -> Floats:
    total: Floats = np.bincount(groups, values, minlength=count).astype(float)
    return total


def counted(types: Types) -> list[Steps]:
    sweep, states = Sweep(types), np.zeros((1, 0), dtype=np.int64)
    budget, layers = MOST_STEPS, []
    for type_ in order_of(types):
        states, steps = sweep.take(type_, states, budget)
        if steps is None:
            sys.exit("too many panels to count")
        budget -= steps.tried
        layers.append(steps)
    return layers


def weighted(layers: list[Steps], factors: Floats) -> Weighted:
    """With these logarithms of the factors."""
    ways: list[Floats] = [
        layer.ways.astype(float) * np.exp(factors[layer.type] * layer.taken) for layer in layers
    ]
    endings: list[Floats] = [np.ones(int(layers[-1].target.max()) + 1)]
    for layer, own in zip(reversed(layers), reversed(ways), strict=True):
        onward = own * endings[0][layer.target]
        endings.insert(0, sums(onward, layer.source, layer.states))
    return Weighted(layers=layers, ways=ways, endings=endings)


def fitted(layers: list[Steps], wanted: Floats) -> Weighted:
    def apart(factors: Floats) -> tuple[float, Floats]:
        at = weighted(layers, factors)
        return float(np.log(at.endings[0][0]) - factors @ wanted), at.seats() - wanted

    best = minimize(apart, np.zeros(len(wanted)), jac=True, options={"maxiter": 500, "gtol": 1e-5})
    return weighted(layers, best.x)


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    with TemporaryDirectory() as home:
        subject = next(one for one in (*kept(folder), *standard(Path(home))) if one.name == name)
        instance = instance_of(subject)
        chances = np.array(list(prepare(instance, Rules(), Silent()).probabilities.values()))
        types = types_of(instance)
        of_types = np.array([chances[list(members)].mean() for members in types.members])
        types = types.only(of_types > 0)
        wanted: Floats = of_types[of_types > 0] * types.sizes
        law = fitted(counted(types), wanted)
        print("furthest from its chance:", f"{np.abs(law.seats() - wanted).max():.0e}")
        ids = np.array([member.id for member in instance.pool.members])
        numbers = np.random.default_rng(1)
        for _ in range(DRAWS):
            tickets = []
            for _ in range(TICKETS):
                panel = law.draw(numbers)
                people = [
                    numbers.permutation(members)[:count]
                    for members, count in zip(types.members, panel, strict=True)
                    if count
                ]
                tickets.append(ids[np.concatenate(people)].tolist())
            print(found(subject, tickets), flush=True)


if __name__ == "__main__":
    main()
