from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.errors import InputErrors
from sortition.instance.reading import Reading, read_instance
from sortition.model import Instance
from sortition.tables.content import Content
from tests.budgets import examples

QUOTAS = "feature,value,min,max\nsex,f,1,2\nsex,m,1,2\nage,old,0,2\nage,young,1,3\n"
POOL = """\
id,sex,age,home
01,f,old,Elm 1
02,f,young,Elm 1
03,f,young,Elm 3
04,m,old,Elm 4
05,m,young,Elm 5
06,m,young,Elm 5
"""


def read(seated: str, pool: str = POOL, quotas: str = QUOTAS, *, limit: int = 1) -> Reading:
    return read_instance(
        Content(name="pool.csv", data=pool.encode()),
        Content(name="quotas.csv", data=quotas.encode()),
        panel_size=3,
        household_columns=("home",),
        household_limit=limit,
        seated=Content(name="seated.csv", data=seated.encode()),
    )


def codes(error: pytest.ExceptionInfo[InputErrors]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def panels(instance: Instance) -> set[frozenset[str]]:
    """Every panel that meets quotas and households."""
    found = set()
    features = instance.pool.features
    for panel in combinations(instance.pool.members, instance.panel_size):
        values = [dict(zip(features, one.values, strict=True)) for one in panel]
        homes = [one.household for one in panel if one.household is not None]
        if all(homes.count(home) <= instance.household_limit for home in homes) and all(
            q.lower <= sum(map(q.counts, values)) <= q.upper for q in instance.quotas.rows
        ):
            found.add(frozenset(one.id for one in panel))
    return found


def test_who_sits_keeps_her_seat_and_fills_her_household() -> None:
    reading = read("id\n01\n")
    assert panels(reading.instance) == {
        frozenset(("01", *two))
        for two in (("03", "04"), ("03", "05"), ("03", "06"), ("04", "05"), ("04", "06"))
    }
    noticed = {finding.code: finding for finding in reading.assumed}
    assert noticed["seated-read"].facts == {"count": 1, "new": 0}
    assert noticed["seated-household"].facts == {"count": 1, "rows": "3"}


def test_zeros_that_a_spreadsheet_took_are_found_again() -> None:
    assert all("01" in panel for panel in panels(read("id\n1\n").instance))


def test_somebody_who_is_not_in_the_pool_comes_with_her_columns() -> None:
    reading = read("id,home,sex,age,phone\n90,elm  5,m,old,1234\n", limit=1)
    found = panels(reading.instance)
    assert found
    assert all("90" in panel and not panel & {"05", "06"} for panel in found)
    assert reading.roster.ids[-1] == "90"
    assert reading.roster.table.rows[-1] == ("90", "m", "old", "elm  5")


def test_people_of_one_household_who_sit_already_keep_their_seats() -> None:
    reading = read("id\n05\n06\n")
    assert panels(reading.instance) == {frozenset(("05", "06", o)) for o in ("01", "02", "03")}
    assert "seated-together" in {finding.code for finding in reading.assumed}


@pytest.mark.parametrize(
    ("seated", "found"),
    [
        ("id\n77\n", ["seated-unknown"]),
        ("id\n01\n01\n", ["dropout-twice"]),
        ("id\n01\n02\n03\n", ["seated-no-place", "seated-too-many"]),
        ("id,sex,age,home\n90,x,old,Elm 9\n", ["unknown-value"]),
        ("id,name\n90,Ann\n", ["feature-without-column"] * 2 + ["household-column-unknown"]),
    ],
)
def test_faults_of_the_list(seated: str, found: list[str]) -> None:
    with pytest.raises(InputErrors) as error:
        read(seated)
    assert codes(error) == found


def test_a_quota_that_those_who_sit_break_is_named() -> None:
    with pytest.raises(InputErrors) as error:
        read("id\n01\n04\n", quotas=QUOTAS.replace("age,old,0,2", "age,old,0,1"))
    assert [(fault.code, fault.value) for fault in error.value.faults] == [
        ("seated-too-many", "old")
    ]


@settings(max_examples=examples(20), deadline=None)
@given(
    people=st.lists(
        st.tuples(st.sampled_from("fm"), st.sampled_from(("old", "young")), st.integers(1, 4)),
        min_size=4,
        max_size=8,
    ),
    sits=st.sets(st.integers(0, 7), min_size=1, max_size=2),
)
def test_the_panels_are_those_of_the_pool_with_everybody_who_sits(
    people: list[tuple[str, str, int]], sits: set[int]
) -> None:
    rows = [f"{n},{sex},{age},Elm {home}" for n, (sex, age, home) in enumerate(people)]
    pool = "id,sex,age,home\n" + "\n".join(rows) + "\n"
    seated = {str(n) for n in sits if n < len(people)}
    if not seated:
        return
    homes = [people[int(id)][2] for id in seated]
    without = read_instance(
        Content(name="pool.csv", data=pool.encode()),
        Content(name="quotas.csv", data=QUOTAS.encode()),
        panel_size=3,
        household_columns=("home",),
    ).instance
    wanted = {panel for panel in panels(without) if seated <= panel}
    if len(set(homes)) < len(homes):
        return  # these two sit whatever their household says
    try:
        instance = read("id\n" + "\n".join(sorted(seated)) + "\n", pool).instance
    except InputErrors as errors:
        assert not wanted or {fault.code for fault in errors.faults} == {"id-column-unclear"}
        return
    assert panels(instance) == wanted
