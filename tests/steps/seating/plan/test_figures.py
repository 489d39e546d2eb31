from __future__ import annotations

import pytest
from tests.steps.seating.plan.making import apart, party, together

from sortition.steps.seating.plan import Problem, figures_of


def test_meetings_mix_and_moves_are_counted() -> None:
    problem = party(
        6,
        2,
        2,
        values=["a", "a", "a", "b", "b", "b"],
        former=((1, 1, 1, 2, 2, 2), (1, 2, 1, 2, 1, 2)),
        held=1,
        rules=[together(0, 1), apart(2, 3)],
    )
    figures = figures_of(problem, ((1, 1, 1, 2, 2, 2), (1, 2, 2, 1, 1, 2)))
    assert figures.meetings == 6 + 6 - 2  # 1 and 2 meet again, and 3 and 4
    assert figures.again == 2
    assert figures.most_often == 2
    # the session that was held is past: its rules and its mix are not counted
    assert figures.broken == ((2, "together"),)
    assert [(table.session, table.table, table.people) for table in figures.tables] == [
        (2, 1, 3),
        (2, 2, 3),
    ]
    assert figures.tables[0].counts == {"f0": {"a": 1, "b": 2}}
    assert figures.uneven == 0
    assert figures.moved == ((2, "002"), (2, "003"))


def test_uneven_is_how_many_people_lie_outside_the_even_spread() -> None:
    problem = party(6, 2, 1, values=["a", "a", "a", "b", "b", "b"])
    figures = figures_of(problem, ((1, 1, 1, 2, 2, 2),))
    # each table should have one or two of each, and has three and none
    assert [table.uneven for table in figures.tables] == [2, 2]


@pytest.mark.parametrize(
    "change",
    [
        {"tables": 0},
        {"tables": 4},
        {"held": 1},
        {"former": ((1, 2),)},
        {"sessions": 2},
        {"features": ("f0",)},
    ],
)
def test_a_problem_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    fine = party(3, 1, 1)
    whole: dict[str, object] = {"features": (), "guests": fine.guests, "tables": 1, "sessions": 1}
    assert Problem(**whole) == fine  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=" "):
        Problem(**{**whole, **change})  # type: ignore[arg-type]
