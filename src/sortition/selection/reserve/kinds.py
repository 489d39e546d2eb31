"""The people of a pool by the quotas that they count for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sortition.core.types import Ints
from sortition.model import Instance, ticket
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.scenarios import WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """A pool of n people of T kinds over Q quotas.

    Attributes
    ----------
    instance : Instance
    positions : mapping of str to int
        Of each id in the pool.
    counts_for : array of int, shape (T, Q)
    of_person : array of int, shape (n,)
    leaving : array of int, shape (n,)
        The chance that each person drops out, over `WORD`.
    rank : array of int, shape (T,)
        Which kind is taken first where two serve alike.
    """

    instance: Instance
    positions: dict[str, int] = field(repr=False)
    counts_for: Ints
    of_person: Ints
    leaving: Ints
    rank: Ints


def kinds_of(instance: Instance, rates: DropoutRates, *, seed: str, domain: str) -> Kinds:
    """Sort a pool by the quotas that people count for.

    Parameters
    ----------
    seed, domain : str
        Of the tickets that say which kind is taken first.
    """
    quotas_of, pool = instance.quotas_of(), instance.pool
    numbers = {quotas: n for n, quotas in enumerate(sorted(set(quotas_of)))}
    counts_for = np.zeros((len(numbers), len(instance.quotas.rows)), dtype=np.int64)
    turns = []
    for quotas, number in numbers.items():
        counts_for[number, list(quotas)] = 1
        turns.append(ticket(" ".join(map(str, quotas)), seed=seed, domain=domain))
    chances = {
        values: rates.chance(dict(zip(pool.features, values, strict=True)))
        for values in {member.values for member in pool.members}
    }
    return Kinds(
        instance=instance,
        positions={member.id: n for n, member in enumerate(pool.members)},
        counts_for=counts_for,
        of_person=np.array([numbers[quotas] for quotas in quotas_of], dtype=np.int64),
        leaving=np.array([int(chances[m.values] * WORD) for m in pool.members], dtype=np.int64),
        rank=np.argsort(np.argsort(turns)),
    )
