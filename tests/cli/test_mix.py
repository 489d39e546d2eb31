"""Pairs of features that every ticket is to mix: asked for, stated, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import sortition, write_inputs

POOL = "id,gender,age\n" + "".join(
    f"P{number:02},{gender},{age}\n"
    for number, (gender, age) in enumerate(
        (gender, age) for _ in range(3) for gender in ("female", "male") for age in ("young", "old")
    )
)
QUOTAS = """\
feature,value,min,max
gender,female,2,2
gender,male,2,2
age,young,2,2
age,old,2,2
"""
ASKED = ("select", "pool.csv", "quotas.csv", "--size", "4", "--tickets", "60", "--seed", "1")


def test_the_same_whatever_the_order_of_rows_and_features(tmp_path: Path) -> None:
    header, *rows = POOL.splitlines()
    lotteries = []
    for name, mix, pool in (
        ("one", "gender×age", POOL),
        ("other", "all", "\n".join([header, *reversed(rows)])),
    ):
        folder = tmp_path / name
        folder.mkdir()
        write_inputs(folder, pool=pool, quotas=QUOTAS)
        outcome = sortition(*ASKED, "--tickets", "1000", "--mix", mix, cwd=folder)
        assert outcome.code == 0, outcome.stderr
        assert sortition("verify", "selection", cwd=folder).code == 0
        manifest = json.loads((folder / "selection" / "manifest.json").read_bytes())
        assert manifest["options"]["mix"] == [["age", "gender"]]
        lotteries.append((folder / "selection" / "lottery.json").read_bytes())
    assert lotteries[0] == lotteries[1]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "The tickets were also to mix these features: age×gender. On an average ticket, 4.0 of "
            "their 4 combinations are less than one seat from their average.",
        ),
        (
            "da",
            "Lodderne skulle også blande disse træk: age×gender. På et gennemsnitligt lod ligger "
            "4,0 af deres 4 kombinationer mindre end én plads fra deres gennemsnit.",
        ),
    ],
)
def test_the_report_says_how_well(tmp_path: Path, language: str, sentence: str) -> None:
    write_inputs(tmp_path, pool=POOL, quotas=QUOTAS)
    outcome = sortition(*ASKED, "--mix", "all", "--language", language, cwd=tmp_path)
    assert outcome.code == 0, outcome.stderr
    page = (tmp_path / "selection" / "report.html").read_text(encoding="utf-8")
    assert sentence in page


def test_without_it_the_report_says_nothing(tmp_path: Path) -> None:
    write_inputs(tmp_path, pool=POOL, quotas=QUOTAS)
    assert sortition(*ASKED, cwd=tmp_path).code == 0
    page = (tmp_path / "selection" / "report.html").read_text(encoding="utf-8")
    assert "also to mix" not in page


@pytest.mark.parametrize("mix", ["gender×height", "gender", "gender×gender", ""])
def test_what_is_no_pair_is_told_and_nothing_written(tmp_path: Path, mix: str) -> None:
    write_inputs(tmp_path, pool=POOL, quotas=QUOTAS)
    outcome = sortition(*ASKED, "--mix", mix, cwd=tmp_path, width=200)
    assert outcome.code == 2
    assert f"“{mix}” is no pair of features to mix." in " ".join(outcome.stderr.split())
    assert "age×gender" in outcome.stderr
    assert not (tmp_path / "selection").exists()


def test_a_published_lottery_is_mixed_too(tmp_path: Path) -> None:
    write_inputs(tmp_path, pool=POOL, quotas=QUOTAS)
    published = sortition(
        *("lottery", "pool.csv", "quotas.csv", "--size", "4", "--tickets", "60"),
        *("--mix", "age x gender", "--assembly", "A", "--organiser", "B"),
        *("--few-tickets", "a test", "--source", "drawn"),
        cwd=tmp_path,
    )
    assert published.code == 0, published.stderr
    drawn = sortition("draw", "lottery", "--drawn", "07", cwd=tmp_path)
    assert drawn.code == 0, drawn.stderr
    pages = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("report.html")]
    assert pages
    assert all("also to mix these features: age×gender" in page for page in pages)
