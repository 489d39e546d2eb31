"""A data set without personal data: the same lottery, of people whom nobody can name."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from sortition.instance.inputs import Inputs
from sortition.steps.dataset.run import DatasetOptions, make_dataset
from tests.cli.running import sortition, write_inputs

POOL = """\
id,name,gender,age,street
01,Ada,kvinde,16-29,Elm 1
02,Bea,kvinde,60+,Elm 2
03,Cyd,mand,16-29,Elm 1
04,Dan,mand,60+,Elm 2
05,Eve,kvinde,60+,Elm 3
06,Fin,mand,16-29,
07,Gry,kvinde,16-29,Elm 9
"""
QUOTAS = """\
feature,value,min,max,penalty
gender,kvinde,1,2,
gender,mand,1,2,3
age,16-29,1,2,
age,60+,1,2,
combination,gender=kvinde & age=60+,0,1,
"""
SIZE = ("--size", "3")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _dataset(folder: Path, *options: str) -> str:
    write_inputs(folder, POOL, QUOTAS)
    given = (*SIZE, "--household", "street", "--out", "dataset")
    done = sortition("dataset", "pool.csv", "quotas.csv", *given, *options, cwd=folder)
    assert done.code == 0, done.stderr
    return done.stdout


def test_nothing_is_left_that_names_anybody(tmp_path: Path) -> None:
    said = _dataset(tmp_path)
    written = "".join(path.read_text() for path in (tmp_path / "dataset").iterdir())
    for word in ("Ada", "Elm", "kvinde", "16-29", "gender", "street", "name", "01,"):
        assert word not in written
    pool = _rows(tmp_path / "dataset" / "pool.csv")
    assert list(pool[0]) == ["id", "feature 1", "feature 2", "household"]
    assert [row["id"] for row in pool] == [f"p{n}" for n in range(1, 8)]
    assert "1 of 7 people are the only ones" in said  # Dan


def test_the_same_chances_come_out_of_it(tmp_path: Path) -> None:
    said = _dataset(tmp_path)
    (line,) = (line for line in said.splitlines() if line.startswith("Next"))
    _, _, *again = line.split()
    chances = []
    commands = [again, ["select", "pool.csv", "quotas.csv", *SIZE, "--household", "street"]]
    for number, command in enumerate(commands):
        out = ("--out", f"out{number}", "--seed", "1", "--quiet")
        assert sortition(*command, *out, cwd=tmp_path).code == 0
        report = json.loads((tmp_path / f"out{number}" / "report.json").read_bytes())
        chances.append(sorted(person["probability"] for person in report["people"]))
    assert chances[0] == chances[1]


def test_names_of_features_and_values_can_stay(tmp_path: Path) -> None:
    _dataset(tmp_path, "--labels")
    pool, quotas = (_rows(tmp_path / "dataset" / f"{name}.csv") for name in ("pool", "quotas"))
    assert Counter(row["gender"] for row in pool) == {"kvinde": 4, "mand": 3}
    assert [row["value"] for row in quotas if row["feature"] == "combination"] == [
        "gender=kvinde & age=60+"
    ]
    homes = Counter(row["household"] for row in pool)
    assert sorted(homes.values()) == [2, 2, 3] and homes[""] == 3


@pytest.mark.parametrize("seed", range(3))
def test_the_order_comes_of_chance_alone(tmp_path: Path, seed: int) -> None:
    write_inputs(tmp_path, POOL, QUOTAS)
    reverse = [POOL.splitlines()[0], *reversed(POOL.splitlines()[1:])]
    (tmp_path / "other.csv").write_text("\n".join(reverse), encoding="utf-8")
    written = []
    for name in ("pool.csv", "other.csv"):
        inputs = Inputs(pool=tmp_path / name, quotas=tmp_path / "quotas.csv", panel_size=3)
        options = DatasetOptions(
            inputs=inputs, labels=True, out=tmp_path / name[0], overwrite=False
        )
        make_dataset(options, chance=Random(seed))
        written.append((options.out / "pool.csv").read_bytes())
    assert written[0] == written[1]
