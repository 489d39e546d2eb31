"""The lottery in which every panel is as likely as every other, for comparison.

Exact where all panels can be counted within a budget, else approximate, by chains that walk at
random. A panel is a set of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sortition.core.sampling.chain import walk_at_random
from sortition.core.sampling.counting import Count, count_panels
from sortition.core.sampling.looks import Diagnostics
from sortition.core.types import Floats, Ints, Types
from sortition.model import below, seed_hash

# Steps of the count. That many took 1 s and 150 MB with 35 types, and with 670 types 4 s until
# they had not sufficed. Two features mostly fit, three if the panel is small.
COUNTED = 2_000_000
# Chains and their swaps: 10 s on one core with 150 people and 4 features, where they agreed soon;
# otherwise 20 to 40 s and up to 0.6 GB.
CHAINS = 512
SWAPS = 2**18

SPACE = 2**256


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformLottery:
    """Every panel as likely as every other.

    Attributes
    ----------
    exact : bool
        Whether the panels were counted. If not, all that is here is an estimate.
    probabilities : array of float, shape (T,)
        The selection probability of a person of each type.
    tickets : array of int, shape (m, T)
        People per type of panels that were drawn from the lottery.
    panels : int or None
        How many panels there are, if they were counted.
    diagnostics : Diagnostics or None
        How far the chains can be trusted, if they were not.
    """

    exact: bool
    probabilities: Floats
    tickets: Ints
    panels: int | None
    diagnostics: Diagnostics | None


def uniform(types: Types, tickets: int, *, start: Ints, seed: str) -> UniformLottery:
    """Find the uniform lottery and draw tickets from it.

    Parameters
    ----------
    types : Types
    tickets : int
        How many panels to draw.
    start : array of int, shape (N, T)
        Panels where the chains begin, at least one; the more they differ, the better.
    seed : str
        Decides the tickets, and where the chains go.

    Raises
    ------
    SolverFailed
        If the panels are too many to count and the chains lost their way.
    ValueError
        If there is no panel to start from, or one of them is none.
    """
    if not len(start) or not all(types.is_panel(panel) for panel in start):
        raise ValueError("the chains start from panels")
    count = count_panels(types, budget=COUNTED)
    if count is not None:
        return _counted(count, tickets, seed)
    # the chains decide no outcome: one of the tickets is drawn in integers when they are known
    rng = np.random.Generator(np.random.PCG64(int(seed_hash(seed), 16)))
    first = start[np.arange(CHAINS) % len(start)]
    walked = walk_at_random(types, first, swaps=SWAPS, rng=rng)
    drawn = rng.choice(len(walked.panels), tickets, replace=len(walked.panels) < tickets)
    return UniformLottery(
        exact=False,
        probabilities=walked.counts / types.sizes,
        tickets=walked.panels[drawn],
        panels=None,
        diagnostics=walked.diagnostics,
    )


def _counted(count: Count, tickets: int, seed: str) -> UniformLottery:
    panels = [
        count.panel(any_below(count.panels, _source(seed, number))) for number in range(tickets)
    ]
    return UniformLottery(
        exact=True,
        probabilities=np.array([float(share) for share in count.probabilities()]),
        tickets=np.array(panels, dtype=np.int64),
        panels=count.panels,
        diagnostics=None,
    )


def _source(seed: str, number: int) -> Callable[[int], int]:
    """Numbers for one ticket, each from its own place in the ticket's domain."""
    drawn = 0

    def next_below(n: int) -> int:
        nonlocal drawn
        drawn += 1
        return below(n, seed=seed, domain=f"uniform/{number}", skip=drawn - 1)

    return next_below


def any_below(n: int, source: Callable[[int], int]) -> int:
    """A number from 0 to n - 1, every one equally likely, for `n` of any size.

    Parameters
    ----------
    n : int
    source : callable
        ``source(m)`` gives a number from 0 to m - 1, every one equally likely, for m up to
        2**256.
    """
    while True:
        number, space = 0, 1
        while space < n:
            number, space = number * SPACE + source(SPACE), space * SPACE
        # no remainder is favoured if what is left over at the top is drawn again
        if number < space - space % n:
            return number % n
