"""Any pool, written in any shape that is supported, reads back the same."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from unicodedata import category, normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from sortition.instance.reading import Reading, read_instance
from sortition.tables.cpr.numbers import IN_TEXT
from sortition.tables.ids import INVISIBLE
from sortition.tables.unreadable import MOJIBAKE
from sortition.tables.written.lists import csv_bytes, xlsx_bytes
from tests.budgets import examples
from tests.tables.making import write

HEADER = ("deltager-id", "køn", "navn", "svar", "bemærkning")
QUOTAS = (
    "kriterium,værdi,min,max\nkøn,Kvinde,0,1\nkøn,Mand,0,1\nkøn,Ønsker ikke at oplyse,0,1\n"
    "svar,Ja,0,1\nsvar,Nej,0,1\n"
)
People = list[tuple[str, ...]]


def _fine(text: str) -> bool:
    """Cells that are not refused for what they look like, and that reading does not trim."""
    return text == text.strip() and not MOJIBAKE.search(text) and not IN_TEXT.search(text)


def _visible(text: str) -> bool:
    return not any(category(letter) in INVISIBLE for letter in text)


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
NASTY = st.sampled_from(list("æøåÆØÅéü€“”–,;\t\"'=+-@#\n 0123456789"))
CELLS = st.text(st.one_of(NASTY, LETTERS), max_size=12).filter(_fine)
IDS = st.one_of(st.from_regex(r"0{0,3}[1-9][0-9]{0,4}", fullmatch=True), CELLS.filter(_visible))
PERSON = st.tuples(
    IDS.filter(bool),
    st.sampled_from(["Kvinde", "Mand", "Ønsker ikke at oplyse"]),
    CELLS,
    st.sampled_from(["Ja", "Nej"]),
    CELLS,
)
POOLS = st.lists(PERSON, min_size=1, max_size=6, unique_by=lambda row: normalize("NFC", row[0]))
# one cell a row, so that nobody takes it for a header
TITLES = st.lists(st.sampled_from(["", "Svar", "Indkaldt i maj", "Østerby 2026"]), max_size=3)


def _csv(rows: Sequence[Sequence[str]], delimiter: str, end: str, quoting: int) -> str:
    if end == "\r":  # then the csv module leaves other line ends within cells unquoted
        quoting = csv.QUOTE_ALL
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows(rows)
    return text.getvalue()


def _xlsx(
    titles: Sequence[str], rows: Sequence[Sequence[str]], *, sheet: str, first: bool
) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    if not first:
        workbook.create_sheet("Vejledning").append(["Læs", "mig"])
    made = workbook.create_sheet(sheet)
    for number, row in enumerate([*([title] for title in titles), *rows], start=1):
        for index, text in enumerate(row, start=1):
            if text:
                made.cell(number, index, text).data_type = "s"  # and no formula
    packed = BytesIO()
    workbook.save(packed)
    return packed.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("shapes")
    write(place / "quotas.csv", QUOTAS)
    return place


def _read(folder: Path, pool: bytes, sheet: str | None = None) -> Reading:
    path = write(folder / "pool", pool)
    return read_instance(path, folder / "quotas.csv", panel_size=1, pool_sheet=sheet)


def _assert_read(reading: Reading, people: People) -> None:
    table = reading.roster.table
    assert table.header == HEADER
    assert table.rows == tuple(people)
    assert reading.roster.ids == tuple(normalize("NFC", row[0]) for row in people)
    members = {member.id: member.values for member in reading.instance.pool.members}
    assert members == {normalize("NFC", row[0]): (row[1], row[3]) for row in people}


@given(
    people=POOLS,
    titles=TITLES,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
)
def test_csv(
    folder: Path,
    people: People,
    titles: list[str],
    delimiter: str,
    end: str,
    quoting: int,
    encoding: str,
) -> None:
    text = "".join(title + end for title in titles)
    text += _csv([HEADER, *people], delimiter, end, quoting)
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        data = text.encode()
    _assert_read(_read(folder, data), people)


@given(people=POOLS, titles=TITLES, first=st.booleans())
@settings(max_examples=examples(20))
def test_workbooks(folder: Path, people: People, titles: list[str], first: bool) -> None:
    data = _xlsx(titles, [HEADER, *people], sheet="Svar", first=first)
    _assert_read(_read(folder, data, "Svar"), people)


@given(people=POOLS)
@settings(max_examples=examples(20))
def test_what_is_written_reads_back(folder: Path, people: People) -> None:
    """But for the apostrophes that neutralise formulas in CSV."""
    harmless = [row for row in people if not any(cell[:1] in {*"=+-@"} for cell in row)]
    if not harmless:
        return
    reading = _read(folder, _csv([HEADER, *harmless], ";", "\n", csv.QUOTE_MINIMAL).encode())
    by_id = sorted(harmless, key=lambda row: normalize("NFC", row[0]))
    for data in (
        csv_bytes(reading.roster, reading.roster.ids),
        xlsx_bytes(reading.roster, reading.roster.ids, title="panel"),
    ):
        _assert_read(_read(folder, data), by_id)
