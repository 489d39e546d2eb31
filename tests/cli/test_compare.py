"""The objectives side by side, on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from sortition.cli.show.compare import table
from tests.cli.bad_inputs import CASES
from tests.cli.running import SAMPLES, Outcome, contents, environment, sortition, write_inputs
from tests.cli.test_help import ASKED, options_of
from tests.cli.tiny import POOL, QUOTAS
from tests.steps.compare.compared import exact

OBJECTIVES = ["leximin", "maximin", "nash", "minimax", "goldilocks"]
RULES = [*OBJECTIVES, "uniform", "legacy"]
COMPARE = ("compare", "pool.csv", "quotas.csv", "--size", "3", "--draws", "500")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path, POOL, QUOTAS)
    return tmp_path


def test_the_table_through_a_pipe(folder: Path) -> None:
    before = contents(folder)
    done = sortition(*COMPARE, cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    header, *lines = done.stdout.splitlines()
    assert header.split() == [
        *("rule", "figures", "lowest", "highest", "geo.", "mean", "Gini", "none", "gap", "seconds")
    ]
    rows = {line.split()[0]: line.split()[1:] for line in lines[:7]}
    assert list(rows) == RULES
    assert rows["leximin"][:6] == ["exact", "25.000%", "62.500%", "30.646%", "0.194", "0"]
    assert rows["nash"][:6] == ["exact", "17.839%", "58.920%", "30.960%", "0.192", "0"]
    assert rows["minimax"][:6] == ["exact", "33.333%", "50.000%", "0.000%", "0.185", "1"]
    assert rows["uniform"][:6] == ["exact", "4.000%", "64.000%", "27.104%", "0.258", "0"]
    assert rows["legacy"][0] == "estim."
    assert lines[7].startswith("3 people from 9, 33.333% on average.")
    assert lines[8] == "uniform: exact, as all panels could be counted."
    assert lines[9].startswith("legacy: estimated from 500 panels, for which it was started 500 ")
    assert "  pool.csv, column id: This column was taken to tell people apart." in lines
    assert contents(folder) == before


def test_the_table_fits_a_terminal_of_eighty_columns() -> None:
    shown = StringIO()
    Console(file=shown, force_terminal=True, width=80, color_system=None).print(
        table(exact(), plain=False)
    )
    text = shown.getvalue()
    assert "…" not in text
    assert all(rule in text for rule in RULES)
    assert len([line for line in text.splitlines() if line.strip()]) == 9  # nothing is wrapped


def test_page_and_document_are_written_and_named(folder: Path) -> None:
    done = sortition(*COMPARE, "--out", "out", "--language", "da", cwd=folder)
    assert done.code == 0
    assert "Skrevet: out: compare.html, compare.json" in done.stdout
    files = contents(folder / "out")
    assert set(files) == {"compare.html", "compare.json"}
    assert "De chancer, som 7 regler giver 9 frivillige" in files["compare.html"].decode()
    document = json.loads(files["compare.json"])
    assert document["options"] == {
        "size": 3,
        "gamma": 1.0,
        "id": None,
        "household": [],
        "household_limit": None,
        "pool_sheet": None,
        "quotas_sheet": None,
        "from_cpr": [],
        "age_on": None,
        "keep_cpr": False,
        "tickets": 1000,
        "solver": "highs",
        "draws": 500,
        "language": "da",
    }
    assert document["assumed"] == [
        "pool.csv, column id: This column was taken to tell people apart."
    ]


@pytest.mark.parametrize("language", ["en", "da"])
def test_what_a_false_answer_gains_is_said_everywhere(tmp_path: Path, language: str) -> None:
    people = "".join(f"P{n},{'f' if n < 2 else 'm'}\n" for n in range(6))
    write_inputs(tmp_path, "id,sex\n" + people, "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n")
    rest = ("pool.csv", "quotas.csv", "--size", "2", "--draws", "10", "--manipulation")
    done = sortition("compare", *rest, "--language", language, "--out", "out", cwd=tmp_path)
    assert done.code == 0, done.stderr
    said = {
        "en": "leximin: all 2 lies tried; at most from 25.000% to 33.333% (sex: m → f)",
        "da": "leximin: alle 2 løgne prøvet; højst fra 25,000\u00a0% til 33,333\u00a0% (sex",
    }
    assert said[language] in done.stdout
    document = json.loads((tmp_path / "out" / "compare.json").read_bytes())
    assert [one["rule"] for one in document["manipulation"]] == OBJECTIVES
    for one in document["manipulation"]:
        assert one["best"]["changed"] == [["sex", "m", "f"]]
        assert one["best"]["lying"] == pytest.approx(1 / 3, abs=1e-6)
        assert (one["tried"], one["lies"], one["complete"]) == (2, 2, True)
    page = (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    assert page.count("sex: m → f") == 5


def test_a_former_comparison_is_only_replaced_with_leave(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "compare.json").write_text("former")
    (folder / "out" / "notes.txt").write_text("mine")
    refused = sortition(*COMPARE, "--out", "out", cwd=folder)
    assert (refused.code, refused.stdout) == (2, "")
    assert "already holds results: compare.json" in refused.stderr
    assert set(contents(folder / "out")) == {"compare.json", "notes.txt"}
    done = sortition(*COMPARE, "--out", "out", "--overwrite", "--quiet", cwd=folder)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    files = contents(folder / "out")
    assert set(files) == {"compare.html", "compare.json", "notes.txt"}
    assert files["compare.json"].startswith(b'{\n "schema": "sortition-comparison/1"')
    assert files["notes.txt"] == b"mine"


@pytest.mark.parametrize(
    "options",
    [("--quiet",), ("--draws", "0"), ("--solver", "luck"), ("--objective", "nash")],
    ids=" ".join,
)
def test_what_makes_no_sense_is_a_matter_of_usage(folder: Path, options: tuple[str, ...]) -> None:
    done = sortition(*COMPARE, *options, cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    assert options[0] in done.stderr


@pytest.mark.parametrize("name", ["cells of a pool", "cells of the quotas"])
def test_faults_are_those_of_select(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    write_inputs(tmp_path, case.pool, case.quotas)
    rest = ("pool.csv", "quotas.csv", "--size", "2", *case.options, "--out", "pool.csv")
    compared = sortition("compare", *rest, cwd=tmp_path)
    assert compared == sortition("select", *rest, cwd=tmp_path)
    assert compared.code == 2
    assert len(compared.stderr.splitlines()) == len(case.expected) + 2  # and the destination


@pytest.mark.parametrize("options", [("--tickets", "0"), ("--gamma", "-1")], ids=" ".join)
def test_rules_out_of_range_are_those_of_select(folder: Path, options: tuple[str, ...]) -> None:
    done = sortition(*COMPARE, *options, cwd=folder)
    assert done.code == 2
    select = sortition("select", *COMPARE[1:5], *options, cwd=folder)
    assert done == select


def test_quotas_that_no_panel_meets(tmp_path: Path) -> None:
    bounds = "".join(f"{feature},{value},1,1\n" for feature in "abc" for value in "01")
    write_inputs(
        tmp_path,
        "id,a,b,c\nP1,0,0,0\nP2,1,1,0\nP3,1,0,1\nP4,0,1,1\n",
        "feature,value,min,max\n" + bounds,
    )
    rest = ("pool.csv", "quotas.csv", "--size", "2", "--out", "out")
    done = sortition("compare", *rest, cwd=tmp_path)
    assert done == sortition("select", *rest, cwd=tmp_path)
    assert (done.code, done.stdout) == (1, "")
    assert not (tmp_path / "out").exists()


def test_asking_for_help_loads_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED, "compare", "--help"],
        cwd=tmp_path,
        env=environment(COLUMNS="200"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.split() == ["loaded:"]
    options = options_of(done.stdout)
    assert set(options) == {
        *("--size", "--gamma", "--id", "--household", "--household-limit", "--tickets", "--pdf"),
        *("--solver", "--draws", "--language", "--out", "--overwrite", "--quiet", "--help"),
        *("--map", "--pool-sheet", "--quotas-sheet", "--from-cpr", "--age-on", "--cpr-key"),
        *("--keep-cpr", "--project", "--rates", "--toward", "--manipulation", "--lies"),
        *("--seated", "--contacts"),
    }


@pytest.fixture(scope="module")
def sampled(
    short_searches: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Outcome, dict[str, Any]]:
    """A comparison of the sample data; its panels are too many to count."""
    folder = tmp_path_factory.mktemp("compared")
    inputs = SAMPLES / "pool.csv", SAMPLES / "quotas.csv"
    options = ("--size", "36", "--household", "adresse,postnummer", "--draws", "1000")
    done = sortition("compare", *inputs, *options, "--out", "out", cwd=folder)
    assert done.code == 0, done.stderr
    return done, json.loads((folder / "out" / "compare.json").read_bytes())


def test_each_objective_is_best_at_what_it_wants(
    sampled: tuple[Outcome, dict[str, Any]],
) -> None:
    _, document = sampled
    figures = {rule["rule"]: rule["selection_probability"] for rule in document["rules"]}
    assert list(figures) == RULES
    for name, best in figures.items():
        assert best["lowest_positive"] <= figures["leximin"]["lowest_positive"] + 1e-8, name
        assert best["highest"] >= figures["minimax"]["highest"] - 1e-8, name
        assert best["geometric_mean"] <= figures["nash"]["geometric_mean"] + 1e-8, name
        assert best["mean"] == pytest.approx(36 / 500, abs=1e-9)
    # 5 of the 137 people with a long education can sit, and leximin gives them as much as that
    assert figures["leximin"]["lowest"] == pytest.approx(5 / 137, abs=1e-8)
    assert figures["maximin"]["lowest"] == pytest.approx(5 / 137, abs=1e-8)
    assert figures["legacy"]["lowest"] < figures["uniform"]["lowest"] < 5 / 137


def test_what_is_not_exact_says_so(sampled: tuple[Outcome, dict[str, Any]]) -> None:
    done, document = sampled
    known = {rule["rule"]: rule["known"] for rule in document["rules"]}
    assert known == {
        **dict.fromkeys(OBJECTIVES, "exact"),
        "uniform": "approximate",
        "legacy": "estimated",
    }
    assert "uniform: approximate, from 512 random walks" in done.stdout
    assert "legacy: estimated from 1,000 panels" in done.stdout
    assert document["legacy"]["panels"] == 1000 <= document["legacy"]["attempts"]
    legacy = document["rules"][-1]
    for end in ("lowest", "highest"):
        assert legacy[end]["lower"] < legacy[end]["probability"] < legacy[end]["upper"]


def test_expected_seats_keep_the_quotas(sampled: tuple[Outcome, dict[str, Any]]) -> None:
    _, document = sampled
    for quota in document["quotas"]:
        assert list(quota["expected"]) == RULES
        for seats in quota["expected"].values():
            assert quota["lower"] - 1e-6 <= seats <= quota["upper"] + 1e-6
