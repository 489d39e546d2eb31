"""Invitations on the command line: real processes on real files."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from openpyxl import load_workbook

from sortition.model import seed_hash, ticket
from tests.budgets import in_large
from tests.cli.running import (
    SAMPLES,
    SEED,
    Outcome,
    Row,
    contents,
    environment,
    faults_said,
    sortition,
)
from tests.cli.test_help import ASKED, options_of
from tests.registry.making import lowest, people, write_csv, write_parquet
from tests.steps.invite.test_codes import is_code

REGISTRY = SAMPLES / "registry.csv"
FILES = {
    *("invited.csv", "invited.xlsx", "letters.csv", "letters.xlsx"),
    *("report.json", "report.html", "manifest.json"),
}
PEOPLE = 12_005
TWO_STAGE = ("--size", "600", "--seed", "1", "--design", "two-stage", "--clusters", "bydel")


def invite(folder: Path, *options: str | Path, registry: Path = REGISTRY) -> Outcome:
    return sortition("invite", registry, *options, cwd=folder)


def rows_in(path: Path) -> list[Row]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";", strict=True))


def everybody() -> list[Row]:
    text = REGISTRY.read_bytes().decode("cp1252")
    return list(csv.DictReader(text.splitlines(), delimiter=";", strict=True))


def report_in(folder: Path) -> Any:
    return json.loads((folder / "report.json").read_bytes())


@pytest.fixture(scope="module")
def stratified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invite")
    done = invite(
        folder,
        *("--size", "600", "--seed", SEED, "--by", "bydel,aldersgruppe"),
        *("--channel", "digital_post", "--out", "out"),
    )
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith("600 were drawn from 12,005 people.")
    return folder / "out"


def test_the_lowest_tickets_of_each_stratum_are_drawn(stratified: Path) -> None:
    invited = {row["person_id"]: row for row in rows_in(stratified / "invited.csv")}
    rates = {
        tuple(row["values"]): (row["letters"], row["population"], row["last_ticket"])
        for row in report_in(stratified)["strata"]["rows"]
    }
    strata: dict[tuple[str, ...], list[str]] = {}
    for row in everybody():
        strata.setdefault((row["bydel"], row["aldersgruppe"]), []).append(row["person_id"])
    assert set(rates) == set(strata)
    assert sum(letters for letters, _, _ in rates.values()) == len(invited) == 600
    for values, ids in strata.items():
        letters, population, last = rates[values]
        assert population == len(ids)
        assert abs(letters - 600 * population / PEOPLE) < 1  # Hamilton keeps to the quota
        tickets = {id: ticket(id, seed=SEED, domain="invite/1") for id in ids}
        assert {id for id in ids if tickets[id] <= last} == set(ids) & set(invited)
        for id in set(ids) & set(invited):
            assert invited[id]["invited_ticket"] == tickets[id]
            assert abs(float(invited[id]["invited_probability"]) - letters / population) < 1e-7


def test_anybody_can_check_a_ticket_with_any_tool(stratified: Path) -> None:
    page = (stratified / "report.html").read_text(encoding="utf-8")
    row = rows_in(stratified / "invited.csv")[0]
    text = f"{seed_hash(SEED)}|invite/1|{row['person_id']}"
    assert text.replace(row["person_id"], "ID") in page
    assert sha256(text.encode()).hexdigest() == row["invited_ticket"]


def test_the_lists_are_whole(stratified: Path) -> None:
    assert {path.name for path in stratified.iterdir()} == FILES
    source = {row["person_id"]: row for row in everybody()}
    invited = rows_in(stratified / "invited.csv")
    assert [row["person_id"] for row in invited] == sorted(row["person_id"] for row in invited)
    for row in invited:
        assert row.items() >= source[row["person_id"]].items()
        assert row["invited_wave"] == "1"
    letters = rows_in(stratified / "letters.csv")
    assert [row["person_id"] for row in letters] == [row["person_id"] for row in invited]
    codes = {row["code"] for row in letters}
    assert len(codes) == 600
    assert all(map(is_code, codes))
    for name, rows in (("invited.xlsx", invited), ("letters.xlsx", letters)):
        sheet = load_workbook(BytesIO((stratified / name).read_bytes())).active
        assert sheet is not None
        assert [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)] == [
            list(rows[0]),
            *(list(row.values()) for row in rows),
        ]


def test_report_and_manifest_hold_figures_and_nobody(stratified: Path) -> None:
    invited = rows_in(stratified / "invited.csv")
    channels = Counter(row["digital_post"] for row in invited)
    report = report_in(stratified)
    assert report["channels"] == {
        "column": "digital_post",
        "letters": dict(sorted(channels.items())),
    }
    assert sum(one["people"] for one in report["chances"]) == PEOPLE
    mean = sum(one["people"] * Fraction(*one["chance"]) for one in report["chances"])
    assert mean == 600
    manifest = json.loads((stratified / "manifest.json").read_bytes())
    assert manifest["inputs"] == [
        {"file": "registry.csv", "sha256": sha256(REGISTRY.read_bytes()).hexdigest()}
    ]
    for name, digest in manifest["outputs"].items():
        assert sha256((stratified / name).read_bytes()).hexdigest() == digest
    assert set(manifest["outputs"]) == FILES - {"manifest.json"}
    codes = [row["code"] for row in rows_in(stratified / "letters.csv")]
    for name in ("report.json", "report.html", "manifest.json"):
        text = (stratified / name).read_text(encoding="utf-8")
        for row, code in zip(invited, codes, strict=True):
            for word in (row["person_id"], row["adresse"], code):
                assert word not in text


def test_waves_never_invite_twice(tmp_path: Path) -> None:
    lists: list[str] = []
    seen: set[str] = set()
    homes: set[tuple[str, str]] = set()
    for wave in (1, 2, 3):
        before = [part for name in lists for part in ("--not-again", name)]
        household = ("--household", "adresse,postnummer")
        size = ("--size", "400", "--seed", str(wave), "--out", f"w{wave}")
        done = invite(tmp_path, *size, *household, *before)
        assert done.code == 0, done.stderr
        rows = rows_in(tmp_path / f"w{wave}" / "invited.csv")
        own = {row["person_id"] for row in rows}
        doors = {(row["adresse"], row["postnummer"]) for row in rows}
        assert len(own) == len(doors) == 400
        assert not own & seen
        assert not doors & homes
        assert {row["invited_wave"] for row in rows} == {str(wave)}
        seen |= own
        homes |= doors
        lists.append(f"w{wave}/invited.csv")
    taken = invite(tmp_path, "--size", "9", "--seed", "1", "--wave", "3", "--not-again", lists[2])
    assert faults_said(taken) == [
        "Wave 3 was sent before. The next one is 4; leave --wave out to have it counted."
    ]


def test_households_have_unequal_chances_and_they_are_reported(tmp_path: Path) -> None:
    done = invite(
        tmp_path,
        *("--size", "500", "--seed", "1", "--household", "adresse,postnummer", "--out", "out"),
    )
    assert done.code == 0, done.stderr
    doors = Counter((row["adresse"], row["postnummer"]) for row in everybody())
    expected: Counter[Fraction] = Counter()
    for size in doors.values():
        expected[Fraction(500, len(doors)) / size] += size
    report = report_in(tmp_path / "out")
    assert {Fraction(*one["chance"]): one["people"] for one in report["chances"]} == expected
    assert report["registry"]["units"] == "addresses"
    assert report["registry"]["population"] == len(doors)
    for row in rows_in(tmp_path / "out" / "invited.csv"):
        chance = Fraction(500, len(doors)) / doors[row["adresse"], row["postnummer"]]
        assert abs(float(row["invited_probability"]) - chance) < 1e-8


def test_an_overlay_is_two_exact_strata(tmp_path: Path) -> None:
    done = invite(
        tmp_path, "--size", "600", "--seed", "1", "--overlay", "bydel=Østerlandet:20%", "--out", "o"
    )
    assert done.code == 0, done.stderr
    overlay = report_in(tmp_path / "o")["overlay"]
    inside = sum(row["bydel"] == "Østerlandet" for row in everybody())
    due = 120 + 480 * Fraction(inside, PEOPLE)
    assert overlay["inside"]["people"] == inside
    assert abs(overlay["inside"]["letters"] - due) < 1
    assert overlay["inside"]["letters"] + overlay["outside"]["letters"] == 600
    rates = Fraction(*overlay["inside"]["rate"]) / Fraction(*overlay["outside"]["rate"])
    assert Fraction(*overlay["ratio"]) == rates
    drawn = Counter(row["bydel"] for row in rows_in(tmp_path / "o" / "invited.csv"))
    assert drawn["Østerlandet"] == overlay["inside"]["letters"]


@pytest.mark.parametrize(
    "options", [("two-stage",), ("two-stage", "--cap", "0.2"), ("pps", "--cluster-count", "2")]
)
def test_clusters_first(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = invite(
        tmp_path,
        *("--size", "600", "--seed", "7", "--clusters", "bydel", "--out", "o"),
        *("--design", *options),
    )
    assert done.code == 0, done.stderr
    report = report_in(tmp_path / "o")
    drawn = Counter(row["bydel"] for row in rows_in(tmp_path / "o" / "invited.csv"))
    assert dict(drawn) == report["clusters"]["letters"]
    assert sum(drawn.values()) == 600
    assert report["chances"] == [{"chance": [120, 2401], "people": PEOPLE}]
    if "--cap" in options:
        sizes = Counter(row["bydel"] for row in everybody())
        assert all(5 * n <= sizes[name] for name, n in drawn.items())


def test_rates_and_deviations(tmp_path: Path) -> None:
    places = sorted({row["bydel"] for row in everybody()})
    sizes = Counter(row["bydel"] for row in everybody())
    rates = [Fraction(n, 100) for n in (2, 4, 8, 5, 10)]
    table = "\n".join(f"{place};{float(rate)}" for place, rate in zip(places, rates, strict=True))
    (tmp_path / "rates.csv").write_text(f"bydel;rate\n{table}\n", encoding="utf-8")
    (tmp_path / "deviations.csv").write_text(f"bydel;deviation\n{table}\n", encoding="utf-8")
    for design, file, weight in (
        (
            "response-adjusted",
            "--rates",
            [sizes[p] / r for p, r in zip(places, rates, strict=True)],
        ),
        ("neyman", "--deviations", [sizes[p] * r for p, r in zip(places, rates, strict=True)]),
    ):
        done = invite(
            tmp_path,
            *("--size", "700", "--seed", "1", "--by", "bydel", "--design", design),
            *(file, f"{file[2:]}.csv", "--out", design),
        )
        assert done.code == 0, done.stderr
        drawn = Counter(row["bydel"] for row in rows_in(tmp_path / design / "invited.csv"))
        for place, own in zip(places, weight, strict=True):
            assert abs(drawn[place] - 700 * own / sum(weight)) < 1


# --- the same bytes, however the work is split ---


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield str(cluster.scheduler_address)


@in_large  # tests of the registry hold the draw to it on every run
def test_partitions_and_clusters_give_identical_bytes(tmp_path: Path, scheduler: str) -> None:
    rows = people(1_500)
    (tmp_path / "key").write_text("0123456789abcdef" * 2)
    (tmp_path / "map.toml").write_text(
        '[columns]\nsted = "where"\n[bands.age]\ncolumn = "alder"\nranges = ["18-49", "50+"]\n'
        '[[drop]]\ncolumn = "post"\nequals = "brev"\nreason = "digital alone"\n'
    )
    runs = []
    for parts in (1, 7, 50):
        (tmp_path / str(parts)).mkdir()
        folder = write_parquet(tmp_path / str(parts) / "registry", rows, parts=parts, group=40)
        for number, extra in enumerate(((), ("--scheduler", scheduler), ("--workers", "2"))):
            if number == 2 and parts != 7:
                continue
            out = f"out-{parts}-{number}"
            done = sortition(
                *("invite", folder, "--size", "90", "--seed", SEED, "--by", "where,age"),
                *("--map", "map.toml", "--min-age", "30"),
                *("--household", "vej", "--channel", "post", "--key", "key", "--out", out),
                *extra,
                cwd=tmp_path,
            )
            assert (done.code, done.stderr) == (0, "")
            runs.append(contents(tmp_path / out))
    for run in runs:
        manifest = json.loads(run.pop("manifest.json"))
        first = json.loads(runs[0]["manifest.json"]) if "manifest.json" in runs[0] else manifest
        assert manifest["outputs"] == first["outputs"]
        assert run == {name: data for name, data in runs[0].items() if name != "manifest.json"}
    assert len(runs) == 7


def test_rows_in_another_order_give_the_same_people(tmp_path: Path) -> None:
    rows = people(800)
    for name, own in (("a", rows), ("b", rows[::-1])):
        write_csv(tmp_path / f"{name}.csv", own)
        options = ("--size", "70", "--seed", SEED, "--out", name)
        assert invite(tmp_path, *options, registry=tmp_path / f"{name}.csv").code == 0
    invited = [(tmp_path / name / "invited.csv").read_bytes() for name in "ab"]
    assert invited[0] == invited[1]
    assert [row["id"] for row in rows_in(tmp_path / "a" / "invited.csv")] == lowest(rows, 70)


KEEPERS = {"k1": slice(200), "k2": slice(200, 550), "k3": slice(550, 900)}


@pytest.mark.parametrize("household", [(), ("--household", "vej")])
def test_keepers_who_hand_over_drawn_rows_only(tmp_path: Path, household: tuple[str, ...]) -> None:
    rows = [{**row, "vej": f"Vej {number // 2}"} for number, row in enumerate(people(900))]
    write_csv(tmp_path / "all.csv", rows)
    drawing = ("--size", "120", "--by", "sted")
    for name, own in KEEPERS.items():
        write_csv(tmp_path / f"{name}.csv", rows[own])
        seeded = (*household, "--seed", SEED) if household else ()
        counts = ("--by", "sted", *seeded, "--counts-only", "--out", name)
        assert invite(tmp_path, *counts, registry=tmp_path / f"{name}.csv").code == 0
        assert {path.name for path in (tmp_path / name).iterdir()} == {"counts.json"}
    counted = [f"{name}/counts.json" for name in KEEPERS]
    done = sortition("invite", *counted, *drawing, "--out", "plan", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    allocated = ("--allocation", "plan/allocation.json", "--seed", SEED)
    for name, own in KEEPERS.items():
        options = (*allocated, *household, "--out", f"{name}/drawn")
        handed = invite(tmp_path, *options, registry=tmp_path / f"{name}.csv")
        assert handed.code == 0, handed.stderr
        assert "so this is a part of the registry" in handed.stdout
        assert len(rows_in(tmp_path / name / "drawn" / "invited.csv")) < len(rows[own])
    lists = [f"{name}/drawn/invited.csv" for name in KEEPERS]
    merged = sortition("invite", *lists, *allocated, "--out", "merged", cwd=tmp_path)
    assert merged.code == 0, merged.stderr
    options = (*drawing, *household, "--seed", SEED, "--out", "one")
    one = invite(tmp_path, *options, registry=tmp_path / "all.csv")
    assert one.code == 0, one.stderr
    together = (tmp_path / "merged" / "invited.csv").read_text(encoding="utf-8-sig")
    assert together == (tmp_path / "one" / "invited.csv").read_text(encoding="utf-8-sig")
    strata = [report_in(tmp_path / name)["strata"] for name in ("merged", "one")]
    assert strata[0] == strata[1]
    missing = sortition("invite", lists[0], *allocated, "--out", "none", cwd=tmp_path)
    assert "Give what every keeper drew, once, and all of it." in faults_said(missing)[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ids_that_begin_with_a_sign_come_back_from_the_keepers(tmp_path: Path, kind: str) -> None:
    rows = [
        {**row, "id": f"{'=+-@'[number % 4]}{number}", "sted": f"-{row['sted']}"}
        for number, row in enumerate(people(400))
    ]
    keepers = {"k1": rows[:150], "k2": rows[150:]}
    drawing = ("--size", "60", "--by", "sted")
    for name, own in keepers.items():
        write_csv(tmp_path / f"{name}.csv", own)
        counts = ("--by", "sted", "--counts-only", "--out", name)
        assert invite(tmp_path, *counts, registry=tmp_path / f"{name}.csv").code == 0
    counted = [f"{name}/counts.json" for name in keepers]
    assert sortition("invite", *counted, *drawing, "--out", "plan", cwd=tmp_path).code == 0
    allocated = ("--allocation", "plan/allocation.json", "--seed", SEED)
    for name in keepers:
        options = (*allocated, "--out", f"{name}/drawn")
        assert invite(tmp_path, *options, registry=tmp_path / f"{name}.csv").code == 0
    lists = [f"{name}/drawn/invited.{kind}" for name in keepers]
    merged = sortition("invite", *lists, *allocated, "--out", "merged", cwd=tmp_path)
    assert merged.code == 0, merged.stderr
    write_csv(tmp_path / "all.csv", rows)
    whole = (*drawing, "--seed", SEED, "--out", "one")
    assert invite(tmp_path, *whole, registry=tmp_path / "all.csv").code == 0
    together, one = (
        (tmp_path / name / "invited.csv").read_text(encoding="utf-8-sig").replace(";", ",")
        for name in ("merged", "one")
    )
    assert together == one
    signs = {row["id"][:2] for row in rows_in(tmp_path / "one" / "invited.csv")}
    assert signs == {"'=", "'+", "'-", "'@"}


# --- bad input ---


def test_cpr_numbers_need_a_key(tmp_path: Path) -> None:
    rows = people(60)
    for number, row in enumerate(rows):
        row["id"] = f"{number % 28 + 1:02d}0{number % 9 + 1}80{1000 + number}"
    registry = write_csv(tmp_path / "r.csv", rows)
    options = ("--size", "20", "--seed", SEED, "--out", "out")
    (fault,) = faults_said(invite(tmp_path, *options, registry=registry))
    assert fault.startswith("r.csv, column id: These ids look like CPR numbers.")
    (tmp_path / "short").write_text("secret")
    refused = invite(tmp_path, *options, "--key", "short", registry=registry)
    assert "This secret is too short" in faults_said(refused)[0]
    (tmp_path / "even").write_text("a" * 39)
    refused = invite(tmp_path, *options, "--key", "even", registry=registry)
    assert "says one short thing again and again" in faults_said(refused)[0]
    (tmp_path / "key").write_text("0123456789abcdef" * 2 + "\n")
    (fault,) = faults_said(invite(tmp_path, *options, "--key", "key", registry=registry))
    assert "the lists of the invited would hold them" in fault
    assert not (tmp_path / "out").exists()
    keyed = ("--key", "key", "--keep-cpr")
    assert invite(tmp_path, *options, *keyed, registry=registry).code == 0
    for row in rows_in(tmp_path / "out" / "invited.csv"):
        own = ticket(row["invited_pseudonym"], seed=SEED, domain="invite/1")
        assert row["invited_ticket"] == own
    twice = write_csv(tmp_path / "twice.csv", [*rows, rows[0]])
    again = (*options, "--out", "twice", "--key", "key")
    assert faults_said(invite(tmp_path, *again, registry=twice)) == [
        "twice.csv, row 62, column id: The id is also in twice.csv, row 2. "
        "Remove one of the two rows, or correct the id."
    ]
    manifest = (tmp_path / "out" / "manifest.json").read_text()
    assert "0123456789abcdef" not in manifest
    assert json.loads(manifest)["options"]["pseudonyms"] is True


def test_cpr_numbers_stay_out_of_the_lists_unasked(tmp_path: Path) -> None:
    rows = [
        {**row, "personnummer": f"{n % 28 + 1:02d}0{n % 9 + 1}80-{1000 + n}"}
        for n, row in enumerate(people(60))
    ]
    registry = write_csv(tmp_path / "r.csv", rows)
    options = ("--size", "20", "--seed", SEED)
    without = invite(tmp_path, *options, "--out", "without", registry=registry)
    assert (without.code, without.stderr) == (0, "")
    assert "personnummer" in without.stdout
    for content in contents(tmp_path / "without").values():
        assert not re.search(rb"\d{6}-\d{4}", content)
    kept = invite(tmp_path, *options, "--out", "kept", "--keep-cpr", registry=registry)
    assert kept.code == 0
    drawn = [rows_in(tmp_path / name / "invited.csv") for name in ("without", "kept")]
    assert [row["id"] for row in drawn[0]] == [row["id"] for row in drawn[1]]
    assert all(re.fullmatch(r"\d{6}-\d{4}", row["personnummer"]) for row in drawn[1])


def test_all_faults_at_once(tmp_path: Path) -> None:
    done = invite(tmp_path, *("--size", "0", "--seed", "", "--by", "nope,bydel", "--channel", "zz"))
    faults = faults_said(done)
    assert len(faults) == 4
    assert "There cannot be 0 letters. Give 1 or more." in faults
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--size", "9"), "--seed is missing: simple needs it."),
        (("--size", "99999", "--seed", "1"), "There are 99,999 letters for 12,005"),
        (("--size", "9", "--seed", "1", "--cap", "1"), "--cap has no place with simple."),
        (("--size", "9", "--seed", "1", "--overlay", "bydel"), "“bydel” is not an overlay."),
        (("--size", "9", "--seed", "1", "--overlay", "bydel=x:0.2"), "Either nobody or everybody"),
        (
            (*TWO_STAGE, "--cap", "0.01"),
            "With this cap 5 clusters cannot take the letters",
        ),
        (
            (*TWO_STAGE, "--cluster-count", "1"),
            "Give at least 2 with --cluster-count",
        ),
        (("--size", "9", "--seed", "1", "--not-again", "none.csv"), "There is no file none.csv."),
        (("--size", "9", "--seed", "1", "--allocation", "none"), "--size has no place with"),
        (("--size", "9", "--seed", "1", "--scheduler", "tcp://127.0.0.1:1"), "No Dask scheduler"),
    ],
)
def test_options_that_cannot_be_carried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], words: str
) -> None:
    monkeypatch.setattr("sortition.registry.engines.PATIENCE", "100ms")
    assert words in "\n".join(faults_said(invite(tmp_path, *options)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("bydel;rate\nMidtbyen;5 %\n", "“Åparken” has no rate in this table."),
        ("bydel;rate\nMidtbyen;0\n", "A rate cannot be 0"),
        ("bydel;rate\nMidtbyen;120 %\n", "A rate cannot be 120 %"),
    ],
)
def test_rates_that_are_none(tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "rates.csv").write_text(table, encoding="utf-8")
    design = ("--by", "bydel", "--design", "response-adjusted", "--rates", "rates.csv")
    done = invite(tmp_path, "--size", "9", "--seed", "1", *design)
    assert words in "\n".join(faults_said(done))


def test_a_stratum_that_is_too_small(tmp_path: Path) -> None:
    rows = people(300)
    for number, row in enumerate(rows):
        row["sted"] = "lille" if number < 5 else "stor"
    registry = write_csv(tmp_path / "r.csv", rows)
    overlay = ("--overlay", "sted=lille:50%", "--size", "60", "--seed", "1")
    done = invite(tmp_path, *overlay, "--out", "out", registry=registry)
    assert faults_said(done)[0].startswith("“overlay” is due 31 letters but has only 5")
    for short, letters in (("take-all", 34), ("reallocate", 60)):
        done = invite(tmp_path, *overlay, "--short", short, "--out", short, registry=registry)
        assert done.code == 0, done.stderr
        assert len(rows_in(tmp_path / short / "invited.csv")) == letters
        assert ("fewer than asked for" in done.stdout) == (short == "take-all")


def test_ids_twice_and_blank(tmp_path: Path) -> None:
    rows = people(40)
    rows[30]["id"] = rows[3]["id"]
    rows[20]["id"] = ""
    registry = write_csv(tmp_path / "r.csv", rows)
    done = invite(tmp_path, "--size", "9", "--seed", "1", registry=registry)
    assert faults_said(done) == [
        "r.csv, row 22, column id: This person has no id. Fill it in.",
        "r.csv, row 32, column id: The id “P00003” is also in r.csv, row 5. "
        "Remove one of the two rows, or correct the id.",
    ]


def test_cells_that_a_spreadsheet_would_compute(tmp_path: Path) -> None:
    rows = people(10)
    for row in rows:
        row["navn"] = "=1+1"
    registry = write_csv(tmp_path / "r.csv", rows)
    assert invite(tmp_path, "--size", "9", "--seed", "1", "--out", "o", registry=registry).code == 0
    for name in ("invited.csv", "letters.csv"):
        assert {row["navn"] for row in rows_in(tmp_path / "o" / name)} == {"'=1+1"}


def test_a_former_result_is_kept(tmp_path: Path) -> None:
    options = ("--size", "9", "--seed", "1", "--out", "o")
    assert invite(tmp_path, *options).code == 0
    before = contents(tmp_path)
    assert "already holds results" in faults_said(invite(tmp_path, *options))[0]
    assert contents(tmp_path) == before
    assert invite(tmp_path, *options, "--overwrite", "--quiet").stdout == ""


def test_asking_for_help_loads_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED, "invite", "--help"],
        cwd=tmp_path,
        env=environment(COLUMNS="200"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.split() == ["loaded:"]
    for name, words in options_of(done.stdout).items():
        assert re.match(r"\w.*\w.*\.", words), name


def test_the_page_in_danish(tmp_path: Path) -> None:
    options = ("--size", "9", "--seed", "1", "--language", "da", "--out", "o")
    assert invite(tmp_path, *options).code == 0
    page = (tmp_path / "o" / "report.html").read_text(encoding="utf-8")
    assert "9 invitationer udtrukket blandt 12.005 personer" in page
    assert "<script" not in page
