from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sortition.audit.draw.sources import Outcome, Source
from sortition.audit.log.rounds import Standing
from sortition.core.feasibility.softening import seat_price
from sortition.core.progress import Silent
from sortition.model import Instance
from sortition.selection.preparation import Rules
from sortition.steps.members.replace.replacement import (
    Round,
    call_alternates,
    drawn_by,
    prepare_round,
)
from tests.making import all_panels, instance, meets
from tests.property.instances import about_one_group
from tests.steps.members.rounds import keeps_households, rulebook

RULES = Rules(tickets=60)


def outcome(text: str) -> Outcome:
    return Outcome(source=Source(kind="seed"), text=text)


def drawn(whole: Instance, before: Standing, gone: Any, seed: str = "1") -> Round:
    found = prepare_round(
        whole,
        rulebook(whole),
        before,
        gone,
        (),
        second_panel=False,
        lottery_rules=RULES,
        progress=Silent(),
    )
    return drawn_by(found, outcome(seed))


@given(about_one_group(), st.data())
def test_quotas_after_replacement(whole: Instance, data: st.DataObject) -> None:
    """Round after round: quotas and households are kept whenever they can be, and never a return.

    Where they cannot be, no group of people comes closer: a seat off a quota costs what
    `seat_price` says.
    """
    panels = all_panels(whole)
    if not panels or whole.household_limit > 1:
        return
    standing = Standing(panel=data.draw(st.sampled_from(panels)))
    for number in range(3):
        if not standing.panel:
            return
        gone = data.draw(st.sets(st.sampled_from(standing.panel), min_size=1))
        one = drawn(whole, standing, gone, seed=str(number))
        after, stayers = one.after, standing.without(gone, ())
        assert set(stayers.panel) <= set(after.panel)
        assert not after.out.intersection(after.panel)
        assert not set(one.came) & (standing.out | set(standing.panel))
        places = whole.panel_size - len(stayers.panel)
        assert len(one.came) + one.still_open == places
        assert keeps_households(whole, after.panel)
        others = [m.id for m in whole.pool.members if m.id not in (*stayers.panel, *stayers.out)]
        groups = [
            group
            for group in combinations(others, places)
            if keeps_households(whole, (*stayers.panel, *group))
        ]
        assert bool(one.still_open) == (not groups)
        best = [g for g in groups if meets(whole, (*stayers.panel, *g), whole.quotas.rows)]
        if best:
            assert not one.moved
            assert meets(whole, after.panel, whole.quotas.rows)
        elif groups:
            least = min(cost(whole, stayers, group, places) for group in groups)
            assert moved_cost(whole, one) == least
        standing = after


def cost(whole: Instance, stayers: Standing, group: tuple[str, ...], places: int) -> int:
    """How far a group is from what is left open, weighed."""
    total = 0
    for bound, quota in zip(
        rulebook(whole).bounds(stayers.panel, places), whole.quotas.rows, strict=True
    ):
        held = len(bound.people.intersection(group))
        total += seat_price(quota.upper) * (max(0, bound.lower - held) + max(0, held - bound.upper))
    return total


def moved_cost(whole: Instance, one: Round) -> int:
    price = {(q.feature, q.value): seat_price(q.upper) for q in whole.quotas.rows}
    return sum(
        price[m.feature, m.value] * (m.before[0] - m.after[0] + m.after[1] - m.before[1])
        for m in one.moved
    )


def test_everybody_who_fits_has_the_same_chance() -> None:
    whole = instance(["f"] * 5 + ["m"] * 2, {"sex": {"f": (1, 1), "m": (1, 1)}}, 2)
    one = drawn(whole, Standing(panel=("P1", "P6")), {"P1"})
    assert one.prepared is not None
    chances = one.prepared.probabilities
    assert {id: round(chance, 9) for id, chance in chances.items()} == {
        "P2": 0.25,
        "P3": 0.25,
        "P4": 0.25,
        "P5": 0.25,
        "P7": 0.0,
    }


def test_what_is_lost_is_said() -> None:
    whole = instance(["f", "m", "m", "m"], {"sex": {"f": (1, 1), "m": (1, 1)}}, 2)
    one = drawn(whole, Standing(panel=("P1", "P2")), {"P1"})
    assert {(m.value, m.before, m.after) for m in one.moved} == {
        ("f", (1, 1), (0, 1)),
        ("m", (0, 0), (0, 1)),
    }
    assert one.came in {("P3",), ("P4",)}


def test_another_round_draws_from_another_lottery_by_the_same_seed() -> None:
    whole = instance(["f"] * 9, {"sex": {"f": (0, 9)}}, 2)
    first = drawn(whole, Standing(panel=("P1", "P2")), {"P1"})
    second = drawn(whole, first.after, {*first.came})
    assert first.prepared is not None
    assert second.prepared is not None
    assert first.prepared.digest != second.prepared.digest
    assert not set(second.came) & {"P1", "P2", *first.came}


def test_alternates_come_in_their_order_as_the_quotas_allow() -> None:
    whole = instance(["f"] * 4 + ["m"] * 4, {"sex": {"f": (2, 2), "m": (2, 2)}}, 4)
    before = Standing(panel=("P1", "P2", "P5", "P6"), reserve=("P7", "P3", "P8", "P4"))
    one = call_alternates(rulebook(whole), before, {"P1"}, ())
    assert one is not None
    assert one.came == ("P3",)
    assert one.after.reserve == ("P7", "P8", "P4")
    two = call_alternates(rulebook(whole), one.after, {"P2", "P5"}, {"P7"})
    assert two is not None
    assert two.came == ("P8", "P4")
    assert call_alternates(rulebook(whole), two.after, {"P3"}, ()) is None


def test_an_alternate_of_a_full_household_is_passed_over() -> None:
    whole = instance(["f"] * 4, {"sex": {"f": (0, 4)}}, 2, households=[1, 2, 1, None])
    before = Standing(panel=("P1", "P2"), reserve=("P3", "P4"))
    one = call_alternates(rulebook(whole), before, {"P2"}, ())
    assert one is not None
    assert one.came == ("P4",)
