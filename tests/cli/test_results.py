"""The files of a run on the sample data, and what is said about it."""

from __future__ import annotations

import json
import platform
import re
from hashlib import sha256
from importlib.metadata import entry_points, version
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.cli.running import (
    DOCUMENTS,
    LISTS,
    SAMPLES,
    SEED,
    Outcome,
    Row,
    contents,
    rows_of,
    sortition,
    write_inputs,
)


def test_all_files_are_written_and_nothing_else(sample_folder: Path, outcome: Outcome) -> None:
    assert outcome.code == 0
    assert set(contents(sample_folder)) == {f"out/{name}" for name in LISTS | DOCUMENTS}


def test_what_is_said(outcome: Outcome, report: Any, manifest: Any) -> None:
    assert outcome.stderr == ""
    said = outcome.stdout
    assert said.startswith("36 people were drawn from 500.\n")
    for shown in (
        f"{manifest['ticket']:03d}",
        SEED,
        report["lottery_digest"],
        f"{report['selection_probability']['lowest_positive']:.4%}",
        f"{report['selection_probability']['highest']:.4%}",
        f"{report['certificate']['bound']:.4%}",
        f"{report['tickets']['largest_deviation']:.4%}",
        *LISTS,
        *DOCUMENTS,
    ):
        assert shown in said
    assert "made for this run" not in said
    assumed = said.partition("What was assumed:\n")[2]
    assert [line.strip() for line in assumed.splitlines()] == manifest["assumed"]


def test_the_manifest(manifest: Any, files: dict[str, bytes]) -> None:
    assert manifest == {
        "schema": "sortition-manifest/1",
        "inputs": {
            name: {
                "file": f"{name}.csv",
                "sha256": sha256((SAMPLES / f"{name}.csv").read_bytes()).hexdigest(),
            }
            for name in ("pool", "quotas")
        }
        | {"map": None, "rates": None, "seated": None},
        "options": {
            "size": 36,
            "objective": "leximin",
            "gamma": None,
            "id": None,
            "household": ["adresse", "postnummer"],
            "household_limit": 1,
            "pool_sheet": None,
            "quotas_sheet": None,
            "from_cpr": [],
            "age_on": None,
            "keep_cpr": False,
            "tickets": 1000,
            "solver": "highs",
            "time_limit": None,
            "mix": [],
            "language": "en",
        },
        "seed": SEED,
        "seed_given": True,
        "lottery_digest": sha256(files["lottery.json"]).hexdigest(),
        "ticket": manifest["ticket"],
        "complete": True,
        "assumed": manifest["assumed"],
        "versions": manifest["versions"],
        "same": manifest["same"],
        "lists": {"id_column": "deltager_id", "delimiter": ";"},
        "outputs": {
            name: sha256(files[name]).hexdigest()
            for name in (LISTS | DOCUMENTS) - {"manifest.json"}
        },
    }
    assert len(manifest["assumed"]) == 4
    solver = manifest["versions"].pop("solver")
    assert re.fullmatch(r"HiGHS \d+\.\d+\.\d+", solver)
    assert manifest["versions"] == {
        "python": platform.python_version(),
        **{name: version(name) for name in ("sortition", "pulp", "numpy")},
    }
    assert set(manifest["same"]) == {"everywhere", "with_these_versions"}
    assert "everybody’s chance" in manifest["same"]["everywhere"]
    assert "in whole numbers" in manifest["same"]["with_these_versions"]


def test_the_manifest_says_where_another_version_may_make_other_tickets(tmp_path: Path) -> None:
    # no row determines the chances of nash here, so that they are rounded
    kinds = ["f,young"] * 3 + ["f,old"] + ["m,young"] * 2 + ["m,old"] * 4
    pool = "".join(f"P{number},{kind}\n" for number, kind in enumerate(kinds))
    quotas = "".join(f"{row},2,2\n" for row in ("sex,f", "sex,m", "age,young", "age,old"))
    write_inputs(tmp_path, "id,sex,age\n" + pool, "feature,value,min,max\n" + quotas)
    options = ("--size", "4", "--objective", "nash", "--out", "out", "--quiet")
    done = sortition("select", "pool.csv", "quotas.csv", *options, cwd=tmp_path)
    assert done.code == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["same"]["with_these_versions"].startswith("Only the same versions")


