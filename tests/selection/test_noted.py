"""What lists say of people beside what they wrote."""

from __future__ import annotations

from sortition.model import Instance, Pool, PoolMember, Quota, Quotas
from sortition.selection.noted import address_taken, counted
from sortition.tables.roster import Roster
from sortition.tables.rows import Table

# id, age, household
PEOPLE = (
    ("1", "young", 0),
    ("2", "old", 0),
    ("3", "young", 1),
    ("4", "old", None),
    ("5", "old", 0),
)


def _instance(limit: int = 1) -> Instance:
    members = tuple(PoolMember(id=id, values=(age,), household=home) for id, age, home in PEOPLE)
    quotas = (Quota(feature="age", value=age, lower=0, upper=5) for age in ("young", "old"))
    return Instance(
        pool=Pool(features=("age",), members=members),
        quotas=Quotas(rows=tuple(quotas)),
        panel_size=2,
        household_limit=limit,
    )


def _roster(column: str, *cells: str) -> Roster:
    ids = tuple(id for id, *_ in PEOPLE)
    rows = tuple(zip(ids, cells, strict=True))
    return Roster(table=Table.of_rows(("id", column), rows), id_column="id", ids=ids)


def test_an_address_is_taken_once_nobody_else_of_it_can_sit() -> None:
    (cells,) = address_taken(_instance(), {"1", "4"}).values()
    assert cells == {"1": "1", "2": "1", "3": "", "4": "", "5": "1"}
    (cells,) = address_taken(_instance(limit=2), {"1", "3"}).values()
    assert set(cells.values()) == {""}
    (cells,) = address_taken(_instance(limit=2), {"1", "2"}).values()
    assert cells["5"] == "1, 2"


def test_nothing_is_said_of_addresses_without_households() -> None:
    instance = _instance()
    alone = tuple(PoolMember(id=m.id, values=m.values) for m in instance.pool.members)
    pool = Pool(features=("age",), members=alone)
    assert address_taken(Instance(pool=pool, quotas=instance.quotas, panel_size=2), {"1"}) == {}


def test_values_are_told_where_the_pool_says_something_else() -> None:
    values = {id: age for id, age, _ in PEOPLE}
    assert counted(_roster("born", "2000", "1950", "2001", "1951", "1952"), _instance()) == {
        "age": values
    }
    assert counted(_roster("Age", "20", "70", "21", "71", "72"), _instance()) == {
        "age (quota)": values
    }
    assert counted(_roster("Age", "Young", " old ", "young", "OLD", "old"), _instance()) == {}
    assert counted(_roster("born", "", "", "", "", ""), _instance(), only=["born"]) == {}


def test_further_columns_never_take_the_place_of_one() -> None:
    roster = _roster("age", "1", "2", "3", "4", "5")
    wider = roster.beside({"age": dict.fromkeys(roster.ids, "x")})
    assert wider.table.header == ("id", "age", "age_")
    assert wider.table.column("age") == ("1", "2", "3", "4", "5")
