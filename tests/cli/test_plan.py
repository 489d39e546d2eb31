"""Plans on the command line: the calculator, the strata, and the plan tried out."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import SAMPLES, contents, faults_said, sortition
from tests.cli.terminal import on_a_terminal, screen

QUOTAS = """\
feature,value,min,max
sex,f,4,6
sex,m,4,6
age,young,3,5
age,old,5,7
"""
RATES = "age,rate,population\nyoung,0.05,900\nold,0.10,1100\n"
REGISTRY = "sex,age,population\nf,young,450\nf,old,600\nm,young,450\nm,old,500\n"
PLAN = ("plan", "quotas.csv", "--size", "10", "--rates", "rates.csv")
TRIED = (*PLAN, "--registry", "registry.csv", "--trials", "13")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("quotas", QUOTAS), ("rates", RATES), ("registry", REGISTRY)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def answer(folder: Path, *arguments: str) -> Any:
    done = sortition(*arguments, "--json", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("needed", "rate", "method", "invitations"),
    [
        ("30", "0.03", "guaranteed", 1313),
        ("10", "0.01", "guaranteed", 1568),
        ("5", "2 %", "guaranteed", 456),
        ("100", "0,05", "guaranteed", 2331),
        ("3", "0.03", "guaranteed", 208),
        ("30", "0.03", "plain", 1000),
        ("30", "0.03", "beta-binomial", 2357),  # the fewest by scipy.stats.betabinom(n, 6, 194)
    ],
)
def test_the_calculator(
    tmp_path: Path, needed: str, rate: str, method: str, invitations: int
) -> None:
    figures = answer(
        tmp_path,
        *("plan", "--needed", needed, "--rate", rate),
        *("--confidence", "0.95", "--method", method),
    )
    assert next(iter(figures)) == "invitations"
    assert (figures["invitations"], figures["method"]) == (invitations, method)
    assert bool(figures["assumed"]) == (method == "beta-binomial")


def test_the_next_wave(tmp_path: Path) -> None:
    question = ("plan", "--needed", "40", "--prior", "6/194", "--invited", "1000", "--answered")
    figures = answer(tmp_path, *question, "12", "--method", "plain")
    assert (figures["invitations"], figures["needed"], figures["rate"]) == (1867, 28, 0.015)
    done = sortition(*question, "12", "--method", "plain", cwd=tmp_path)
    first, _, *why = done.stdout.splitlines()
    assert first == "1,867 more invitations"
    assert "12 of 1,000 have answered, so 28 of 40 answers are missing." in why[0]
    assert why[1].startswith("Why 1,867: 28 answers at a rate of 1.5% take 1,866.7 invitations")
    done = sortition(*question, "40", cwd=tmp_path)
    assert done.stdout.startswith("0 more invitations\n")
    assert "Why none: enough have answered." in done.stdout


def test_all_that_is_wrong_with_a_question(tmp_path: Path) -> None:
    done = sortition(
        *("plan", "--needed", "0", "--rate", "3", "--confidence", "0", "--answered", "2"),
        cwd=tmp_path,
    )
    assert [line.split(".")[0] for line in faults_said(done)] == [
        "A rate cannot be 3, more than everybody",
        "A confidence cannot be 0",
        "0 answers cannot be planned for",
        "2 answers cannot come from 0 invitations",
    ]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((), "--needed"),
        (("--needed", "3", "--rate", "0.1", "--size", "4"), "--size"),
        (("--needed", "3", "--rate", "0.1", "--method", "luck"), "--method"),
        (("quotas.csv", "--rate", "0.1"), "--size"),
        (("quotas.csv", "--size", "10"), "--rates"),
        (("quotas.csv", "--size", "10", "--rate", "0.1", "--needed", "3"), "--needed"),
        (("quotas.csv", "--size", "10", "--rate", "0.1", "--quiet"), "--quiet"),
        (("quotas.csv", "--size", "10", "--rate", "0.1", "--scheduler", "x"), "--scheduler"),
    ],
)
def test_what_makes_no_sense_is_a_matter_of_usage(
    folder: Path, options: tuple[str, ...], named: str
) -> None:
    done = sortition("plan", *options, cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    assert named in done.stderr


def test_strata_without_a_registry(folder: Path) -> None:
    figures = answer(folder, *PLAN)
    young, old = figures["strata"]
    assert (young["values"], young["seats"], young["needed"]) == ({"age": "young"}, 4.0, 12)
    assert (old["values"], old["seats"], old["needed"]) == ({"age": "old"}, 6.0, 18)
    # scipy.stats.binom.sf(11, 361, .05) and sf(17, 251, .1) are the first of at least .95
    assert (young["invitations"], old["invitations"]) == (361, 251)
    assert figures["invitations"] == 612
    assert figures["simulation"] is None
    said = sortition(*PLAN, cwd=folder).stdout
    assert said.startswith("612 invitations for a panel of 10; about 43 people will answer.\n")
    assert "Why 361 to young: 12 answers at 5.00% take 240 on average." in said


def test_a_plan_is_tried_out_and_written(folder: Path) -> None:
    before = contents(folder)
    done = sortition(*TRIED, "--out", "out", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    assert "Tried out 13 times" in done.stdout
    assert "Written: out: plan.html, plan.json, plan.csv" in done.stdout
    files = contents(folder / "out")
    assert set(files) == {"plan.html", "plan.json", "plan.csv"}
    document = json.loads(files["plan.json"])
    tried = document["simulation"]
    assert tried["trials"] == 13
    assert [point["part"] for point in tried["curve"]] == [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2]
    assert tried["quotas_met"] == tried["curve"][3]["quotas_met"]
    assert 0 < tried["lowest_chance"]["0.5"] <= 10 / tried["answers"]["0.05"]
    rows = list(csv.DictReader(files["plan.csv"].decode().splitlines()))
    assert [(row["age"], row["population"], row["invitations"]) for row in rows] == [
        ("young", "900", "361"),
        ("old", "1100", "251"),
    ]
    page = files["plan.html"].decode()
    assert "612 invitations for a panel of 10 people" in page
    assert "<script" not in page
    after = contents(folder)
    assert {name: after[name] for name in before} == before


def test_the_list_of_a_plan_is_a_table_of_rates(folder: Path) -> None:
    sortition(*PLAN, "--out", "out", cwd=folder)
    again = answer(folder, *PLAN[:-1], "out/plan.csv")
    assert again["invitations"] == 612


def test_where_letters_help_a_thin_quota_most(folder: Path) -> None:
    """Women are 450 of 900 young and 600 of 1,100 old people; the old answer twice as often."""
    (folder / "rates.csv").write_text("age,rate,population\nyoung,0.02,900\nold,0.04,1100\n")
    found = answer(folder, *TRIED, "--pool-factor", "1", "--method", "plain")
    helped = {
        (one["feature"], one["value"]): one["helped_by"] for one in found["simulation"]["too_few"]
    }
    assert helped
    wanted = {
        ("sex", "f"): (["old"], 100 * 0.04 * 600 / 1100),
        ("sex", "m"): (["old"], 100 * 0.04 * 500 / 1100),
        ("age", "young"): (["young"], 2.0),
        ("age", "old"): (["old"], 4.0),
    }
    for quota, best in helped.items():
        stratum, answers = wanted[quota]
        assert best["stratum"] == stratum
        assert best["answers_of_100_letters"] == pytest.approx(answers)


def test_quotas_on_what_no_registry_tells_are_not_tried(folder: Path) -> None:
    extra = "school,short,3,5\nschool,long,5,7\n"
    (folder / "quotas.csv").write_text(f"{QUOTAS}{extra}", encoding="utf-8")
    found = answer(folder, *TRIED)
    (folder / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
    without = answer(folder, *TRIED)
    assert found["simulation"] == without["simulation"]
    assert any("Nothing in the registry tells of “school”" in line for line in found["assumed"])
    (folder / "quotas.csv").write_text(QUOTAS.replace("age,", "alder,"), encoding="utf-8")
    done = sortition(*TRIED[:4], "--rate", "0.05", *TRIED[6:], cwd=folder)
    assert (done.code, "The plan needs “alder”" in done.stderr) == (2, True)


def test_where_the_trials_run_makes_no_difference(folder: Path) -> None:
    distributed = pytest.importorskip("distributed")
    here = answer(folder, *TRIED)
    assert answer(folder, *TRIED, "--workers", "2") == here
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        assert answer(folder, *TRIED, "--scheduler", cluster.scheduler_address) == here


def test_the_order_of_rows_makes_no_difference(folder: Path) -> None:
    figures = answer(folder, *TRIED)
    header, *rows = REGISTRY.splitlines()
    (folder / "registry.csv").write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    again = answer(folder, *TRIED)
    assert again["simulation"] == figures["simulation"]


def test_what_no_cpr_numbers_say_is_told(folder: Path) -> None:
    done = sortition(*TRIED, "--from-cpr", "alder", "--age-on", "2026-12-01", cwd=folder)
    (fault,) = faults_said(done)
    assert fault.startswith("No column holds CPR numbers")


def test_a_registry_is_read_through_a_map(folder: Path) -> None:
    figures = answer(folder, *TRIED)
    coded = "KOEN,gruppe,population\nk,1,450\nk,2,600\nm,1,450\nm,2,500\n"
    (folder / "registry.csv").write_text(coded, encoding="utf-8")
    (folder / "map.toml").write_text(
        '[columns]\nKOEN = "sex"\ngruppe = "age"\n'
        '[values.sex]\nk = "f"\n[values.age]\n1 = "young"\n2 = "old"\n'
    )
    again = answer(folder, *TRIED, "--map", "map.toml")
    assert again["simulation"] == figures["simulation"]
    assert again["inputs"]["map"]["file"] == "map.toml"
    done = sortition(*PLAN, "--map", "map.toml", cwd=folder)
    assert (done.code, "--map" in done.stderr) == (2, True)


def test_one_rate_for_everybody(folder: Path) -> None:
    figures = answer(folder, "plan", "quotas.csv", "--size", "10", "--rate", "0.05")
    (everybody,) = figures["strata"]
    assert (everybody["values"], everybody["needed"]) == ({}, 30)
    assert figures["invitations"] == everybody["invitations"] == 786  # by scipy.stats.binom


def test_quotas_that_can_never_be_met_are_a_no(folder: Path) -> None:
    (folder / "registry.csv").write_text(
        "sex,age,population\nf,young,450\nf,old,600\nm,young,2\nm,old,1\n", encoding="utf-8"
    )
    done = sortition(*TRIED, cwd=folder)
    assert (done.code, done.stderr) == (1, "")
    assert "All quotas could be met 0 times" in done.stdout
    assert "Too few for sex, m: 13 trials." in done.stdout


def test_a_next_wave_from_files(folder: Path) -> None:
    (folder / "rates.csv").write_text(
        "age,invited,answered\nyoung,300,8\nold,300,40\n", encoding="utf-8"
    )
    figures = answer(folder, *TRIED, "--next-wave", "--method", "plain")
    young, old = figures["strata"]
    assert (young["needed"], old["needed"], old["invitations"]) == (4, 0, 0)
    assert young["learnt"]
    assert 8 / 300 < young["rate"] < 48 / 600 < old["rate"] < 40 / 300
    assert figures["simulation"]["answers"]["0.05"] >= 48


def test_spellings_of_a_feature_without_quotas_of_its_own(folder: Path) -> None:
    """Quotas, rates and registry write the district in three ways."""
    (folder / "quotas.csv").write_text(
        QUOTAS + "combination,sex=f & district=10–20,2,10\n", encoding="utf-8"
    )
    (folder / "rates.csv").write_text(
        "district,rate\n10 - 20,0.1\nelsewhere,0.1\n", encoding="utf-8"
    )
    header, *rows = REGISTRY.splitlines()
    cross = [f"{row},{place}" for row in rows for place in ("10-20 år", "Elsewhere")]
    (folder / "registry.csv").write_text("\n".join([f"{header},district", *cross]))
    figures = answer(folder, *TRIED)
    assert [s["population"] for s in figures["strata"]] == [2000, 2000]
    assert figures["simulation"]["quotas_met"]["successes"] == 13
    assert figures["simulation"]["too_few"] == []


def test_all_faults_of_all_files_at_once(folder: Path) -> None:
    (folder / "quotas.csv").write_text(QUOTAS.replace("4,6", "7,6", 1), encoding="utf-8")
    (folder / "rates.csv").write_text("age,rate\nyoung,0\nold,\n", encoding="utf-8")
    (folder / "out").mkdir()
    (folder / "out" / "plan.csv").write_text("former", encoding="utf-8")
    done = sortition(
        *PLAN, "--registry", "gone.csv", "--trials", "0", "--out", "out", "--confidence", "7",
        cwd=folder,
    )  # fmt: skip
    found = "\n".join(faults_said(done))
    for part in (
        "already holds results: plan.csv",
        "A confidence cannot be 7",
        "cannot be tried out 0 times",
        "The minimum 7 is larger than the maximum 6",
        "There is no file gone.csv",
        "rates.csv, row 2, column rate: A rate cannot be 0",
        "rates.csv, row 3, column rate: This stratum has no rate",
    ):
        assert part in found
    assert (folder / "out" / "plan.csv").read_text(encoding="utf-8") == "former"


@pytest.mark.parametrize(
    ("rates", "options", "part"),
    [
        ("age,rate\nyoung,0.1\n", (), "The quotas have “old”, but no row is about it"),
        (
            "age,rate\nyoung,0.1\n",
            ("--registry", "registry.csv"),
            "No row is about “old”, though people in the registry belong there: 1,100",
        ),
        (
            "age,sex,rate\nyoung,f,0.1\nold,m,0.1\n",
            (),
            "How many people there are is not known for: young, f; old, m",
        ),
        (
            "age,rate\nyoung,0.1\nold,0.1\n",
            ("--next-wave",),
            "A next wave needs to know what came back",
        ),
        (
            "age,invited,answered,population\nyoung,10,1,9\nold,9,1,9\n",
            ("--next-wave",),
            "row 2: 10 people were invited, but the stratum has only 9",
        ),
        ("age,rate,population\nyoung,0.1,0\nold,0.1,0\n", (), "There is nobody to invite"),
        (
            "age,rate,population\nyoung,0.0000000001,1\nold,1,9\n",
            (),
            "No number of invitations brings in enough answers",
        ),
    ],
)
def test_strata_that_do_not_fit(
    folder: Path, rates: str, options: tuple[str, ...], part: str
) -> None:
    (folder / "rates.csv").write_text(rates, encoding="utf-8")
    (fault,) = faults_said(sortition(*PLAN, *options, cwd=folder))
    assert part in fault


def test_the_sample_in_danish(tmp_path: Path) -> None:
    done = sortition(
        *("plan", SAMPLES / "quotas.csv", "--size", "36"),
        *("--rates", SAMPLES / "response_rates.csv", "--registry", SAMPLES / "registry.csv"),
        *("--trials", "4", "--language", "da", "--out", "out", "--quiet"),
        cwd=tmp_path,
    )
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "out" / "plan.html").read_text(encoding="utf-8")
    assert "Invitationer efter gruppe" in page
    assert "60+ år, Lang videregående" in page


def test_names_from_files_stay_text(folder: Path) -> None:
    for name in ("quotas", "rates", "registry"):
        path = folder / f"{name}.csv"
        text = path.read_text(encoding="utf-8").replace("young", "=<b>young")
        path.write_text(text, encoding="utf-8")
    assert sortition(*TRIED, "--out", "out", "--quiet", cwd=folder).code == 0
    files = contents(folder / "out")
    assert b"<b>young" not in files["plan.html"]
    assert b"'=<b>young" in files["plan.csv"]


def test_progress_is_shown_and_wiped_away(folder: Path) -> None:
    done = on_a_terminal(*TRIED, cwd=folder)
    assert done.code == 0
    assert "Trying out the plan" in done.stderr
    assert "100%" in done.stderr
    assert screen(done.stderr) == ""
