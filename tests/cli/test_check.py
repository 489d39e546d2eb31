"""Quotas against population and pool, on the command line."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.cli.running import SAMPLES, Outcome, contents, faults_said, sortition, write_inputs

FILES = (SAMPLES / "pool.csv", SAMPLES / "quotas.csv")
SAMPLE = (*FILES, "--size", "36", "--household", "adresse,postnummer")
POPULATION = """\
kriterium;værdi;andel
køn;Kvinde;50,4
køn;Mand;49,6
aldersgruppe;16-29 år;30
aldersgruppe;30-44 år;20
aldersgruppe;45-59 år;25
aldersgruppe;60+ år;25
"""
FOUR = "id,a,b,home\nP1,x,u,A\nP2,x,v,B\nP3,y,u,A\nP4,y,u,A\n"
CLASH = "feature,value,min,max,min_flex,max_flex\na,x,2,2,2,2\na,y,0,2,,\nb,u,2,2,,\nb,v,0,2,,\n"
NEVER = "feature,value,min,max\na,x,2,2\na,y,0,2\nb,u,1,2\nb,v,1,2\n"


@pytest.fixture
def population(tmp_path: Path) -> Path:
    path = tmp_path / "population.csv"
    path.write_text(POPULATION, encoding="utf-8")
    return path


def check(folder: Path, *options: str | Path) -> Outcome:
    return sortition("check", "pool.csv", "quotas.csv", "--size", "2", *options, cwd=folder)


def test_files_that_were_swapped_are_told_once(tmp_path: Path) -> None:
    write_inputs(tmp_path)
    (said,) = faults_said(sortition("check", "quotas.csv", "pool.csv", "--size", "2", cwd=tmp_path))
    assert said.startswith("quotas.csv: This file has the quotas")


def test_the_verdict_of_the_samples_is_one_screen(tmp_path: Path, population: Path) -> None:
    done = sortition("check", *SAMPLE, "--population", population, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    first, *lines = done.stdout.splitlines()
    assert first == "FEASIBLE: a panel of 36 that meets the quotas can be drawn from 500."
    assert len(lines) < 40
    assert "  aldersgruppe, 16-29 år: 8–10 for a share worth 10.8 seats: 0.8 too few" not in lines
    assert "  aldersgruppe, 60+ år: 10–12 for a share worth 9.0 seats: 1.0 too many" in lines
    (row,) = [line for line in lines if line.lstrip().startswith("60+ år")]
    assert row.split()[2:] == ["25.0%", "9.0", "10–12", "199", "39.8%", "189", "-"]
    (row,) = [line for line in lines if "Lang videregående" in line]
    assert row.endswith("max 6: up to 4.38%")


def test_a_loosened_sample_keeps_what_was_said(tmp_path: Path) -> None:
    """With that one bound at 6 the fairest lottery gives no more than was foretold."""
    looser = tmp_path / "looser.csv"
    text = FILES[1].read_text(encoding="utf-8")
    assert "Lang videregående;3;5" in text
    looser.write_text(text.replace("Lang videregående;3;5", "Lang videregående;3;6"), "utf-8")
    rest = ("--size", "36", "--household", "adresse,postnummer", "--json")
    before = json.loads(sortition("check", *FILES, *rest, cwd=tmp_path).stdout)
    after = json.loads(sortition("check", FILES[0], looser, *rest, cwd=tmp_path).stdout)
    (told,) = [one["loosening"] for one in before["quotas"] if one["loosening"]]
    assert told["bound"] == "upper"
    assert before["chances"]["lowest"] < after["chances"]["lowest"] <= told["at_most"] + 1e-9


def test_quotas_without_a_pool(tmp_path: Path, population: Path) -> None:
    done = sortition(
        "check", "-", FILES[1], "--size", "36", "--population", population, cwd=tmp_path
    )
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == (
        "The quotas can add up to a panel of 36. There is no pool to check."
    )
    assert "can lose" not in done.stdout


def test_the_population_of_a_quota_file(tmp_path: Path) -> None:
    quotas = "feature,value,min,max,population\na,x,1,2,30\na,y,0,1,10\n"
    write_inputs(tmp_path, FOUR, quotas)
    done = sortition("check", "-", "quotas.csv", "--size", "2", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert document["inputs"]["population"]["file"] == "quotas.csv"
    assert document["quotas"][0]["population"] == {
        "share": 0.75,
        "seats": 1.5,
        "apart": 0.0,
        "verdict": "fits",
    }


def test_an_infeasible_pool_and_the_proposal(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, CLASH)
    done = check(tmp_path, "--write-relaxed", "relaxed.csv", "--out", "out")
    assert (done.code, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "NO PANEL of 2 from these 4 people meets the quotas."
    assert lines[2:4] == [
        "  a, x: at least 2 (in the pool: 2)",
        "  b, u: at least 2 (in the pool: 3)",
    ]
    assert lines[5] == "  b, u: 1 to 2 in place of 2 to 2"  # a, x may not move
    with (tmp_path / "relaxed.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["value"] for row in rows if row["changed"]] == ["u"]
    document = json.loads((tmp_path / "out" / "check.json").read_text(encoding="utf-8"))
    assert document["verdict"] == "infeasible"
    assert document["infeasible"]["change"] == [
        {"feature": "b", "value": "u", "min": 1, "max": 2, "min_before": 2, "max_before": 2}
    ]
    # the proposal does help, and is read like any quota file
    mended = sortition("check", "pool.csv", "relaxed.csv", "--size", "2", cwd=tmp_path)
    assert mended.code == 0


def test_nothing_is_proposed_beyond_flex_bounds(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, CLASH.replace("b,u,2,2,,", "b,u,2,2,2,2"))
    done = check(tmp_path, "--write-relaxed", "relaxed.csv")
    assert done.code == 1
    assert "No change within the flex bounds helps." in done.stdout
    assert "No relaxed quotas were written" in done.stdout
    assert not (tmp_path / "relaxed.csv").exists()


def test_who_can_never_be_selected_and_why(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, NEVER)
    lines = check(tmp_path).stdout.splitlines()
    number = lines.index("Can never be selected (2 people): P3, P4")
    assert lines[number + 1] == ("  because beside them there is no room for: a, x: at least 2")
    assert "On every panel, so that none is left if one of them withdraws: P1, P2" in lines
    assert "a, x: 2 volunteers for at least 2 seats: every one of them must sit" in lines


def test_all_faults_at_once_and_nothing_written(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR.replace("P2,x", "P1,x"), NEVER)
    (tmp_path / "population.csv").write_text("feature,value,share\na,x,50\na,z,50\n")
    before = contents(tmp_path)
    done = check(
        tmp_path, "--population", "population.csv", "--write-relaxed", "r.xlsx", "--out", "out"
    )
    faults = faults_said(done)
    assert len(faults) == 4
    assert any("r.xlsx" in fault for fault in faults)
    assert any("“P1” is also in row 2" in fault for fault in faults)
    assert any("no value “z”" in fault for fault in faults)
    assert any("no figure for “y”" in fault for fault in faults)
    assert contents(tmp_path) == before


def test_without_a_pool_there_is_nothing_to_relax(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, NEVER)
    done = sortition(
        "check", "-", "quotas.csv", "--size", "2", "--write-relaxed", "r.csv", cwd=tmp_path
    )
    assert "--write-relaxed" in faults_said(done)[0]


def test_former_results_are_kept(tmp_path: Path) -> None:
    write_inputs(tmp_path, FOUR, CLASH)
    options = ("--write-relaxed", "relaxed.csv", "--out", "out", "--quiet")
    assert check(tmp_path, *options).stdout == ""
    assert len(faults_said(check(tmp_path, *options))) == 2
    assert check(tmp_path, *options, "--overwrite").code == 1
    own = check(tmp_path, "--write-relaxed", "quotas.csv", "--overwrite")
    assert "quotas.csv" in faults_said(own)[0]


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    head, *people = FOUR.splitlines()
    top, *quotas = CLASH.splitlines()
    write_inputs(tmp_path, FOUR, CLASH)
    first = json.loads(check(tmp_path, "--json").stdout)
    turned = "\n".join([head, *reversed(people)]) + "\n"
    write_inputs(tmp_path, turned, "\n".join([top, *reversed(quotas)]) + "\n")
    second = json.loads(check(tmp_path, "--json").stdout)
    for document in (first, second):
        del document["inputs"]
    assert first == second


def test_other_columns_stay_out(tmp_path: Path) -> None:
    sortition("check", *SAMPLE, "--out", "out", cwd=tmp_path)
    written = contents(tmp_path / "out")
    assert set(written) == {"check.html", "check.json"}
    for data in written.values():
        assert b"Jytte" not in data
        assert b"example.org" not in data
        assert b"Strandvejen" not in data


@pytest.mark.parametrize(("language", "sign"), [("en", ","), ("da", ".")])
def test_thousands_are_parted_in_tables_and_sentences(
    tmp_path: Path, language: str, sign: str
) -> None:
    rows = "".join(f"P{n};{'f' if n % 2 else 'm'};{20 + n % 50}\n" for n in range(2400))
    (tmp_path / "pool.csv").write_text(f"id;sex;age\n{rows}")
    quotas = "sex;f;1;9\nsex;m;1;9\nage;20-39;1;9\nage;40-69;1;9\n"
    (tmp_path / "quotas.csv").write_text(f"feature;value;min;max\n{quotas}")
    (tmp_path / "map.toml").write_text('[bands.age]\ncolumn = "age"\nranges = ["20-39", "40-69"]\n')
    files = ("pool.csv", "quotas.csv", "--size", "10", "--map", "map.toml")
    done = sortition("check", *files, "--language", language, cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    said = re.sub("[0-9a-f]{64}", "", done.stdout)
    assert not re.search(r"\d{4}", said)
    assert f" 1{sign}440  60" in said
    assert f": 1{sign}440)" in said
    assert f" 2{sign}400." in said
