"""The same files, options and seed give the same bytes, wherever and however they are run."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.budgets import LARGE
from tests.cli.running import (
    POOL,
    SAMPLE_OPTIONS,
    SAMPLES,
    as_process,
    contents,
    sortition,
    write_inputs,
)

Files = Mapping[str, bytes]

INPUTS = SAMPLES / "pool.csv", SAMPLES / "quotas.csv"
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "America/Nome", "LC_ALL": "da_DK.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "OPENBLAS_NUM_THREADS": "2", "PYTHONUTF8": "1"},
]


def select(inputs: tuple[Path, Path], folder: Path, *options: str, **changes: str) -> Files:
    arguments: tuple[str | Path, ...] = ("select", *inputs, *options, "--out", "out")
    if changes:
        done = as_process(*arguments, cwd=folder, **changes)
    else:
        done = sortition(*arguments, cwd=folder)
    assert done.code == 0, done.stderr
    return contents(folder / "out")


def timeless(files: Files) -> dict[str, object]:
    """The files without the seconds that a run took, and what follows from them."""
    report, manifest = json.loads(files["report.json"]), json.loads(files["manifest.json"])
    del report["seconds"]
    del manifest["outputs"]["report.json"], manifest["outputs"]["report.html"]
    others = {name: files[name] for name in files if name != "report.html"}
    return {**others, "report.json": report, "manifest.json": manifest}


@pytest.mark.parametrize("surroundings", SURROUNDINGS if LARGE else SURROUNDINGS[:1])
def test_other_surroundings(tmp_path: Path, files: Files, surroundings: dict[str, str]) -> None:
    again = select(INPUTS, tmp_path, *SAMPLE_OPTIONS, **surroundings)
    assert timeless(again) == timeless(files)


@pytest.mark.parametrize("order", [1, 2])
def test_another_order_of_rows(tmp_path: Path, files: Files, order: int) -> None:
    shuffled = []
    for name in ("pool.csv", "quotas.csv"):
        header, *rows = (SAMPLES / name).read_bytes().splitlines(keepends=True)
        random.Random(order).shuffle(rows)
        shuffled.append(b"".join([header, *rows]))
    again = select(write_inputs(tmp_path, *shuffled), tmp_path, *SAMPLE_OPTIONS)
    for name in ("lottery.json", "panel.csv", "panel.xlsx", "not_selected.csv"):
        assert again[name] == files[name]
    assert timeless(again)["report.json"] == timeless(files)["report.json"]


@pytest.mark.parametrize("form", ["{}_windows1252.csv", "{}.xlsx"])
def test_another_form_of_the_files(tmp_path: Path, files: Files, form: str) -> None:
    inputs = SAMPLES / form.format("pool"), SAMPLES / form.format("quotas")
    again = select(inputs, tmp_path, *SAMPLE_OPTIONS)
    assert again["lottery.json"] == files["lottery.json"]
    assert again["panel.xlsx"] == files["panel.xlsx"]
    assert timeless(again)["report.json"] == timeless(files)["report.json"]


def test_a_fresh_seed_is_shown_and_repeats_the_draw(tmp_path: Path) -> None:
    """The seed draws the ticket; the lottery is the same whatever the seed."""
    write_inputs(tmp_path)
    call = ("select", "pool.csv", "quotas.csv", "--size", "2", "--out")
    made = sortition(*call, "a", cwd=tmp_path)
    found = re.search(r"^Seed +(\d{20}) +\(made for this run\)$", made.stdout, re.MULTILINE)
    assert found
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_bytes())
    assert (manifest["seed"], manifest["seed_given"]) == (found[1], False)
    given = sortition(*call, "b", "--seed", found[1], cwd=tmp_path)
    other = sortition(*call, "c", cwd=tmp_path)
    assert (given.code, other.code) == (0, 0)
    assert found[1] in given.stdout
    assert found[1] not in other.stdout
    first, second, third = (contents(tmp_path / out) for out in "abc")
    assert second["panel.csv"] == first["panel.csv"]
    assert second["lottery.json"] == third["lottery.json"] == first["lottery.json"]


def test_a_pool_without_ids_is_numbered_and_says_so(tmp_path: Path) -> None:
    nameless = "\n".join(line.partition(",")[2] for line in POOL.splitlines())
    write_inputs(tmp_path, nameless)
    done = sortition("select", "pool.csv", "quotas.csv", "--size", "2", "--out", "o", cwd=tmp_path)
    assert done.code == 0
    assert "its rows were numbered 1 to 6" in done.stdout
    people = json.loads((tmp_path / "o" / "lottery.json").read_bytes())["people"]
    assert people == list("123456")