def test_figures_are_as_exact_as_they_are_the_same_everywhere(files: dict[str, bytes]) -> None:
    figures = re.findall(rb"-?\d+\.\d+(?:e-?\d+)?", files["report.json"])
    assert len(figures) > 500
    assert all(float(figure) == round(float(figure), 9) for figure in figures)
    assert b"-0.0" not in figures


def test_the_lists_hold_people_as_they_came_and_no_contacts_of_others(
    files: dict[str, bytes], pool: list[Row]
) -> None:
    panel, others = rows_of(files["panel.csv"]), rows_of(files["not_selected.csv"])
    ours = sorted(pool, key=lambda row: row["deltager_id"])
    assert all(row["telefon"].startswith("+45 ") for row in ours)  # and no apostrophe
    drawn = {row["deltager_id"] for row in panel}
    assert panel == [row for row in ours if row["deltager_id"] in drawn]
    lives_at = {(row["adresse"], row["postnummer"]): row["deltager_id"] for row in panel}
    features = ("deltager_id", "køn", "aldersgruppe", "uddannelse", "bydel")
    assert others == [
        {name: row[name] for name in row if name in features}
        | {"address_taken_by": lives_at.get((row["adresse"], row["postnummer"]), "")}
        for row in ours
        if row["deltager_id"] not in drawn
    ]
    kept = json.loads(files["roster.json"])
    assert [dict(zip(kept["header"], one["row"], strict=True)) for one in kept["people"]] == pool
    assert any(row["address_taken_by"] for row in others)
    assert list(panel[0]) == list(pool[0])


def test_the_workbook_holds_the_same_panel(files: dict[str, bytes], pool: list[Row]) -> None:
    workbook = load_workbook(BytesIO(files["panel.xlsx"]))
    header, *rows = [tuple(row) for row in workbook.worksheets[0].iter_rows(values_only=True)]
    drawn = {row["deltager_id"] for row in rows_of(files["panel.csv"])}
    assert header == tuple(pool[0])
    assert rows == sorted(tuple(row.values()) for row in pool if row["deltager_id"] in drawn)


def test_the_page_is_whole_and_needs_no_network(
    files: dict[str, bytes], report: Any, manifest: Any
) -> None:
    page = files["report.html"].decode()
    digests = [manifest["inputs"][name]["sha256"] for name in ("pool", "quotas")]
    for shown in (SEED, report["lottery_digest"], f"{manifest['ticket']:03d}", *digests):
        assert shown in page
    for row in rows_of(files["panel.csv"]):
        assert f">{row['deltager_id']}<" in page
    assert not re.search(r"<script|<link|@import|url\(|(?:src|href)\s*=\s*[\"'](?!#)", page)


def test_the_command_is_installed() -> None:
    (script,) = entry_points(group="console_scripts", name="sortition")
    assert script.value == "sortition.cli:main"


def test_the_others_are_the_pool_of_the_next_draw(tmp_path: Path) -> None:
    people = [("+45 1", "f", "+60"), ("-", "m", "-30"), ("@x", "f", "-30"), ("=", "m", "+60")]
    pool = "id,phone,sex,age\n" + "".join(
        f"{sign}{number},{phone},{sex},{age}\n"
        for number, sign in enumerate("+-@=")
        for phone, sex, age in people
        for sign in [f"{sign}{phone[0]}{sex}"]
    )
    write_inputs(tmp_path, pool, "feature,value,min,max\nage,+60,1,1\nage,-30,1,1\n")
    options = ("quotas.csv", "--size", "2", "--seed", "1", "--quiet", "--out")
    assert sortition("select", "pool.csv", *options, "one", cwd=tmp_path).code == 0
    assert sortition("select", "one/not_selected.csv", *options, "two", cwd=tmp_path).code == 0
    written = (tmp_path / "two" / "panel.csv").read_text() + (
        tmp_path / "two" / "not_selected.csv"
    ).read_text()
    first = (tmp_path / "one" / "not_selected.csv").read_text().splitlines()
    assert set(first) == set(written.splitlines())
