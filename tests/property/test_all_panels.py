"""What is selected agrees with a list of all panels."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import event, given, settings

from sortition.model import InfeasibleQuotas, Instance, ObjectiveName
from sortition.selection.select import Selection, select
from tests.budgets import examples, in_large
from tests.making import all_panels
from tests.property import reference
from tests.property.instances import (
    about_nobody,
    about_one_group,
    about_their_share,
    with_exact_numbers,
)

CLOSE = 1e-6
FAIREST = {"leximin": reference.leximin, "maximin": reference.maximin}


@pytest.mark.parametrize("objective", ["leximin", pytest.param("maximin", marks=in_large)])
def test_probabilities_are_those_of_a_search_through_all_panels(objective: ObjectiveName) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=examples(90))
    @given(
        about_their_share()
        | about_their_share()
        | about_one_group()
        | with_exact_numbers()
        | about_nobody()
    )
    def agrees(problem: Instance) -> None:
        kind = checked(problem, objective)
        event(kind)
        seen[kind] += 1

    agrees()
    # or the examples would show nothing; how many are rare, Hypothesis’s version decides
    assert seen["a cut"] >= 1
    assert seen["somebody impossible"] >= 1
    assert seen["plain"] >= 1
    assert seen["no panel"] >= 1


def checked(problem: Instance, objective: ObjectiveName) -> str:
    panels = all_panels(problem)
    try:
        selection = select(problem, seed="1", objective=objective, tickets=100)
    except InfeasibleQuotas:
        assert not panels
        return "no panel"
    assert panels
    report = selection.report
    on = reference.incidence(panels, list(report.people))
    possible = on.any(axis=1)
    found = np.array(list(report.people.values()))
    expected = np.zeros(len(on))
    expected[possible] = FAIREST[objective](on[possible])
    assert found == pytest.approx(expected, abs=CLOSE)
    assert (found > 0).tolist() == possible.tolist()
    assert report.selection_probability.impossible == np.sum(~possible)
    assert found.sum() == pytest.approx(problem.panel_size, abs=CLOSE)
    lowest = report.selection_probability.lowest_positive
    assert lowest - 1e-9 <= report.certificate.bound <= lowest + CLOSE
    assert report.certificate.gap <= CLOSE
    assert {panel.members for panel in selection.prepared.lottery.panels} <= set(panels)
    assert_even(selection)
    if report.certificate.cuts:
        return "a cut"
    return "somebody impossible" if not possible.all() else "plain"


def assert_even(selection: Selection) -> None:
    """The tickets follow the probabilities, and people who are alike are on equally many."""
    lottery, people = selection.prepared.lottery, selection.report.people
    tickets, held = lottery.ticket_count, lottery.tickets_held()
    assert sum(panel.weight for panel in lottery.panels) == tickets == 100
    for id, chance in people.items():
        assert abs(held.get(id, 0) - tickets * chance) <= 2 + CLOSE
    assert selection.report.tickets.largest_deviation <= 2 / tickets + CLOSE
    members = selection.prepared.instance.pool.members
    mates = Counter(member.household for member in members if member.household is not None)
    alike: dict[tuple[str, ...], list[int]] = {}
    for member in members:
        if member.household is None or mates[member.household] == 1:
            alike.setdefault(member.values, []).append(held.get(member.id, 0))
    assert all(max(shares) - min(shares) <= 1 for shares in alike.values())


@settings(max_examples=examples(15))
@given(about_their_share() | with_exact_numbers())
def test_a_thousand_tickets(problem: Instance) -> None:
    panels = set(all_panels(problem))
    try:
        selection = select(problem, seed="1")
    except InfeasibleQuotas:
        assert not panels
        return
    lottery = selection.prepared.lottery
    assert {panel.members for panel in lottery.panels} <= panels
    assert lottery.ticket_count == 1000
    assert selection.report.tickets.largest_deviation <= 2 / 1000 + CLOSE
