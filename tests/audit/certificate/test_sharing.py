"""How much of the chances goes out, and what anybody can check of that."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest

from sortition.audit.certificate import sharing
from tests.audit.organiser import draw, honest, publish, verified
from tests.audit.test_organiser import codes, one_panel
from tests.audit.test_organiser_rounds import leave, round_draws


@pytest.mark.parametrize("share", ["groups", "none"])
def test_less_of_the_chances(tmp_path: Path, share: str) -> None:
    lottery = publish(tmp_path, honest, "--share", share)
    public = (lottery / "public/certificate.json").read_text()
    assert not {"chances", "proofs", "shares"} & set(json.loads(public))
    assert json.loads(public)["bands"] == ([] if share == "none" else [[10**14, 10**14, 60]])
    draw(lottery, "--drawn", "007")
    leave(lottery, "--promise", "drawn")
    round_draws(lottery, "--drawn", "123")
    of_round = json.loads((lottery / "public/replacement-1/certificate.json").read_bytes())
    assert "chances" not in of_round
    assert verified(lottery).code == 0
    said = verified(lottery / "public")
    assert said.code == 0
    first = said.stdout.partition("ok  ")[0]
    assert ("ranges of ten people or more" in first) == (share == "groups")
    assert ("nothing here says that this lottery is fair" in first) == (share == "none")
    assert "The chances that the organiser states add up" not in said.stdout
    assert "bounds that no lottery goes beyond" not in said.stdout


def test_who_hides_the_chances_hides_no_rigged_tickets(tmp_path: Path) -> None:
    """All tickets on one panel: seen under seal always, and in public by the ranges."""
    grouped = publish(tmp_path, one_panel, "--share", "groups", out="grouped")
    hidden = publish(tmp_path, one_panel, "--share", "none", out="hidden")
    for lottery in (grouped, hidden):
        assert "verify-tickets-off" in codes(lottery)
    assert "verify-tickets-off" in codes(grouped / "public")
    with patch("sortition.steps.publish.publishing.largest_deviation", return_value=0):
        stated = publish(tmp_path, one_panel, "--share", "groups", out="stated")
    assert codes(stated / "public") == {"verify-public-deviation"}
    assert "verify-told" in codes(stated)


@pytest.mark.parametrize(
    ("chances", "bands"),
    [
        ([[0, 3], [5, 4], [6, 5], [7, 20], [9, 1]], [[0, 6, 12], [7, 9, 21]]),
        ([[5, 4]], [[5, 5, 4]]),
        ([[1, 10], [2, 10]], [[1, 1, 10], [2, 2, 10]]),
    ],
)
def test_no_range_is_of_fewer_than_ten(chances: list[list[int]], bands: list[list[int]]) -> None:
    assert sharing._bands(chances) == bands


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ([[10**14, 10**14, 59]], "verify-public-people"),
        ([[10**14, 10**14, 9], [2 * 10**14, 2 * 10**14, 51]], "verify-public-lists"),
        ([[10**14, 2 * 10**14, 30], [10**14, 2 * 10**14, 30]], "verify-public-lists"),
        ([[10**14 + 10**8, 10**14 + 10**8, 60]], "verify-public-total"),
        ([[3 * 10**13, 3 * 10**13, 30], [17 * 10**13, 17 * 10**13, 30]], "verify-public-deviation"),
    ],
)
def test_ranges_that_are_none(tmp_path: Path, bands: list[list[int]], code: str) -> None:
    with patch.object(sharing, "_bands", lambda _: bands):
        lottery = publish(tmp_path, honest, "--share", "groups")
        assert code in codes(lottery / "public")
        assert code in codes(lottery)
    assert "verify-told" in codes(lottery)
