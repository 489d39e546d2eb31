from __future__ import annotations

from dataclasses import replace

import pytest

from sortition.audit.canonical import digest
from sortition.audit.lottery.file import read_lottery
from sortition.core.progress import Silent
from sortition.errors import InputErrors
from sortition.model import Pool
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.tickets import with_reserves
from tests.making import instance

QUOTAS = {"sex": {"f": (2, 2), "m": (2, 2)}, "age": {"old": (1, 1), "young": (3, 3)}}
PEOPLE = ["f young", "m young", "f young", "m old", "f old", "m young"] * 4
HOMES = [number // 3 if number < 12 else None for number in range(24)]


def prepared() -> PreparedLottery:
    made = instance(PEOPLE, QUOTAS, 4, households=HOMES)
    return prepare(made, Rules(tickets=40), Silent())


def test_every_panel_has_a_reserve_and_is_otherwise_as_it_was() -> None:
    before = prepared()
    after = with_reserves(before, 3, DropoutRates(), Silent())
    bare = tuple(replace(panel, alternates=()) for panel in after.lottery.panels)
    assert bare == before.lottery.panels
    assert after.digest == digest(after.document) != before.digest
    published = read_lottery(after.document, "lottery.json")
    assert published.reserved
    assert [p.alternates for p in published.panels] == [p.alternates for p in after.lottery.panels]
    assert not read_lottery(before.document, "lottery.json").reserved


def test_panels_and_reserves_share_no_household() -> None:
    after = with_reserves(prepared(), 3, DropoutRates(), Silent())
    home = {f"P{number + 1:02}": household for number, household in enumerate(HOMES)}
    for panel in after.lottery.panels:
        together = (*panel.members, *panel.alternates)
        homes = [home[id] for id in together if home[id] is not None]
        assert len(set(together)) == 7
        assert len(set(homes)) == len(homes)


def test_rows_in_another_order_give_the_same_reserves() -> None:
    made = instance(PEOPLE, QUOTAS, 4, households=HOMES)
    # other numbers for the same households, and the people the other way round
    others = tuple(
        m._replace(household=None if m.household is None else 9 - m.household)
        for m in reversed(made.pool.members)
    )
    turned = replace(made, pool=Pool(features=made.pool.features, members=others))
    found = [
        with_reserves(prepare(one, Rules(tickets=40), Silent()), 3, DropoutRates(), Silent())
        for one in (made, turned)
    ]
    assert found[0].document == found[1].document


def test_more_than_there_are_is_refused() -> None:
    with pytest.raises(InputErrors) as raised:
        with_reserves(prepared(), 21, DropoutRates(), Silent())
    assert [fault.code for fault in raised.value.faults] == ["alternates-too-many"]
