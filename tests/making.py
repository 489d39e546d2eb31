"""Small instances for tests, from a few words each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from sortition.core.types import Types, types_of
from sortition.model import Instance, Lottery, Panel, Pool, PoolMember, Quota, Quotas

QuotaTable = Mapping[str, Mapping[str, tuple[int, int]]]


def instance(
    people: Sequence[str],
    quotas: QuotaTable,
    size: int,
    *,
    households: Sequence[int | None] | None = None,
    limit: int = 1,
) -> Instance:
    """An instance whose people are called P1, P2, … and are written as values between spaces.

    The values stand in the order of the features in `quotas`. From ten people on they are called
    P01, P02, …, so that they stay in order.
    """
    digits = len(str(len(people)))
    members = tuple(
        PoolMember(
            id=f"P{number + 1:0{digits}}",
            values=tuple(values.split()),
            household=households[number] if households else None,
        )
        for number, values in enumerate(people)
    )
    return Instance(
        pool=Pool(features=tuple(quotas), members=members),
        quotas=quotas_of(quotas),
        panel_size=size,
        household_limit=limit,
    )


def quotas_of(table: QuotaTable) -> Quotas:
    return Quotas(
        rows=tuple(
            Quota(feature=feature, value=value, lower=lower, upper=upper)
            for feature, values in table.items()
            for value, (lower, upper) in values.items()
        )
    )


def types(
    people: Sequence[str],
    quotas: QuotaTable,
    size: int,
    *,
    households: Sequence[int | None] | None = None,
    limit: int = 1,
) -> Types:
    return types_of(instance(people, quotas, size, households=households, limit=limit))


def counts(types: Types, *positions: int) -> list[int]:
    """People per type, for the people at some positions of the pool."""
    return [sum(one in members for one in positions) for members in types.members]


def parity() -> Instance:
    """Four people of whom no two meet the quotas, though half of everybody would."""
    one = {"0": (1, 1), "1": (1, 1)}
    return instance(["0 0 0", "1 1 0", "1 0 1", "0 1 1"], {"a": one, "b": one, "c": one}, 2)


def six_people() -> Instance:
    """Three women and three men, one of each on a panel."""
    one = {"f": (1, 1), "m": (1, 1)}
    return instance(["f", "f", "f", "m", "m", "m"], {"sex": one}, 2)


def six_people_lottery() -> Lottery:
    """Ten tickets over the six people, as the page on formats gives them."""
    return Lottery(
        panels=(
            Panel(members=("P1", "P4"), weight=3),
            Panel(members=("P2", "P5"), weight=3),
            Panel(members=("P3", "P6"), weight=4),
        )
    )


def without_mates(instance: Instance) -> list[tuple[str, ...]]:
    """Every group of the panel size that keeps the household rule, quotas or no quotas."""
    home = {member.id: member.household for member in instance.pool.members}
    groups = []
    for group in combinations(home, instance.panel_size):
        mates = Counter(home[id] for id in group if home[id] is not None)
        if max(mates.values(), default=0) <= instance.household_limit:
            groups.append(group)
    return groups


def meets(instance: Instance, group: Sequence[str], quotas: Sequence[Quota]) -> bool:
    """Whether a group keeps the bounds, counted person by person."""
    values = {
        member.id: dict(zip(instance.pool.features, member.values, strict=True))
        for member in instance.pool.members
    }

    def held(quota: Quota) -> int:
        parts = quota.parts or ((quota.feature, quota.value),)
        return sum(all(values[id][f] == v for f, v in parts) for id in group)

    return all(quota.lower <= held(quota) <= quota.upper for quota in quotas)


def all_panels(instance: Instance) -> list[tuple[str, ...]]:
    """Every panel, by trying all groups of the panel size."""
    return [
        group for group in without_mates(instance) if meets(instance, group, instance.quotas.rows)
    ]


def triangle() -> Instance:
    """Three people of whom only one can sit, though the bounds alone would let half of each."""
    bounds = {"1": (0, 1), "0": (0, 2)}
    people = ["1 1 0", "1 0 1", "0 1 1", "0 0 0", "0 0 0"]
    return instance(people, {"a": bounds, "b": bounds, "c": bounds}, 2)


def blocked() -> Instance:
    """The parity case with one person more: she and the first one are the only panel."""
    one = {"0": (1, 1), "1": (1, 1)}
    people = ["0 0 0", "1 1 0", "1 0 1", "0 1 1", "1 1 1"]
    return instance(people, {"a": one, "b": one, "c": one}, 2)


def passed_over() -> Instance:
    """The last person can only sit with both of the first two, whom minimax wants apart."""
    people = ["Y - -"] * 2 + ["N u -"] * 3 + ["N - v"] * 3 + ["N u v"]
    return instance(
        people,
        {
            "a": {"Y": (1, 2), "N": (0, 3)},
            "d": {"u": (0, 1), "-": (0, 3)},
            "e": {"v": (0, 1), "-": (0, 3)},
        },
        3,
    )
