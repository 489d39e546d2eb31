from __future__ import annotations

from hashlib import sha256
from itertools import pairwise

import pytest

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.model import InfeasibleQuotas, Instance, ObjectiveName, SolverName, below
from sortition.selection.select import Selection, fresh_seed, select
from tests.budgets import in_large
from tests.making import all_panels, blocked, instance, parity, six_people, triangle

BOTH = pytest.mark.parametrize("objective", ["leximin", "maximin"])
SOLVERS = pytest.mark.parametrize("solver", ["highs", "cbc"])
ANYBODY = {"any": {"x": (0, 9)}}


def chances(selection: Selection) -> list[float]:
    """In the order P1, P2, … as they were written."""
    people = selection.report.people
    return [people[id] for id in sorted(people, key=lambda id: int(id[1:]))]


def drawn(
    problem: Instance,
    *,
    objective: ObjectiveName = "leximin",
    tickets: int = 1000,
    solver: SolverName = "highs",
) -> Selection:
    return select(problem, seed="187", objective=objective, tickets=tickets, solver=solver)


def assert_sound(selection: Selection, tickets: int) -> None:
    """What is true of every selection, whatever was asked."""
    problem, report = selection.prepared.instance, selection.report
    lottery = selection.prepared.lottery
    panels = set(all_panels(problem))
    assert all(panel.members in panels for panel in lottery.panels)
    assert lottery.ticket_count == tickets == report.tickets.count
    assert report.tickets.largest_deviation <= 2 / tickets + 1e-12
    assert sum(report.people.values()) == pytest.approx(problem.panel_size)
    assert 0 <= report.certificate.gap <= 1e-6
    assert report.certificate.bound >= report.selection_probability.lowest_positive - 1e-9
    assert selection.panel == lottery.panel(selection.ticket).members


@SOLVERS
@BOTH
@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        # 3 of 9 with two women among three and one man among six
        (
            instance(["f"] * 3 + ["m"] * 6, {"sex": {"f": (2, 2), "m": (1, 1)}}, 3),
            [2 / 3] * 3 + [1 / 6] * 6,
        ),
        # the same with room: as even as the bounds let it be
        (
            instance(["f"] * 3 + ["m"] * 6, {"sex": {"f": (0, 3), "m": (0, 3)}}, 3),
            [1 / 3] * 9,
        ),
        # two of them must be women, who would have one seat only if all were alike
        (
            instance(["f"] * 3 + ["m"] * 6, {"sex": {"f": (2, 3), "m": (0, 3)}}, 3),
            [2 / 3] * 3 + [1 / 6] * 6,
        ),
        # the only young one is always needed, and c can never sit
        (
            instance(
                ["young", "old", "old", "old", "c"],
                {"age": {"young": (1, 1), "old": (0, 2), "c": (0, 0)}},
                3,
            ),
            [1, 2 / 3, 2 / 3, 2 / 3, 0],
        ),
        # only an integer program sees that three of these are on no panel
        (blocked(), [1, 0, 0, 0, 1]),
        # and that only one of three can sit
        (triangle(), [1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 2]),
        # a household of three has one seat, and so has one of two
        (
            instance(["x"] * 6, ANYBODY, 3, households=[1, 1, 1, 2, 2, None]),
            [1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 1],
        ),
        # everybody
        (instance(["f", "m", "m"], {"sex": {"f": (0, 3), "m": (0, 3)}}, 3), [1, 1, 1]),
        # one of four
        (instance(["f", "m", "m", "m"], {"sex": {"f": (0, 1), "m": (0, 1)}}, 1), [1 / 4] * 4),
        (instance(["x"], ANYBODY, 1), [1]),
    ],
)
def test_closed_forms(
    problem: Instance, expected: list[float], objective: ObjectiveName, solver: SolverName
) -> None:
    selection = drawn(problem, objective=objective, solver=solver, tickets=100)
    assert chances(selection) == pytest.approx(expected, abs=1e-6)
    assert [chance == 0 for chance in chances(selection)] == [chance == 0 for chance in expected]
    assert selection.report.selection_probability.impossible == expected.count(0)
    assert_sound(selection, 100)


