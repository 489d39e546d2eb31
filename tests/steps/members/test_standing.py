from __future__ import annotations

from datetime import date

import pytest

from sortition.audit.log.rounds import Standing, after, backed
from sortition.steps.members.calls import Call, counted
from sortition.steps.members.standing import quotas_now
from tests.making import six_people
from tests.steps.members.rounds import rulebook


def test_a_panel_beside_its_quotas() -> None:
    female, male = quotas_now(rulebook(six_people()), ("P1", "P2"))
    assert (female.seats, female.short, female.over) == (2, 0, 1)
    assert (male.seats, male.short, male.over) == (0, 1, 0)


def test_who_left_is_out_for_good() -> None:
    standing = Standing(panel=("P1", "P4"), reserve=("P2", "P5"))
    record = {"gone": ["P1"], "unavailable": ["P5"], "came": ["P2"]}
    now = after(standing, record)
    assert now.panel == ("P2", "P4")
    assert now.out == {"P1", "P5"}
    assert now.former == {"P1"}
    assert now.reserve == ()
    assert now.rounds == 1


def test_another_reserve_leaves_out_who_left() -> None:
    now = after(Standing(panel=("P1",)), {"gone": ["P1"], "unavailable": [], "came": ["P2"]})
    facts = {"alternates": ["P1", "P2", "P3"], "kind": "reserve"}
    assert backed(now, facts).reserve == ("P3",)
    assert not backed(now, {**facts, "kind": "second panel"}).ordered


def test_answers_are_counted() -> None:
    calls = {"P1": Call(status="confirmed"), "P2": Call(status="declined")}
    assert counted(("P1", "P2", "P3"), calls) == {
        "to-call": 1,
        "no-answer": 0,
        "confirmed": 1,
        "declined": 1,
    }


@pytest.mark.parametrize(
    ("status", "day", "late"),
    [
        ("to-call", 2, True),
        ("no-answer", 2, True),
        ("confirmed", 2, False),
        ("declined", 2, False),
        ("to-call", 1, False),
    ],
)
def test_a_day_that_has_passed(status: str, day: int, late: bool) -> None:
    call = Call(status=status, deadline=date(2026, 12, 1))  # type: ignore[arg-type]
    assert call.late(date(2026, 12, day)) == late
    assert not Call().late(date(2026, 12, day))
