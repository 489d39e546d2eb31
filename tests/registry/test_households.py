from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.model import ticket
from sortition.registry import households
from sortition.registry.counting import Part
from sortition.registry.drawing import Lot, draw_people
from sortition.registry.engines import engine
from sortition.registry.households import count_homes
from sortition.registry.source import open_registry
from sortition.registry.tickets import Tickets
from tests.budgets import examples
from tests.registry.making import SEED, People, people, write_parquet

COLUMNS = ("vej",)


def parts_of(tmp_path: Path, rows: People, *, parts: int, before: frozenset[str]) -> list[Part]:
    registry = open_registry(write_parquet(tmp_path / f"r{parts}", rows, parts=parts, group=90))
    return [
        Part(partition=one, id_column="id", by=("sted",), excluded=before)
        for one in registry.partitions
    ]


def standing_for(rows: People, before: set[str]) -> set[str]:
    """Whoever has the lowest ticket at each address where nobody was invited before."""
    homes = defaultdict(list)
    for row in rows:
        homes[" ".join(row["vej"].casefold().split()) or row["id"]].append(row["id"])
    return {
        min(ids, key=lambda id: ticket(id, seed=SEED, domain="invite/1/household"))
        for ids in homes.values()
        if not before & set(ids)
    }


@pytest.mark.parametrize("parts", [1, 4])
def test_one_of_each_address_stands_for_it(tmp_path: Path, parts: int) -> None:
    rows = people(400)
    rows[3]["vej"] = f"  {rows[2]['vej'].upper()} "  # the same address, written otherwise
    for number in (7, 8, 9):
        rows[number]["vej"] = ""  # each of them alone
    before = {rows[20]["id"]}
    own = parts_of(tmp_path, rows, parts=parts, before=frozenset(before))
    home_tickets = Tickets(seed=SEED, domain="invite/1/household")
    tickets = Tickets(seed=SEED, domain="invite/1")
    with engine() as here:
        counted, homes, blank = count_homes(here, own, COLUMNS, home_tickets)
        strata = {values: number for number, values in enumerate(sorted(counted.units))}
        lot = Lot(
            tickets=tickets,
            strata=strata,
            letters=[counted.units[values] for values in strata],
            home_tickets=home_tickets,
            homes=homes,
        )
        everybody = draw_people(here, own, counted, lot)
    assert blank == 3
    assert {person.id for person in everybody} == standing_for(rows, before)
    doors = Counter(row["vej"].casefold().strip() or row["id"] for row in rows)
    row_of = {row["id"]: row for row in rows}
    for person in everybody:
        row = row_of[person.id]
        assert person.home == doors[row["vej"].casefold().strip() or row["id"]]
    invited_doors = {row_of[id]["vej"] for id in before}
    left_out = sum(row["vej"] in invited_doors for row in rows)
    assert sum(n for (_, size), n in counted.sizes.items() if size) == len(rows) - left_out


@pytest.mark.parametrize("word", ["", "Ukendt", "n/a", " - ", "…", "Hemmelig adresse", "UNKNOWN"])
def test_no_address_is_nobodys_home(tmp_path: Path, word: str) -> None:
    rows = [{"id": f"P{number}", "sted": "x", "vej": word} for number in range(3)]
    rows += [{"id": f"Q{number}", "sted": "x", "vej": "Ø 1"} for number in range(2)]
    own = parts_of(tmp_path, rows, parts=1, before=frozenset())
    home_tickets = Tickets(seed=SEED, domain="invite/1/household")
    with engine() as here:
        _, homes, blank = count_homes(here, own, COLUMNS, home_tickets)
    assert blank == 3
    assert sorted(homes.sizes.tolist()) == [1, 1, 1, 2]


def test_each_of_a_household_is_as_likely_by_monte_carlo(tmp_path: Path) -> None:
    """Many seeds over homes of 1, 2 and 4: chances n/H/size, within 5 standard errors."""
    homes = ["a"] + ["b"] * 2 + ["c"] * 4 + [f"d{number}" for number in range(5)]
    rows = [{"id": f"P{number}", "sted": "x", "vej": home} for number, home in enumerate(homes)]
    own = parts_of(tmp_path, rows, parts=1, before=frozenset())
    times, letters = examples(50), 4
    hits: Counter[str] = Counter()
    with engine() as here:
        for seed in range(times):
            home_tickets = Tickets(seed=str(seed), domain="invite/1/household")
            counted, housed, _ = count_homes(here, own, COLUMNS, home_tickets)
            lot = Lot(
                tickets=Tickets(seed=str(seed), domain="invite/1"),
                strata={("x",): 0},
                letters=[letters],
                home_tickets=home_tickets,
                homes=housed,
            )
            drawn = draw_people(here, own, counted, lot)
            assert len({rows[int(person.id[1:])]["vej"] for person in drawn}) == letters
            hits.update(person.id for person in drawn)
    for number, home in enumerate(homes):
        chance = letters / 8 / homes.count(home)
        error = (chance * (1 - chance) / times) ** 0.5
        assert abs(hits[f"P{number}"] / times - chance) < 5 * error


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))))
def test_those_of_one_address_follow_each_other(addresses: list[tuple[int, int]]) -> None:
    """Also where the first halves of two addresses are the same."""
    count = len(addresses)
    everybody = households.People(
        addresses=np.array(addresses, dtype=np.uint64).reshape(count, 2).T,
        tickets=np.arange(count, dtype=np.uint64),
        cells=np.arange(count, dtype=np.int32),
        excluded=np.zeros(count, dtype=np.bool_),
        blank=0,
    )
    ordered = households.by_address(everybody)
    found = [addresses[int(ticket)] for ticket in ordered.tickets]
    assert found == list(map(tuple, ordered.addresses.T.tolist())) == sorted(addresses)
