"""The lists of those who were drawn: for the organiser, and for whoever sends the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sortition.registry.drawing import Drawn
from sortition.registry.tickets import Tickets
from sortition.steps.invite.codes import codes_for
from sortition.tables.columns import free_name
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.written.invitation import Headers
from sortition.tables.written.lists import csv_bytes, workbook_bytes, xlsx_bytes

INVITED, WORKBOOK = "invited.csv", "invited.xlsx"
LETTERS, LETTERS_WORKBOOK = "letters.csv", "letters.xlsx"
DOORS = "doors.xlsx"
MOST_SHEET_ROWS = 1_048_575  # under a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everybody who was drawn, with the cells that the registry has of them.

    Attributes
    ----------
    header : Table
        Of the registry; its dialect is that of the lists.
    id_column : str
    columns : tuple of str
        Those of the registry that are written.
    people : sequence of Drawn
    cells : sequence of tuple of str
        Of each person, in the order of `columns`.
    chances : sequence of str
        Of each person, as they are written.
    """

    header: Table
    id_column: str
    columns: tuple[str, ...]
    people: Sequence[Drawn]
    cells: Sequence[tuple[str, ...]]
    chances: Sequence[str]


def lists_of(
    drawing: Drawing,
    tickets: Tickets,
    *,
    wave: int,
    key: bytes | None,
    headers: Headers,
    series: str = "",
    doors: bool = False,
) -> dict[str, bytes]:
    """The files of names: the invited, and the letters with their codes, as CSV and XLSX each.

    The workbooks are left out if there are more people than a sheet has rows.

    Parameters
    ----------
    headers : Headers
        What the columns are called that are put beside those of the registry.
    series : str
        The sign that all codes begin with, if any.
    doors : bool
        Whether there is a list in the order of the draw as well.
    """
    named = tickets.key is not None
    rows = [
        (
            *cells,
            str(wave),
            person.ticket,
            chance,
            *([tickets.name(person.id)] if named else []),
        )
        for person, cells, chance in zip(
            drawing.people, drawing.cells, drawing.chances, strict=True
        )
    ]
    ours = (headers.wave, headers.ticket, headers.chance, *([headers.pseudonym] if named else []))
    header = (*drawing.columns, *ours)
    invited = _roster(drawing, header, rows)
    ids = frozenset(invited.ids)
    codes = codes_for(ids, key=key, domain=tickets.domain, series=series)
    coded = [
        (codes[person.id], *cells)
        for person, cells in zip(drawing.people, drawing.cells, strict=True)
    ]
    code = free_name(headers.sent_code, drawing.columns)
    letters = _roster(drawing, (code, *drawing.columns), coded)
    files = {INVITED: csv_bytes(invited, ids), LETTERS: csv_bytes(letters, ids)}
    if len(rows) <= MOST_SHEET_ROWS:
        files[WORKBOOK] = xlsx_bytes(invited, ids, title="invited")
        files[LETTERS_WORKBOOK] = xlsx_bytes(letters, ids, title="letters")
    if doors:
        whole = (free_name(headers.sent_code, header), *header, headers.tried)
        files[DOORS] = _in_order(drawing, whole, rows, codes)
    return files


def _in_order(
    drawing: Drawing,
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    codes: Mapping[str, str],
) -> bytes:
    """The invited by stratum and rising ticket, to be gone down at doors or by telephone."""
    order = sorted(
        zip(drawing.people, rows, strict=True), key=lambda one: (one[0].stratum, one[0].ticket)
    )
    cells = [(codes[person.id], *row, "") for person, row in order]
    return workbook_bytes({"doors": [header, *cells]})


def _roster(drawing: Drawing, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Roster:
    own = drawing.header
    table = Table.of_rows(header, rows, file=own.file, like=own)
    ids = tuple(person.id for person in drawing.people)
    return Roster(table=table, id_column=drawing.id_column, ids=ids)
