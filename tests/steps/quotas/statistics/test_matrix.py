"""Figures with the times as columns, invented in the shapes of StatBank and PX-Web."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sortition.steps.quotas.statistics.matrix import read_matrix
from tests.steps.quotas.statistics.test_reading import counts, of, read
from tests.tables.making import codes, faults_of, write, write_workbook

TITLE = "Folketal den 1. i kvartalet efter område, køn, alder og tid"
MATRIX = f"""\
"{TITLE}"
"Enhed: antal"
" ";" ";" ";"2025K1";"2025K2"
"Skovby";"I alt";"Alder i alt";"60";"66"
"";"";"16-29 år";"21";"23"
"";"";"30+ år";"39";"43"
"";"Mænd";"Alder i alt";"29";"32"
"";"";"16-29 år";"10";"11"
"";"";"30+ år";"19";"21"
"";"Kvinder";"Alder i alt";"31";"34"
"";"";"16-29 år";"11";"12"
"";"";"30+ år";"20";"22"

"Kilde: invented"
"""
PEOPLE = {
    "køn": {"Mænd": Fraction(32), "Kvinder": Fraction(34)},
    "alder": {"16-29 år": Fraction(23), "30+ år": Fraction(43)},
}


def cells_of(text: str) -> list[list[object]]:
    rows = [line.replace('"', "").split(";") for line in text.splitlines()]
    return [[int(cell) if cell.isdigit() else cell.strip() or None for cell in row] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_the_matrix_of_a_statbank(tmp_path: Path, encoding: str) -> None:
    statistics = read(write(tmp_path / "f.csv", MATRIX.encode(encoding)))
    assert counts(statistics) == PEOPLE
    (file,) = statistics.files
    assert (file.area, file.time) == ("Skovby", "2025K2")
    said = [code for code in codes(statistics.assumed) if code.startswith("statistics-")]
    assert said == ["statistics-matrix", "statistics-latest"]


def test_the_matrix_as_a_workbook(tmp_path: Path) -> None:
    statistics = read(write_workbook(tmp_path / "f.xlsx", cells_of(MATRIX)))
    assert counts(statistics) == PEOPLE


def test_labels_with_headers_and_a_measure_in_front_of_each_time(tmp_path: Path) -> None:
    text = """\
region,kön,ålder,Folkmängd 2023,Folkmängd 2024
0000 Skogsby,män,16-29 år,10,11
0000 Skogsby,män,30-99 år,19,21
0000 Skogsby,kvinnor,16-29 år,11,12
0000 Skogsby,kvinnor,30-99 år,20,22
"""
    statistics = of(text, tmp_path)
    assert counts(statistics) == {
        "kön": {"män": 32, "kvinnor": 34},
        "ålder": {"16-29 år": 23, "30-99 år": 43},
    }
    assert statistics.files[0].time == "2024"


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    text = MATRIX.replace('"21"', '"x"', 1).replace('"22"', '".."')
    (fault,) = faults_of(lambda: of(text, tmp_path))  # the first is of a time that is not used
    assert (fault.code, fault.row, fault.value) == ("statistics-figure-unclear", 12, "..")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TITLE, "Folketal", "statistics-matrix-unnamed"),
        ("Enhed: antal", "Enhed: Pct.", "statistics-matrix-shares"),
        ('"2025K1"', '"2025K2"', "statistics-matrix-time-twice"),
        ('"2025K1"', '"Andel 2025K1"', "statistics-matrix-measures"),
    ],
)
def test_what_nobody_can_know(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert codes(faults_of(lambda: of(MATRIX.replace(old, new), tmp_path))) == [expected]


def test_a_label_is_not_taken_from_another_area(tmp_path: Path) -> None:
    text = f'"{TITLE}"\n;;;2025\nSkovby;Mænd;16+ år;4\n;Kvinder;16+ år;5\nEngby;;16+ år;6\n'
    faults = faults_of(lambda: of(text, tmp_path, area="Engby"))
    assert [(fault.code, fault.row, fault.column) for fault in faults] == [
        ("statistics-label-blank", 5, "køn")
    ]


@pytest.mark.parametrize(
    "text", ["OMRÅDE;KØN;TID;INDHOLD\nSkovby;Mænd;2025;4\n", "køn;antal;2025\nMænd;4;5\n"]
)
def test_other_tables_are_no_matrix(tmp_path: Path, text: str) -> None:
    assert read_matrix(write(tmp_path / "f.csv", text)) is None


@pytest.mark.parametrize("header", ["Antal personer", "Indbyggere", "antal indbyggere"])
@pytest.mark.parametrize("share", ["Andel af alle", "Procent", "Fordeling"])
def test_a_column_of_shares_is_no_feature(tmp_path: Path, header: str, share: str) -> None:
    text = f"bydel;{header};{share}\nNord;30;60,0 %\nSyd;20;40,0 %\n"
    statistics = of(text, tmp_path)
    assert counts(statistics) == {"bydel": {"Nord": 30, "Syd": 20}}
    assert "quota-columns-not-used" in codes(statistics.assumed)
