"""A file of answers as a sheet of questions: its header put plainly, ticked choices joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from sortition.errors import Finding, InputErrors
from sortition.tables.classified.meaning import unsaid
from sortition.tables.coded import Coded
from sortition.tables.content import File
from sortition.tables.grid import Headed
from sortition.tables.labels import squeeze
from sortition.tables.notes import is_total
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.words import asks_for_birth
from sortition.tables.workbook.cells import visible_sheets

# Programs put a number or the name of a variable before a question.
BEFORE = re.compile(r"^(?:\d{1,3}[.)]\s+|[A-Za-z]\w{0,30}(?:\[\w+\])?\.\s+(?=\S))")
# One option of several that can be ticked: "Question [Option]", "Question (choice=Option)",
# "question___option".
OPTION = re.compile(r"(.+?)(?:\s*\[([^\[\]]+)\]|\s*\(choice=(.+)\)|___(\w+))\s*$", re.DOTALL)
# The option that is written by whoever ticks it.
OWN_WORDS = {"other", "andet", "annat", "annet", "other (specify)"}
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")
VARIABLE = re.compile(r"[^\W\d][\w.]*(?:\[\w+\])?")
TICKS = {"yes", "y", "ja", "j", "x", "1", "checked", "valgt", "selected", "true", "quoted"}
NO_TICKS = {"", "no", "n", "nej", "0", "unchecked", "ikke valgt", "not selected", "false"}
BETWEEN = ";"  # as Microsoft Forms parts the choices of one cell


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The answers of one file.

    Attributes
    ----------
    table : Table
        Choices that stood in columns of their own are one column.
    questions : mapping of str to str
        The question of each column, without what a program put before it.
    joined : mapping of str to int
        How many columns became one, by its name.
    """

    table: Table = field(repr=False)
    questions: Mapping[str, str]
    joined: Mapping[str, int]

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.table.file

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """The cells of every column, for whoever looks at them row by row."""
        return {name: self.table.column(name) for name in self.table.header}


def further_sheets(sheet: Sheet, path: File, headed: Headed) -> Iterator[Sheet]:
    """The other visible sheets of a workbook that read like lists of people."""
    names = visible_sheets(path.read_bytes(), path.name) if sheet.table.sheet else ()
    for name in names:
        if name != sheet.table.sheet:
            with suppress(InputErrors):
                other = read_sheet(path, [], headed, name)
                if headed(other.table.header):
                    own = f"{path.name}, {name}"
                    yield replace(other, table=replace(other.table, file=own, sheet=""))


def read_sheet(path: File, faults: list[Finding], headed: Headed, name: str | None = None) -> Sheet:
    """Read a file of answers.

    Parameters
    ----------
    headed : callable
        Whether a row reads like the header of a list of people.
    name : str, optional
        Of a sheet; without it, the first that is headed so.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    table = _without_total(read_table(path, name, faults=faults, headed=headed))
    table, labels = _without_labels(table, headed)
    table, joined = _joined(table)
    questions = {name: question_of(labels.get(name) or name) for name in table.header}
    table = _day_first(table, [name for name in questions if asks_for_birth(questions[name])])
    return Sheet(table=table, questions=questions, joined=joined)


def question_of(header: str) -> str:
    """A header without number, name of a variable, and signs around it."""
    plain = " ".join(header.replace("\u00a0", " ").split())
    if VARIABLE.fullmatch(plain):
        plain = plain.replace("_", " ").strip() or plain
    return BEFORE.sub("", plain).strip(" *:") or plain


def _without_labels(table: Table, headed: Headed) -> tuple[Table, dict[str, str]]:
    """The table without the row of questions that stands below names of variables, and these."""
    if not table.size or not all(map(VARIABLE.fullmatch, table.header)):
        return table, {}
    first = tuple(table.column(name)[0] for name in table.header)
    if not headed(first):
        return table, {}
    row = table.row_numbers[0]
    noticed = table.finding(code="questions-below-header", row=row)
    whole = replace(table.without({row}), assumed=(*table.assumed, noticed))
    return whole, dict(zip(table.header, first, strict=True))


def _day_first(table: Table, births: Sequence[str]) -> Table:
    """The table with the day before the month in dates of birth that came the American way.

    They did if a cell of the column has a day where no month can be, and none has one before it.
    """
    made: dict[str, Coded] = {}
    for name in births:
        cells = table.coded(name)
        dates = list(filter(None, map(SLASHED.fullmatch, cells.values)))
        if any(int(one[2]) > 12 for one in dates) and all(int(one[1]) <= 12 for one in dates):
            made[name] = cells.read(lambda cell: SLASHED.sub(r"\2/\1/\3", cell))
    if not made:
        return table
    noticed = [table.finding(code="month-first", column=name) for name in made]
    columns = {name: made.get(name) or table.coded(name) for name in table.header}
    return replace(table.with_columns(columns), assumed=(*table.assumed, *noticed))


def _without_total(table: Table) -> Table:
    """The table without a last row that counts the others."""
    last = [column[-1] for name in table.header if (column := table.column(name))]
    first, *others = [cell for cell in last if cell] or [""]
    if not is_total(first) or not all(cell.isdecimal() for cell in others):
        return table
    row = table.row_numbers[-1]
    noticed = table.finding(code="total-passed-over", row=row)
    return replace(table.without({row}), assumed=(*table.assumed, noticed))


def _joined(table: Table) -> tuple[Table, dict[str, int]]:
    """The table with one column for each question whose options stood in columns of their own.

    What somebody wrote herself, for an option such as “Andet”, is her choice.
    """
    options: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in table.header:
        found = OPTION.fullmatch(name)
        if found and (_is_own(option := found[2] or found[3] or found[4]) or _ticked(table, name)):
            options[found[1]].append((name, option))
    groups = {
        question: own
        for question, own in options.items()
        if (all(_is_own(it) for _, it in own) if question in table.header else len(own) > 1)
    }
    if not groups:
        return table, {}
    gone = {name for own in groups.values() for name, _ in own}
    kept = {name: table.coded(name) for name in table.header if name not in gone}
    made = {
        question: _or_own(table, question, own) if question in kept else _choices(table, own)
        for question, own in groups.items()
    }
    doubtful = {place: it for place, it in table.doubtful.items() if place[1] in kept}
    merged = {place: it for place, it in table.merged.items() if place[1] in kept}
    whole = replace(table.with_columns({**kept, **made}), doubtful=doubtful, merged=merged)
    return whole, {name: len(own) + (name in kept) for name, own in groups.items()}


def _is_own(option: str) -> bool:
    return squeeze(option).strip(" :.") in OWN_WORDS


def _ticked(table: Table, name: str) -> bool:
    """Whether a column holds ticks alone."""
    return all(squeeze(cell) in TICKS | NO_TICKS for cell in table.coded(name).values)


def _or_own(table: Table, question: str, own: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The answers to a question, or what was written instead by those who chose none of them."""
    return tuple(
        next(filter(None, words), cell) if not cell or unsaid(cell) == "other" else cell
        for cell, *words in zip(
            table.column(question), *(table.column(name) for name, _ in own), strict=True
        )
    )


def _choices(table: Table, own: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    chosen = [
        [option if squeeze(cell) in TICKS else "" for cell in table.column(name)]
        if _ticked(table, name)
        else table.column(name)
        for name, option in own
    ]
    return tuple(BETWEEN.join(filter(None, row)) for row in zip(*chosen, strict=True))
