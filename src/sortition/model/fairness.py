"""The figures of a report: how a lottery treats the people and how its panel meets the quotas."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, repeat, starmap
from math import exp, fsum, log
from operator import mul

from sortition.model import Instance, Lottery, ObjectiveName
from sortition.model.dispersion import Dispersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionProbability:
    """The selection probabilities of the pool in a few figures.

    Attributes
    ----------
    lowest, lowest_positive, highest, mean : float
        Over the whole pool; `lowest_positive` over those above 0.
    geometric_mean : float
        Over those who can be selected.
    gini : float
        Inequality over the whole pool: 0 if all have the same chance.
    impossible : int
        How many people are on no panel that meets the quotas.
    """

    lowest: float
    lowest_positive: float
    highest: float
    mean: float
    geometric_mean: float
    gini: float
    impossible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateInShort:
    """The proof in short that no lottery is fairer.

    Attributes
    ----------
    bound : float
        What no lottery can better, in the measure of the objective: the lowest selection
        probability of those who can be selected (leximin, maximin), their highest (minimax),
        their geometric mean (nash), or the goldilocks measure.
    gap : float
        How far the lottery stays from the bound.
    cuts : int
        Inequalities, true for every panel, that the proof needed beyond the quotas.
    """

    bound: float
    gap: float
    cuts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tickets:
    """How the equally likely tickets follow the selection probabilities.

    Attributes
    ----------
    count : int
    lowest : float
        The lowest share of the tickets that anybody who can be selected has.
    largest_deviation : float
        The largest distance between a person's share and her selection probability.
    without : tuple of str
        Ids of people who can be selected but are on no ticket.
    """

    count: int
    lowest: float
    largest_deviation: float
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaInPool:
    """A quota, and how many people of the pool count for it."""

    feature: str
    value: str
    lower: int
    upper: int
    pool: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaOutcome(QuotaInPool):
    """How one quota came out.

    Attributes
    ----------
    expected : float
        People with this value on the panel, on average over the lottery.
    selected : int
        People with this value on the panel.
    """

    expected: float
    selected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """Wall-clock seconds by phase."""

    read: float
    optimise: float
    decompose: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a selection did, in figures.

    Attributes
    ----------
    seed : str or None
        None if the ticket was drawn by hand.
    people : mapping of str to float
        Everybody's selection probability, by id and sorted by it.
    quotas : tuple of QuotaOutcome
        Sorted by feature and value.
    """

    pool_size: int
    panel_size: int
    objective: ObjectiveName
    seed: str | None
    lottery_digest: str
    selection_probability: SelectionProbability
    certificate: CertificateInShort
    tickets: Tickets
    dispersion: Dispersion
    quotas: tuple[QuotaOutcome, ...]
    people: Mapping[str, float]
    seconds: Seconds


def selection_probability(
    probabilities: Mapping[str, float], impossible: Collection[str]
) -> SelectionProbability:
    """Sum up the selection probabilities of a pool, some of whom are on no panel at all."""
    ordered = ascending(probabilities.values())
    positive = ordered[bisect_right(ordered, 0) :]
    possible = len(ordered) - len(impossible)
    size, total = len(ordered), fsum(ordered)
    ranks = range(1 - size, size, 2)
    return SelectionProbability(
        lowest=ordered[0],
        lowest_positive=positive[0],
        highest=ordered[-1],
        mean=total / size,
        geometric_mean=geometric_mean(positive) if len(positive) == possible else 0.0,
        gini=max(0.0, fsum(map(mul, ranks, ordered)) / (size * total)),
        impossible=len(impossible),
    )


def ascending(chances: Iterable[float]) -> list[float]:
    """Chances from the lowest to the highest; many people have the same."""
    values = sorted(Counter(chances).items())
    return list(chain.from_iterable(starmap(repeat, values)))


def geometric_mean(chances: Sequence[float]) -> float:
    """The geometric mean of some chances; 0 if one of them is none."""
    return exp(fsum(map(log, chances)) / len(chances)) if min(chances) > 0 else 0.0


def tickets_against(
    probabilities: Mapping[str, float], impossible: Collection[str], lottery: Lottery
) -> Tickets:
    """Compare people's shares of the tickets with their selection probabilities."""
    count, held = lottery.ticket_count, lottery.tickets_held()
    own = list(map(held.get, probabilities, repeat(0)))
    possible = [id not in impossible for id in probabilities]
    # many people have the same chance and the same tickets
    differ = set(zip(own, probabilities.values(), strict=True))
    shares = compress(zip(probabilities, own, strict=True), possible)
    return Tickets(
        count=count,
        lowest=min(compress(own, possible)) / count,
        largest_deviation=max(abs(some / count - p) for some, p in differ),
        without=tuple(sorted([id for id, some in shares if not some])),
    )


def quota_outcomes(
    instance: Instance, probabilities: Mapping[str, float], panel: Collection[str]
) -> tuple[QuotaOutcome, ...]:
    """How each quota comes out in the pool, on average, and on the panel that was drawn."""
    count = len(instance.quotas.rows)
    pool, expected, selected = [0] * count, [0] * count, [0] * count
    ids, kind_of, quotas_of = instance.pool.ids, instance.pool.kind_of, instance.quotas_of_kinds
    chances = map(probabilities.__getitem__, ids)
    alike = Counter(zip(kind_of, chances, strict=True))
    # whole numbers over the highest of powers of two, so that no order of people matters
    parts = {chance: chance.as_integer_ratio() for _, chance in alike}
    whole = max(power for _, power in parts.values())
    for (kind, chance), people in alike.items():
        part, power = parts[chance]
        for number in quotas_of[kind]:
            pool[number] += people
            expected[number] += people * part * (whole // power)
    drawn = frozenset(panel)
    for kind in compress(kind_of, map(drawn.__contains__, ids)):
        for number in quotas_of[kind]:
            selected[number] += 1
    return tuple(
        QuotaOutcome(
            feature=quota.feature,
            value=quota.value,
            lower=quota.lower,
            upper=quota.upper,
            pool=pool[number],
            expected=expected[number] / whole,
            selected=selected[number],
        )
        for number, quota in enumerate(instance.quotas.rows)
    )
