from __future__ import annotations

import pytest

from sortition.model import Lottery, Panel, mark

AB = Panel(members=("A", "B"), weight=3)
AC = Panel(members=("A", "C"), weight=1)
BC = Panel(members=("B", "C"), weight=2)


def test_panels_are_in_the_order_of_their_marks_whatever_order_they_came_in() -> None:
    # printf 'sortition/panel/1\nA\nB' | sha256sum, and so on
    marks = [mark(panel.members) for panel in (AC, AB, BC)]
    assert [text[:4] for text in marks] == ["cedc", "cfd5", "eccb"]
    assert Lottery(panels=(BC, AB, AC)).panels == (AC, AB, BC)
    assert Lottery(panels=(BC, AB, AC)) == Lottery(panels=(AB, AC, BC))


@pytest.mark.parametrize(
    ("ticket", "panel"), [(0, AC), (1, AB), (2, AB), (3, AB), (4, BC), (5, BC)]
)
def test_each_ticket_draws_its_panel(ticket: int, panel: Panel) -> None:
    lottery = Lottery(panels=(AB, AC, BC))
    assert lottery.ticket_count == 6
    assert lottery.panel(ticket) == panel


@pytest.mark.parametrize("ticket", [-1, 6])
def test_tickets_that_do_not_exist(ticket: int) -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        Lottery(panels=(AB, AC, BC)).panel(ticket)


def test_tickets_held() -> None:
    assert Lottery(panels=(AB, AC)).tickets_held() == {"A": 4, "B": 3, "C": 1}


@pytest.mark.parametrize(
    ("panels", "reason"),
    [
        ((), "needs a panel"),
        ((AB, Panel(members=("A", "B"), weight=1)), "alike"),
        ((AB, Panel(members=("A",), weight=1)), "size"),
    ],
)
def test_no_lottery(panels: tuple[Panel, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Lottery(panels=panels)


@pytest.mark.parametrize(
    ("members", "weight"), [(("B", "A"), 1), (("A", "A"), 1), (("A", "B"), 0), (("A", "B"), -1)]
)
def test_no_panel(members: tuple[str, ...], weight: int) -> None:
    with pytest.raises(ValueError, match=r"panel"):
        Panel(members=members, weight=weight)
