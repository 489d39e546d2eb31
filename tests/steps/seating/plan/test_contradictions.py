from __future__ import annotations

import pytest
from tests.steps.seating.plan.making import apart, at_table, party, together

from sortition.errors import InputErrors
from sortition.steps.seating.plan import Rule, seat
from sortition.texts import describe


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ([apart(0, 1, 2)], ["seating-too-many-apart"]),
        ([apart(0, 1), together(0, 1)], ["seating-together-and-apart"]),
        # joined by a third person
        ([apart(0, 2), together(0, 1), together(1, 2)], ["seating-together-and-apart"]),
        ([together(0, 1, 2, 3), together(0, 1)], ["seating-group-too-large"]),
        ([together(0, 1, 2, 3), at_table(1, 0)], ["seating-group-too-large"]),
        ([together(0, 1), together(1, 2), together(2, 3)], ["seating-group-too-large"]),
        ([at_table(1, 0, 1, 2, 3)], ["seating-group-too-large"]),
        ([at_table(1, 0), at_table(2, 0)], ["seating-two-tables"]),
        ([at_table(1, 0), together(0, 1), at_table(2, 1)], ["seating-two-tables"]),
        (
            [apart(0, 1, 2), together(3, 4), apart(3, 4)],
            ["seating-too-many-apart", "seating-together-and-apart"],
        ),
    ],
)
def test_contradictions_are_named_once_and_all_of_them(rules: list[Rule], codes: list[str]) -> None:
    with pytest.raises(InputErrors) as caught:
        seat(party(6, 2, 3, rules=rules), seed="1", steps=100)
    assert [fault.code for fault in caught.value.faults] == codes
    assert all(describe(fault) for fault in caught.value.faults)


def test_who_is_not_there_contradicts_nothing() -> None:
    absent = [(0, 2)]
    seating = seat(party(6, 2, 1, rules=[apart(0, 1, 2)], absent=absent), seed="1", steps=100)
    assert seating.figures.broken == ()
