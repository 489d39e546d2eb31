from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sortition.audit.log.rounds import Standing
from sortition.steps.members.replace.residual import residual_of
from tests.making import all_panels, instance
from tests.property.instances import about_one_group
from tests.steps.members.rounds import rulebook

SEX = {"f": (2, 2), "m": (1, 2)}


def test_what_those_who_stay_leave_open() -> None:
    whole = instance(["f", "f", "f", "m", "m", "m"], {"sex": SEX}, 4)
    stayers = Standing(panel=("P1", "P4"), out=frozenset({"P2", "P5"}))
    left = residual_of(whole, rulebook(whole), stayers, 2)
    assert left is not None
    assert [(q.value, q.lower, q.upper) for q in left.quotas.rows] == [("f", 1, 1), ("m", 0, 1)]
    assert [member.id for member in left.pool.members] == ["P3", "P6"]
    assert left.panel_size == 2


def test_who_lives_with_somebody_who_stays_is_left_out() -> None:
    whole = instance(
        ["f", "f", "m", "m", "f"],
        {"sex": {"f": (1, 2), "m": (1, 2)}},
        3,
        households=[1, None, 1, None, 2],
    )
    stayers = Standing(panel=("P1", "P4"), out=frozenset({"P2"}))
    left = residual_of(whole, rulebook(whole), stayers, 1)
    assert left is not None
    assert [member.id for member in left.pool.members] == ["P5"]


def test_with_room_for_two_of_a_household_one_of_her_mates_may_come() -> None:
    """Which of them, a lot decides that nobody chooses; it is another one in another round."""
    people = ["f"] * 8
    whole = instance(people, {"sex": {"f": (0, 8)}}, 3, households=[1] * 7 + [None], limit=2)
    rules = rulebook(whole)
    chosen = set()
    for rounds in range(12):
        stayers = Standing(panel=("P1",), rounds=rounds)
        free = rules.available(stayers)
        assert len(free) == 2
        assert "P8" in free
        chosen.update(free)
    assert len(chosen) > 3


def test_too_few_people_fill_as_many_places_as_they_can() -> None:
    whole = instance(["f", "m", "f", "m"], {"sex": {"f": (0, 4), "m": (0, 4)}}, 3)
    stayers = Standing(panel=("P1",), out=frozenset({"P2", "P3"}))
    left = residual_of(whole, rulebook(whole), stayers, 2)
    assert left is not None
    assert left.panel_size == 1
    nobody = Standing(panel=("P1",), out=frozenset({"P2", "P3", "P4"}))
    assert residual_of(whole, rulebook(whole), nobody, 2) is None


@given(about_one_group(), st.data())
def test_its_panels_are_those_that_complete_the_panel(whole, data) -> None:  # type: ignore[no-untyped-def]
    """Against every group of people, counted person by person."""
    panels = all_panels(whole)
    if not panels or whole.household_limit > 1:
        return
    panel = data.draw(st.sampled_from(panels))
    gone = data.draw(st.sets(st.sampled_from(panel), min_size=1))
    stayers = Standing(panel=panel).without(gone, ())
    left = residual_of(whole, rulebook(whole), stayers, len(gone))
    others = [m.id for m in whole.pool.members if m.id not in panel]
    completing = {
        group
        for group in combinations(others, len(gone))
        if tuple(sorted((*stayers.panel, *group))) in set(panels)
    }
    found = set(all_panels(left)) if left and left.panel_size == len(gone) else set()
    assert found == completing
