from __future__ import annotations

from fractions import Fraction

from sortition.steps.evaluate.evaluation import Session, evaluate
from tests.making import instance
from tests.steps.members.rounds import rulebook

WHOLE = instance(["f"] * 4 + ["m"] * 4, {"sex": {"f": (2, 2), "m": (2, 2)}}, 4)
PANEL = ("P1", "P2", "P5", "P6")
POPULATION = {("sex", "f"): Fraction(1, 2), ("sex", "m"): Fraction(1, 2)}


def sessions(*people: str) -> list[Session]:
    return [
        Session(number=number, people=frozenset(came.split()))
        for number, came in enumerate(people, start=1)
    ]


def test_who_was_to_be_there_and_who_came() -> None:
    found = evaluate(
        rulebook(WHOLE),
        PANEL,
        size=4,
        confirmed=frozenset({"P1", "P2", "P5"}),
        sessions=sessions("P1 P2 P5 P6", "P1 P5 P3", "P1 P5"),
        population=POPULATION,
    )
    assert (found.panel, found.confirmed, found.met, found.always, found.never) == (4, 3, 2, 2, 0)
    assert found.mean == 3
    assert [found.met_in(number) for number in range(3)] == [2, 1, 0]
    female, male = found.groups
    assert (female.quota.seats, female.confirmed, female.attended) == (2, 2, (2, 2, 1))
    assert (male.quota.seats, male.confirmed, male.attended) == (2, 1, (2, 1, 1))
    assert [(g.quota.value, session, short) for g, session, short in found.missed] == [
        ("f", 3, 1),
        ("m", 2, 1),
    ]
    assert [(gap.group.quota.value, gap.came) for gap in found.gaps] == [
        ("f", Fraction(5, 9)),
        ("m", Fraction(4, 9)),
    ]


def test_without_sessions_the_panel_is_set_beside_the_population() -> None:
    uneven = {("sex", "f"): Fraction(3, 4), ("sex", "m"): Fraction(1, 4)}
    found = evaluate(rulebook(WHOLE), PANEL, size=4, confirmed=None, sessions=[], population=uneven)
    assert found.confirmed is None
    assert (found.always, found.never, found.missed) == (0, 0, ())
    assert [(gap.group.quota.value, gap.apart) for gap in found.gaps] == [
        ("f", Fraction(-1, 4)),
        ("m", Fraction(1, 4)),
    ]


def test_a_session_to_which_nobody_came() -> None:
    found = evaluate(
        rulebook(WHOLE), PANEL, size=4, confirmed=None, sessions=sessions(""), population=POPULATION
    )
    assert (found.never, found.gaps) == (4, ())
