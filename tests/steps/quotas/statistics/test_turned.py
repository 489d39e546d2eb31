"""Tables that somebody turned, so that values of a feature or several stand as columns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path

import pytest

from tests.steps.quotas.statistics.test_reading import counts, of, read
from tests.tables.making import codes, faults_of, write_workbook

LABELS = {
    "område": ("Skovby",),
    "køn": ("I alt", "Mænd", "Kvinder"),
    "alder": ("Alder i alt", "16-29 år", "30-59 år", "60+ år"),
    "tid": ("2025K1", "2025K2"),
}
PEOPLE = {
    "køn": {"Mænd": Fraction(32), "Kvinder": Fraction(38)},
    "alder": {"16-29 år": Fraction(23), "30-59 år": Fraction(31), "60+ år": Fraction(16)},
}
FIGURES = {  # of the second quarter
    ("Mænd", "16-29 år"): 11,
    ("Mænd", "30-59 år"): 15,
    ("Mænd", "60+ år"): 6,
    ("Kvinder", "16-29 år"): 12,
    ("Kvinder", "30-59 år"): 16,
    ("Kvinder", "60+ år"): 10,
}


def figure(cell: dict[str, str]) -> str:
    """How many people there are; in the first quarter a thousand more of each kind."""
    found = [
        people + 1000 * (cell["tid"] == "2025K1")
        for (sex, age), people in FIGURES.items()
        if cell["køn"] in {sex, "I alt"} and cell["alder"] in {age, "Alder i alt"}
    ]
    return str(sum(found))


def turned(before: Sequence[str], above: Sequence[str]) -> list[list[str]]:
    """The table with some variables before the rows and the others above the columns."""
    columns = list(product(*(LABELS[name] for name in above)))
    rows = [
        _thinned([labels[level] for labels in columns], len(before)) for level in range(len(above))
    ]
    rows[-1] = [*[""] * len(before), *(labels[-1] for labels in columns)]
    last: tuple[str, ...] = ()
    for labels in product(*(LABELS[name] for name in before)):
        own = [
            "" if last[: level + 1] == labels[: level + 1] else label
            for level, label in enumerate(labels)
        ]
        figures = [
            figure(dict(zip((*before, *above), (*labels, *over), strict=True))) for over in columns
        ]
        rows.append([*own, *figures])
        last = labels
    return rows


def _thinned(labels: list[str], before: int) -> list[str]:
    """Labels of an outer row, each written once."""
    once = [
        "" if place and labels[place - 1] == label else label for place, label in enumerate(labels)
    ]
    return [*[""] * before, *once]


@pytest.mark.parametrize("title", ["område, køn, alder og tid", "tid, område, alder og køn"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_however_a_statbank_table_is_turned_it_says_the_same(
    tmp_path: Path, title: str, cut: int
) -> None:
    for number, order in enumerate(permutations(LABELS)):
        rows = [[f"Folketal den 1. i kvartalet efter {title}"], ["Enhed: antal"]]
        rows += turned(order[:cut], order[cut:])
        text = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)
        statistics = of(text, tmp_path)
        assert {name.casefold(): people for name, people in counts(statistics).items()} == PEOPLE
        (file,) = statistics.files
        assert (file.area, file.time) == ("Skovby", "2025K2"), order
        if number == 0:
            cells = [
                [int(cell) if cell.isdigit() else cell or None for cell in row] for row in rows
            ]
            assert counts(read(write_workbook(tmp_path / "f.xlsx", cells))) == PEOPLE


@pytest.mark.parametrize(
    "text",
    [
        "køn;16-29 år;30-59 år;60+ år\nMænd;11;15;6\nKvinder;12;16;10\n",
        "køn;16-29 år;30-59 år;60+ år;I alt\nMænd;11;15;6;32\nKvinder;12;16;10;38\n"
        "I alt;23;31;16;70\n",
        "alder;Mænd;Kvinder\n16-29 år;11;12\n30-59 år;15;16\n60+ år;6;10\n",
        ";Mænd;Kvinder\n16-29 år;11;12\n30-59 år;15;16\n60+ år;6;10\n",
        "Folketal, Skovby\n\nalder;Mænd;Kvinder\n16-29 år;11;12\n30-59 år;15;16\n60+ år;6;10\n\n"
        "Kilde: os\n",
    ],
)
def test_a_table_with_headers_and_values_as_columns(tmp_path: Path, text: str) -> None:
    statistics = of(text, tmp_path)
    assert counts(statistics) == PEOPLE
    assert "statistics-cube" in codes(statistics.assumed)


def test_english_tables_are_called_in_english(tmp_path: Path) -> None:
    text = "sex,16-29 years,30 years and over\nMen,11,15\nWomen,12,16\n"
    assert counts(of(text, tmp_path)) == {
        "sex": {"Men": 26, "Women": 28},
        "age": {"16-29 years": 23, "30 years and over": 31},
    }


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("bydel;Grundskole;Andet\nNord;1;2\nSyd;3;4\n", "statistics-values-as-columns", 1),
        (";Grundskole;Andet\nNord;1;2\nSyd;3;4\n", "statistics-crossed-unnamed", 1),
        ("Titel\n;;16-29 år;30+ år\nNord;a;1;2\n;b;3;4\n", "statistics-crossed-unnamed", 2),
        ("køn;Mænd;Kvinder\nMænd;1;2\nKvinder;3;4\n", "statistics-values-as-columns", 1),
    ],
)
def test_what_nothing_names_is_asked_for(tmp_path: Path, text: str, code: str, row: int) -> None:
    (fault,) = faults_of(lambda: of(text, tmp_path))
    assert (fault.code, fault.row) == (code, row)