@SOLVERS
def test_parity_has_no_panel(solver: SolverName) -> None:
    with pytest.raises(InfeasibleQuotas) as caught:
        drawn(parity(), solver=solver)
    named = [(one.lower > 0) + (one.upper < 2) for one in caught.value.conflict]
    assert sum(named) == 6
    assert {one.feature for one in caught.value.conflict} == {"a", "b", "c"}


def test_household_rule_alone_leaves_no_panel() -> None:
    with pytest.raises(InfeasibleQuotas) as caught:
        drawn(instance(["x"] * 4, ANYBODY, 2, households=[1] * 4))
    assert caught.value.households
    assert caught.value.conflict == caught.value.relaxations == ()


def test_the_cut_is_counted() -> None:
    assert drawn(triangle()).report.certificate.cuts == 1
    assert drawn(six_people()).report.certificate.cuts == 0


@pytest.mark.parametrize("tickets", [1, 2, 3, 7, 100, 1000, pytest.param(10_000, marks=in_large)])
@pytest.mark.parametrize("problem", [six_people(), triangle(), blocked()])
def test_any_number_of_tickets(problem: Instance, tickets: int) -> None:
    assert_sound(drawn(problem, tickets=tickets), tickets)


def test_people_without_a_ticket_are_named() -> None:
    report = drawn(six_people(), tickets=1).report
    assert len(report.tickets.without) == 4
    assert report.tickets.lowest == 0
    assert report.tickets.largest_deviation == pytest.approx(2 / 3)


def test_exchangeable_people_hold_equally_many_tickets_or_one_more() -> None:
    selection = drawn(instance(["f"] * 4 + ["m"] * 7, {"sex": {"f": (2, 2), "m": (3, 3)}}, 5))
    held = selection.prepared.lottery.tickets_held()
    assert [held[f"P{n:02}"] for n in range(1, 5)] == [500] * 4
    assert sorted(held[f"P{n:02}"] for n in range(5, 12)) == [428] * 3 + [429] * 4


@pytest.mark.parametrize("tickets", [0, -1])
def test_no_tickets(tickets: int) -> None:
    with pytest.raises(InputErrors) as caught:
        drawn(six_people(), tickets=tickets)
    assert caught.value.faults == (Finding(code="tickets-not-positive", value=str(tickets)),)


def test_the_seed_draws_and_nothing_else() -> None:
    problem = triangle()
    selections = [select(problem, seed=str(seed)) for seed in range(6)]
    assert len({selection.prepared.document for selection in selections}) == 1
    assert len({selection.ticket for selection in selections}) > 1
    for seed, selection in enumerate(selections):
        found = sha256(selection.prepared.document).hexdigest()
        assert selection.report.lottery_digest == found == digest(selection.prepared.document)
        assert selection.ticket == below(1000, seed=str(seed), domain=f"draw/{found}")
        assert selection.report.seed == str(seed)


def test_report_repeats_what_was_asked() -> None:
    report = drawn(six_people(), objective="maximin").report
    assert (report.pool_size, report.panel_size, report.objective) == (6, 2, "maximin")
    assert list(report.people) == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert [(one.pool, one.selected) for one in report.quotas] == [(3, 1), (3, 1)]
    assert [one.expected for one in report.quotas] == pytest.approx([1, 1])
    assert 0 <= report.seconds.optimise + report.seconds.decompose <= report.seconds.total


def test_ids_that_differ_in_case_alone() -> None:
    problem = instance(["x"] * 4, ANYBODY, 2)
    members = tuple(problem.pool.members)
    renamed = [
        type(one)(id=id, values=one.values)
        for one, id in zip(members, ["a", "A", "b", "B"], strict=True)
    ]
    pool = type(problem.pool)(features=problem.pool.features, members=tuple(renamed))
    selection = drawn(Instance(pool=pool, quotas=problem.quotas, panel_size=2))
    assert list(selection.report.people) == ["A", "B", "a", "b"]
    assert selection.prepared.lottery.tickets_held() == dict.fromkeys(["A", "B", "a", "b"], 500)


def test_fresh_seeds() -> None:
    seeds = [fresh_seed() for _ in range(50)]
    assert all(len(seed) == 20 and seed.isdigit() and seed.isascii() for seed in seeds)
    assert all(first != second for first, second in pairwise(seeds))
