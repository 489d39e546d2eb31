"""Quotas from population figures, as a process."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.instance.quotas.reading import read_quota_sheet
from sortition.steps.quotas.apportioned import Apportionment, MethodName, apportioned
from sortition.steps.quotas.statistics.file import FeatureCount
from tests.cli.running import ROOT, SAMPLES, contents, faults_said, sortition
from tests.pages.reading import Page

FIGURES = SAMPLES / "folketal.csv", SAMPLES / "uddannelse_bydel.csv"
BANDS = ("--ages", "16-29,30-44,45-59,60+")
AS_THE_POOL = tuple(
    word
    for name in ("KØN=køn", "Mænd=Mand", "Kvinder=Kvinde", "ALDER=aldersgruppe")
    for word in ("--name", name)
)
BALINSKI_YOUNG = "feature,value,population\n" + "".join(
    f"state,{name},{people}\n"
    for name, people in zip("abcde", (9061, 7179, 5259, 3319, 1182), strict=True)
)


@pytest.fixture
def states(tmp_path: Path) -> Path:
    path = tmp_path / "states.csv"
    path.write_text(BALINSKI_YOUNG)
    return path


@pytest.mark.parametrize(
    ("method", "seats"), [("hamilton", [9, 7, 5, 4, 1]), ("sainte-lague", [9, 8, 5, 3, 1])]
)
def test_known_apportionments(states: Path, method: str, seats: list[int]) -> None:
    options = ("--size", "26", "--method", method, "--width", "0", "--out", "q.csv")
    done = sortition("quotas", states, *options, cwd=states.parent)
    assert done.code == 0, done.stderr
    quotas = read_quota_sheet(states.parent / "q.csv").quotas
    assert [(row.value, row.lower, row.upper) for row in quotas.rows] == [
        (name, seat, seat) for name, seat in zip("abcde", seats, strict=True)
    ]


def test_the_quotas_of_the_samples_draw_a_panel(tmp_path: Path) -> None:
    options = ("--size", "36", *BANDS, *AS_THE_POOL, "--out", "new/quotas.csv")
    made = sortition("quotas", *FIGURES, *options, cwd=tmp_path)
    assert made.code == 0, made.stderr
    quotas = read_quota_sheet(tmp_path / "new" / "quotas.csv").quotas
    by_hand = read_quota_sheet(SAMPLES / "quotas.csv").quotas
    assert quotas.features == by_hand.features
    for feature in quotas.features:
        # both stand around the share of the registry
        for ours, theirs in zip(quotas.of(feature), by_hand.of(feature), strict=True):
            assert ours.value == theirs.value.removesuffix(" år")
            assert abs(ours.lower - theirs.lower) <= 1
            assert abs(ours.upper - theirs.upper) <= 1
            assert ours.upper - ours.lower == 2
    drawn = sortition(
        *("select", SAMPLES / "pool.csv", "new/quotas.csv", "--size", "36", "--seed", "1"),
        *("--household", "adresse,postnummer", "--out", "panel", "--quiet"),
        cwd=tmp_path,
    )
    assert (drawn.code, drawn.stderr) == (0, "")


def test_a_page_sets_the_seats_beside_the_population(tmp_path: Path) -> None:
    written = ("--out", "new/q.csv", "--page", "new/q.html", "--language", "da")
    done = sortition("quotas", *FIGURES, "--size", "36", *BANDS, *written, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert set(contents(tmp_path)) == {"new/q.csv", "new/q.html"}
    html = (tmp_path / "new" / "q.html").read_text(encoding="utf-8")
    page = Page(html)
    danish = tmp_path / "new" / "q.csv"
    assert danish.read_text(encoding="utf-8-sig").startswith(
        "kriterium;værdi;min;max;befolkning;andel;pladser\n"
    )
    english = sortition(
        *("quotas", *FIGURES, "--size", "36", *BANDS, "--out", "q.csv"), cwd=tmp_path
    )
    assert english.code == 0, english.stderr
    read = read_quota_sheet(danish)
    assert read.quotas == read_quota_sheet(tmp_path / "q.csv").quotas
    # what the picture says in words, and the table behind it
    assert "Midtbyen 33,0\u00a0% af befolkningen; 12 pladser; kvote 11 til 13" in page.words
    assert "Midtbyen 3.962 33,0\u00a0% 11,9 12 11–13" in page.words
    assert html.count('class="bars"') == 16
    assert "aldre 16-29, 30-44, 45-59, 60+, 3.829 personer i andre aldre udeladt" in page.words


def test_a_page_is_named_as_one_and_nothing_is_written(states: Path) -> None:
    before = contents(states.parent)
    call = ("quotas", states, "--size", "26", "--out", "q.csv", "--page", "q.csv")
    (fault,) = faults_said(sortition(*call, cwd=states.parent))
    assert "Give a name that ends in .html" in fault
    assert contents(states.parent) == before


def test_the_file_says_where_its_figures_come_from(tmp_path: Path) -> None:
    done = sortition("quotas", *FIGURES, "--size", "36", *BANDS, "--out", "q.csv", cwd=tmp_path)
    written = (tmp_path / "q.csv").read_text(encoding="utf-8-sig").splitlines()
    notes = [line.strip('"') for line in written if line.strip('"').startswith("# ")]
    assert written[-3:] == [line for line in written if line.strip('"').startswith("# ")]
    assert "Sainte-Laguë" in notes[0]
    assert "earlier name" in notes[0]
    assert "1 below and above" in notes[0]
    for words in ("folketal.csv", "Skovby", "2025K2", "16-29, 30-44", "3,829 people"):
        assert words in notes[1]
    for path, note in zip(FIGURES, notes[1:], strict=True):
        assert sha256(path.read_bytes()).hexdigest() in note
    for note in notes:
        assert note.removeprefix("# ") in done.stdout


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        options = ("--size", "36", *BANDS, "--out", f"{seed}.csv", "--quiet")
        done = sortition("quotas", *FIGURES, *options, cwd=tmp_path, PYTHONHASHSEED=seed)
        assert (done.code, done.stdout, done.stderr) == (0, "", "")
    first, second = contents(tmp_path).values()
    assert first == second


@given(
    people=st.dictionaries(st.text("abcæø", max_size=2), st.fractions(0, 40), min_size=2).filter(
        lambda people: any(people.values())
    ),
    size=st.integers(1, 30),
    width=st.integers(0, 3),
    method=st.sampled_from(["hamilton", "sainte-lague"]),
    shuffled=st.randoms(use_true_random=False),
)
def test_quotas_leave_room_for_the_panel_whatever_the_order(
    people: dict[str, Fraction], size: int, width: int, method: MethodName, shuffled: Random
) -> None:
    rule = Apportionment(panel_size=size, method=method, width=width)
    lines = list(apportioned(FeatureCount(feature="f", people=people, file=""), rule))
    assert sum(line.lower for line in lines) <= size <= sum(line.upper for line in lines)
    assert sum(line.seats for line in lines) == size
    for line in lines:
        assert max(0, line.seats - width) == line.lower
        assert min(size, line.seats + width) == line.upper
    order = list(people)
    shuffled.shuffle(order)
    other = FeatureCount(feature="f", people={value: people[value] for value in order}, file="")
    assert {line.value: line for line in apportioned(other, rule)} == {
        line.value: line for line in lines
    }


def test_at_least_one_seat_where_asked(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("bydel,antal\nNord,9000\nSyd,900\nØen,9\nHavnen,0\n")
    found = {}
    for least in ("0", "1"):
        options = ("--size", "10", "--at-least", least, "--width", "2", "--json")
        done = sortition("quotas", "f.csv", *options, cwd=tmp_path)
        rows = json.loads(done.stdout)["quotas"]
        found[least] = [(row["seats"], row["min"], row["max"]) for row in rows]
    assert found["0"] == [(9, 7, 10), (1, 0, 3), (0, 0, 2), (0, 0, 2)]
    assert found["1"] == [(8, 6, 10), (1, 1, 3), (1, 1, 3), (0, 0, 2)]


def test_json(states: Path) -> None:
    done = sortition("quotas", states, "--size", "26", "--json", cwd=states.parent)
    document = json.loads(done.stdout)
    assert (document["method"], document["size"], document["width"]) == ("sainte-lague", 26, 1)
    assert document["sources"][0]["sha256"] == sha256(states.read_bytes()).hexdigest()
    first = document["quotas"][0]
    assert Fraction(*first.pop("share")) == Fraction(9061, 26000)
    assert first == {
        "feature": "state",
        "value": "a",
        "min": 8,
        "max": 10,
        "population": "9061",
        "seats": 9,
    }


def test_without_a_destination_nothing_is_written(states: Path) -> None:
    before = contents(states.parent)
    done = sortition("quotas", states, "--size", "26", cwd=states.parent)
    assert done.code == 0
    assert done.stdout.splitlines()[1].split() == ["state", "a", "8", "10", "9,061", "34.85%", "9"]
    assert contents(states.parent) == before


def test_labels_are_no_markup_and_no_formulas(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("x,antal\n[bold]a[/bold],6\n=1+1,4\n")
    done = sortition("quotas", "f.csv", "--size", "10", "--out", "q.csv", cwd=tmp_path)
    assert "[bold]a[/bold]" in done.stdout
    assert "\nx,'=1+1," in (tmp_path / "q.csv").read_text(encoding="utf-8")


def test_all_faults_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("alder,antal\n16 år,x\n,4\n")
    done = sortition(
        *("quotas", "f.csv", "missing.csv", "--size", "0", "--ages", "16+", "--out", "q.xlsx"),
        cwd=tmp_path,
    )
    assert faults_said(done) == [
        "The quotas are written as a CSV file, and q.xlsx is named like a workbook. Give a name "
        "that ends in .csv.",
        "A panel cannot have 0 people. Give a panel size of 1 or more.",
        "f.csv, row 3, column alder: This cell is blank. Write the value on every row, or merge "
        "the cells of the rows that it is for.",
        "f.csv, row 2, column antal: “x” is not a number of people, or not written like the "
        "others in this column. Write the figures without a sign for thousands, 0 where there "
        "is nobody.",
        "There is no file missing.csv. Check the spelling of its name and folder.",
    ]
    assert set(contents(tmp_path)) == {"f.csv"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "states.csv", "--overwrite"), "would be overwritten"),
        (("--out", "old.csv"), "--overwrite"),
        (("--out", "folder"), "is a folder"),
        (("--at-least", "6"), "--at-least"),
    ],
)
def test_what_is_refused(states: Path, options: tuple[str, ...], words: str) -> None:
    folder = states.parent
    (folder / "old.csv").write_text("old")
    (folder / "folder").mkdir()
    before = contents(folder)
    done = sortition("quotas", states, "--size", "26", *options, cwd=folder)
    (fault,) = faults_said(done)
    assert words in fault
    assert contents(folder) == before


@pytest.mark.parametrize("options", [("--quiet",), ("--quiet", "--json", "--out", "q.csv")])
def test_quiet_needs_a_file(states: Path, options: tuple[str, ...]) -> None:
    done = sortition("quotas", states, "--size", "26", *options, cwd=states.parent)
    assert done.code == 2
    assert "--quiet" in done.stderr


def test_the_examples_of_the_guide_are_lines_of_the_samples(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "quotas.md").read_text(encoding="utf-8")
    people, others, _, quotas = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    done = sortition("quotas", FIGURES[0], "--size", "36", *BANDS, "--out", "q.csv", cwd=tmp_path)
    assert done.code == 0, done.stderr
    for lines, path, encoding in (
        (people, FIGURES[0], "utf-8-sig"),
        (others, FIGURES[1], "cp1252"),
        (quotas, tmp_path / "q.csv", "utf-8-sig"),
    ):
        written = path.read_text(encoding=encoding).splitlines()
        assert [line for line in lines.splitlines() if line not in written] == []


def test_new_names_may_be_listed(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("køn,antal\nMænd,6\nKvinder,4\n", encoding="utf-8")
    call = ("quotas", "f.csv", "--size", "10", "--name", "Mænd=Mand,Kvinder=Kvinde")
    said = sortition(*call, "--json", cwd=tmp_path).stdout
    assert [line["value"] for line in json.loads(said)["quotas"]] == ["Mand", "Kvinde"]


def test_files_are_looked_for_although_an_option_is_wrong(tmp_path: Path) -> None:
    done = sortition("quotas", "no.csv", "--size", "10", "--ages", "x", cwd=tmp_path)
    assert [said.split(".")[0] for said in faults_said(done)] == [
        "“x” is not a band of ages",
        "There is no file no",
    ]
