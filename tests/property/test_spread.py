"""Tickets that are dealt at random are panels, and give everybody her share."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sortition.core.progress import Silent
from sortition.model import InfeasibleQuotas, Instance
from sortition.selection.preparation import Rules, prepare
from tests.budgets import examples
from tests.making import all_panels
from tests.property.instances import about_nobody, about_one_group, about_their_share

FEW, MANY = 7, 100


@settings(max_examples=examples(12))
@given(
    problem=st.one_of(about_one_group(), about_their_share(), about_nobody()),
    tickets=st.sampled_from([FEW, MANY]),
)
def test_every_ticket_is_a_panel_and_everybody_has_her_share(
    problem: Instance, tickets: int
) -> None:
    try:
        dealt = prepare(problem, Rules(tickets=tickets), Silent())
    except InfeasibleQuotas:
        assume(False)
        return
    assert {panel.members for panel in dealt.lottery.panels} <= set(all_panels(problem))
    assert dealt.lottery.ticket_count == tickets
    held = Counter[str]()
    for panel in dealt.lottery.panels:
        held.update(dict.fromkeys(panel.members, panel.weight))
    off = {id: held[id] - tickets * chance for id, chance in dealt.probabilities.items()}
    assert max(map(abs, off.values())) < 2, off
