"""From a seed to clusters and their letters: the first stage of a two-stage draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import floor, lcm

from sortition.errors import Finding, InputErrors
from sortition.model.draw import SPACE, below, ticket
from sortition.steps.invite.designs.pps import certain_units, inclusion_probabilities, madow, marks
from sortition.steps.invite.designs.two_stage import (
    fewest_cities,
    greedy_equal,
    outcomes,
    stretch_at,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStage:
    """Which clusters were drawn.

    Attributes
    ----------
    letters : mapping of str to int
        Of each cluster that was drawn, sorted by name.
    count : int
        How many clusters were asked for, or the fewest that do.
    certain : int
        How many of them were drawn for certain.
    outcome, outcomes : int
        The number that the seed gave, and of how many it is one.
    chances : mapping of str to Fraction
        Of every cluster, to be drawn.
    """

    letters: Mapping[str, int]
    count: int
    certain: int
    outcome: int
    outcomes: int
    chances: Mapping[str, Fraction]


def draw_pps(
    people: Mapping[str, int], letters: int, count: int, *, seed: str, domain: str
) -> FirstStage:
    """Draw clusters by Madow's method.

    A cluster that is certain gets letters in proportion to its people, the others get equal
    shares of what is left. So everybody has the chance letters / people, as long as no cluster
    has fewer people than letters.

    Raises
    ------
    InputErrors
        If there are fewer clusters than are to be drawn.
    """
    _check_count(count, len(people))
    domain = f"{domain}/clusters"
    # of its own, since a cluster called 0 would have the same block as the start
    order = f"{domain}/order"
    names = sorted(people, key=lambda name: (ticket(name, seed=seed, domain=order), name))
    sizes = [people[name] for name in names]
    starts = marks(sizes, count)
    start = below(starts, seed=seed, domain=domain)
    certain = certain_units(sizes, count)
    exact = {i: Fraction(letters * sizes[i], sum(sizes)) for i in certain}
    rest = letters - sum(exact.values(), Fraction(0))
    shares = {
        names[i]: exact[i] if i in certain else rest / (count - len(certain))
        for i in madow(sizes, count, start)
    }
    chances = inclusion_probabilities(sizes, count)
    return FirstStage(
        letters=_rounded(shares, seed=seed, domain=domain),
        count=count,
        certain=len(certain),
        outcome=start,
        outcomes=starts,
        chances=dict(sorted(zip(names, chances, strict=True))),
    )


def draw_two_stage(
    people: Mapping[str, int],
    letters: int,
    count: int | None,
    *,
    cap: Fraction,
    seed: str,
    domain: str,
) -> FirstStage:
    """Draw clusters by GREEDYEQUAL.

    Parameters
    ----------
    count : int or None
        How many clusters at most; None for the fewest that do.
    cap : Fraction
        The largest share of the people of a cluster who are invited.

    Raises
    ------
    InputErrors
        If the cap is below the share that is to be invited, or there are too few clusters.
    """
    names = sorted(people)
    sizes = [people[name] for name in names]
    caps = [floor(cap * size) for size in sizes]
    low = [i for i, size in enumerate(sizes) if caps[i] * sum(sizes) < letters * size]
    if low:
        facts = {"clusters": len(low), "letters": letters, "people": sum(sizes)}
        raise InputErrors((Finding(code="invite-cap-too-low", facts=facts),))
    wanted = fewest_cities(sizes, caps, letters) if count is None else count
    _check_count(wanted, len(people))
    stretches = greedy_equal(sizes, caps, letters, wanted)
    if stretches is None:
        facts = {"count": wanted, "fewest": fewest_cities(sizes, caps, letters)}
        raise InputErrors((Finding(code="invite-too-few-clusters", facts=facts),))
    domain = f"{domain}/clusters"
    values = outcomes(stretches)
    outcome = below(values, seed=seed, domain=domain)
    drawn = stretch_at(stretches, Fraction(outcome, values))
    chances = dict.fromkeys(names, Fraction(0))
    for stretch in stretches:
        for city, _ in stretch.letters:
            chances[names[city]] += stretch.end - stretch.start
    return FirstStage(
        letters=_rounded({names[i]: share for i, share in drawn.letters}, seed=seed, domain=domain),
        count=wanted,
        certain=sum(chance == 1 for chance in chances.values()),
        outcome=outcome,
        outcomes=values,
        chances=chances,
    )


def round_at(shares: Sequence[Fraction], start: Fraction) -> tuple[int, ...]:
    """Whole numbers of the same sum, each the share rounded up or down.

    Over a uniform start each has its share as its mean: the marks 1, 2, 3, … less the start are
    counted in each share as they lie end to end.
    """
    ends = [floor(end + start) for end in accumulate(shares, initial=Fraction(0))]
    return tuple(after - before for before, after in pairwise(ends))


def _rounded(shares: Mapping[str, Fraction], *, seed: str, domain: str) -> dict[str, int]:
    names = sorted(shares)
    exact = [shares[name] for name in names]
    steps = min(SPACE, lcm(*(share.denominator for share in exact)))
    start = Fraction(below(steps, seed=seed, domain=f"{domain}/letters"), steps)
    return dict(zip(names, round_at(exact, start), strict=True))


def _check_count(count: int, clusters: int) -> None:
    if not 1 <= count <= clusters:
        facts = {"clusters": clusters}
        raise InputErrors((Finding(code="invite-cluster-count", value=str(count), facts=facts),))
