"""A file of answers as a sheet of questions: its header put plainly, ticked choices joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from sortition.errors import Finding, InputErrors
from sortition.steps.intake.choices import branches, choices
from sortition.steps.intake.tidying import (
    VARIABLE,
    day_first,
    one_a_row,
    without_labels,
    without_repeats,
    without_total,
)
from sortition.tables.content import File
from sortition.tables.grid import Headed
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.words import asks_for_birth
from sortition.tables.workbook.cells import visible_sheets

# Programs put a number or the name of a variable before a question.
BEFORE = re.compile(r"^(?:\d{1,3}[.)]\s+|[A-Za-z]\w{0,30}(?:\[\w+\])?\.\s+(?=\S))")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The answers of one file.

    Attributes
    ----------
    table : Table
        Choices that stood in columns of their own are one column.
    questions : mapping of str to str
        The question of each column, without what a program put before it.
    """

    table: Table = field(repr=False)
    questions: Mapping[str, str]

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
    alike: dict[str, str] = {}
    table = without_total(read_table(path, name, faults=faults, headed=headed, alike=alike))
    table, labels = without_labels(without_repeats(table, alike), headed)
    table = one_a_row(choices(branches(table, alike), alike), headed)
    questions = {
        name: question_of(labels.get(name) or alike.get(name) or name) for name in table.header
    }
    table = day_first(table, [name for name in questions if asks_for_birth(questions[name])])
    return Sheet(table=table, questions=questions)


def question_of(header: str) -> str:
    """A header without number, name of a variable, and signs around it."""
    plain = " ".join(header.replace("\u00a0", " ").split())
    if VARIABLE.fullmatch(plain):
        plain = plain.replace("_", " ").strip() or plain
    return BEFORE.sub("", plain).strip(" *:") or plain
