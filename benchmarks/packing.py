"""How often the test for packed tickets is wrong, and how often it finds what was packed.

python benchmarks/packing.py [SEEDS]

For each seed a pool is made up around one panel, whose counts, loosened a little, are the quotas.
Its lottery as it is must not be suspected. Then three to six friends, who each are like somebody
else, are moved onto the tickets of one of them, in exchange with people who are alike, so that no
quota and nobody's number of tickets changes.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from random import Random

from sortition.core.progress import Silent
from sortition.model import Instance, Pool, PoolMember, Quota, Quotas
from sortition.model.packed import packed
from sortition.selection.preparation import Rules, prepare

MANY = 200


def instance(random: Random) -> Instance:
    """A pool of 24 to 400 people with two to six features."""
    people = random.choice([24, 40, 60, 60, 90, 120, 150, 250, 400])
    size = max(5, int(people * random.choice([0.08, 0.12, 0.2, 0.33])))
    loosened = random.choice([0, 1, 1, 2])
    columns = []
    for _ in range(random.randint(2, 6)):
        weights = [random.expovariate(1) for _ in range(random.randint(2, 5))]
        columns.append(random.choices(range(len(weights)), weights, k=people))
    rows = list(zip(*columns, strict=True))
    panel = random.sample(rows, size)
    quotas = []
    for feature, column in enumerate(columns):
        for value in sorted(set(column)):
            seats = sum(row[feature] == value for row in panel)
            low, high = seats - random.randint(0, loosened), seats + random.randint(0, loosened)
            quotas.append(
                Quota(feature=f"f{feature}", value=str(value), lower=max(0, low), upper=high)
            )
    members = [
        PoolMember(id=f"P{number:03d}", values=tuple(map(str, row)))
        for number, row in enumerate(rows)
    ]
    features = tuple(f"f{feature}" for feature in range(len(columns)))
    pool = Pool(features=features, members=tuple(members))
    return Instance(pool=pool, quotas=Quotas(rows=tuple(quotas)), panel_size=size)


def pack(tickets: list[set[str]], groups: list[list[str]], random: Random) -> bool:
    """Move friends onto the tickets of one of them; whether there were any to move."""
    alike = {one: group for group in groups if len(group) > 1 for one in group}
    held = {one: sum(one in ticket for ticket in tickets) for one in sorted(alike)}
    candidates = [one for one, count in held.items() if 0 < 2 * count < len(tickets)]
    if len(candidates) < 4:
        return False
    first, *others = random.sample(candidates, min(6, max(3, len(candidates) // 4)))
    there = [ticket for ticket in tickets if first in ticket]
    for friend in others:
        elsewhere = [t for t in tickets if friend in t and first not in t]
        for ticket in there:
            if friend not in ticket:
                _exchange(friend, ticket, elsewhere, set(alike[friend]) - {first, *others})
    return True


def _exchange(friend: str, ticket: set[str], elsewhere: list[set[str]], alike: set[str]) -> None:
    for stranger in sorted(alike & ticket):
        for number, source in enumerate(elsewhere):
            if stranger not in source:
                ticket.remove(stranger)
                ticket.add(friend)
                source.remove(friend)
                source.add(stranger)
                del elsewhere[number]
                return


def main() -> None:
    suspected = found = planted = 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    for seed in range(count):
        random = Random(seed)
        made = instance(random)
        lottery = prepare(made, Rules(), Silent()).lottery
        kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for member in made.pool.members:
            kinds[member.values].append(member.id)
        groups = list(kinds.values())
        panels = [(panel.members, panel.weight) for panel in lottery.panels]
        suspected += any(packed(panels, groups))
        tickets = [set(members) for members, weight in panels for _ in range(weight)]
        if pack(tickets, groups, random):
            planted += 1
            found += any(packed([(tuple(sorted(one)), 1) for one in tickets], groups))
    print(f"Honest lotteries suspected: {suspected} of {count}.")
    print(f"Packed lotteries found: {found} of {planted}.")


if __name__ == "__main__":
    main()
