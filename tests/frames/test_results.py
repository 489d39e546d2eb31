"""What results offer, and that inputs are left as they were."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import sortition
from tests.cli.running import SEED, a_third_of_the_samples

mpl.use("agg")


def test_probabilities_are_by_id_and_sum_to_the_panel(
    chosen: sortition.LotteryResult, pool: pd.DataFrame
) -> None:
    chances = chosen.probabilities
    assert chances.index.name == "id"
    assert set(chances.index) == set(pool["deltager_id"])
    assert chances.sum() == pytest.approx(36)
    assert chances.min() == pytest.approx(5 / 137)


def test_quotas_expect_what_the_probabilities_say(
    chosen: sortition.LotteryResult, pool: pd.DataFrame, quotas: pd.DataFrame
) -> None:
    people = pool.set_index("deltager_id")
    for row in quotas.to_dict("records"):
        feature, value = row["kriterium"], row["værdi"]
        these = people.index[people[feature] == value]
        told = chosen.quotas.loc[(feature, value)]
        assert (told["lower"], told["upper"]) == (int(row["min"]), int(row["max"]))
        assert told["pool"] == len(these)
        assert told["expected"] == pytest.approx(chosen.probabilities[these].sum())


def test_a_panel_is_rows_of_the_pool(chosen: sortition.LotteryResult, pool: pd.DataFrame) -> None:
    selection = chosen.draw(seed=SEED)
    both = pd.concat([selection.panel, selection.not_selected]).sort_values("deltager_id")
    expected = pool.sort_values("deltager_id").fillna("").astype("str")
    assert both.reset_index(drop=True).equals(expected.reset_index(drop=True))
    counts = selection.panel["køn"].value_counts()
    assert selection.quotas["selected"].xs("køn").to_dict() == counts.to_dict()


@pytest.mark.usefixtures("short_searches")
def test_alternates_are_those_of_the_file_in_their_order(
    tmp_path: Path,
) -> None:
    inputs = [tmp_path / name for name in a_third_of_the_samples(tmp_path)]
    selection = sortition.lottery(*inputs, size=12, tickets=100, alternates=4).draw(seed=SEED)
    folder = selection.save(tmp_path / "panel")
    written = pd.read_excel(
        folder / "alternates.xlsx", dtype=str, keep_default_na=False, engine="openpyxl"
    )
    assert selection.alternates.equals(written.drop(columns="order").astype("str"))
    assert not set(selection.alternates["deltager_id"]) & set(selection.panel["deltager_id"])


def test_without_a_reserve_there_are_no_alternates(chosen: sortition.LotteryResult) -> None:
    assert chosen.draw(seed=SEED).alternates.empty


def test_a_seed_draws_the_same_and_none_draws_a_fresh_one(
    chosen: sortition.LotteryResult,
) -> None:
    first, again = chosen.draw(seed=SEED), chosen.draw(seed=SEED)
    assert first.panel.equals(again.panel)
    assert first.seed == SEED
    assert chosen.draw().seed != chosen.draw().seed


def test_the_plot_is_everybody_in_ascending_order(chosen: sortition.LotteryResult) -> None:
    axes = chosen.plot()
    line = axes.get_lines()[0]
    assert np.asarray(line.get_ydata()).tolist() == sorted(chosen.probabilities)
    assert axes.get_xlabel()
    assert axes.get_ylabel()
    assert chosen.plot(ax=axes) is axes
    plt.close("all")


def test_without_matplotlib_it_is_said_what_to_install(
    chosen: sortition.LotteryResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ModuleNotFoundError) as raised:
        chosen.plot()
    assert raised.value.__notes__ == [
        "To plot, install matplotlib, such as by `python -m pip install matplotlib`."
    ]


def test_verification_is_true_until_a_byte_is_changed(panel_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "panel"
    shutil.copytree(panel_folder, folder)
    verified = sortition.verify(folder)
    assert verified
    assert set(verified.claims["outcome"]) == {"holds"}
    assert verified.findings.empty
    document = folder / "lottery.json"
    document.write_bytes(document.read_bytes().replace(b'"weight":1', b'"weight":2', 1))
    forged = sortition.verify(folder)
    assert not forged
    assert "wrong" in set(forged.claims["outcome"])
    assert not forged.findings.empty
    assert forged.announced != ""
    for name, said, outcome in forged.claims.itertuples(index=False):
        assert (said in forged._repr_html_()) is (outcome == "wrong"), name


def test_a_claim_that_could_not_be_checked_is_shown(tmp_path: Path) -> None:
    people = pd.DataFrame({"id": list("abcd"), "sex": list("ffmm")})
    bounds = pd.DataFrame({"feature": "sex", "value": list("fm"), "min": 1, "max": 1})
    lottery = sortition.lottery(people, bounds, size=2, tickets=100)
    verified = sortition.verify(lottery.draw(seed="1").save(tmp_path / "panel"))
    assert not verified
    assert repr(verified) == "Claims: 29. Wrong: 0. Could not be checked: 1."
    assert "The tickets are too few" in verified._repr_html_()


def test_another_digest_than_the_announced_one_is_told(panel_folder: Path) -> None:
    announced = sortition.verify(panel_folder).announced
    assert sortition.verify(panel_folder, announced=announced)
    assert not sortition.verify(panel_folder, announced="0" * 64)


def test_inputs_are_left_as_they_were(
    pool: pd.DataFrame, quotas: pd.DataFrame, tmp_path: Path
) -> None:
    indexed = pool.set_index("deltager_id").astype({"køn": "category"})
    numbers = quotas.astype({"min": float, "max": "Int64"})
    people = pd.DataFrame({"id": list("abcd"), "sex": list("ffmm"), "n": [1.0, None, 3.0, None]})
    before = [frame.copy(deep=True) for frame in (indexed, numbers, people)]
    sortition.check(indexed, numbers, size=36)
    sortition.lottery(indexed, numbers, size=36).draw(seed="1").save(tmp_path / "out")
    sortition.plan(numbers, size=36, rate="3%", registry=indexed, trials=1)
    sortition.invite(people, size=2, by="sex")
    sortition.seat(people, tables=2, mix="sex")
    for frame, copy in zip((indexed, numbers, people), before, strict=True):
        assert frame.equals(copy)
        assert frame.dtypes.equals(copy.dtypes)
        assert frame.index.names == copy.index.names


def test_what_is_handed_out_may_be_changed(chosen: sortition.LotteryResult) -> None:
    selection = chosen.draw(seed=SEED)
    del selection.panel["køn"]
    chances = chosen.probabilities
    chances.loc[:] = 0
    assert "køn" in selection.panel
    assert chosen.probabilities.sum() == pytest.approx(36)
