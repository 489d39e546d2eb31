"""A file of answers as a sheet of questions: its header put plainly, ticked choices joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sortition.errors import Finding
from sortition.tables.content import File
from sortition.tables.labels import squeeze
from sortition.tables.reading import Table, read_table

# Programs put a number or the name of a variable before a question.
BEFORE = re.compile(r"^(?:\d{1,3}[.)]\s+|[A-Za-z]\w{0,30}(?:\[\w+\])?\.\s+(?=\S))")
# One option of several that can be ticked: "Question [Option]", "Question (choice=Option)".
OPTION = re.compile(r"(.+?)\s*(?:\[([^\[\]]+)\]|\(choice=(.+)\))\s*$", re.DOTALL)
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


def read_sheet(path: File, faults: list[Finding]) -> Sheet:
    """Read a file of answers.

    Raises
    ------
    InputErrors
        If it cannot be read.
    """
    table, joined = _joined(read_table(path, faults=faults))
    questions = {name: question_of(name) for name in table.header}
    return Sheet(table=table, questions=questions, joined=joined)


def question_of(header: str) -> str:
    """A header without number, name of a variable, and signs around it."""
    plain = " ".join(header.replace("\u00a0", " ").split())
    return BEFORE.sub("", plain).strip(" *:") or plain


def _joined(table: Table) -> tuple[Table, dict[str, int]]:
    """The table with one column for each question whose options stood in columns of their own."""
    options: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in table.header:
        found = OPTION.fullmatch(name)
        if found and all(squeeze(cell) in TICKS | NO_TICKS for cell in table.coded(name).values):
            options[found[1]].append((name, found[2] or found[3]))
    groups = {
        question: own
        for question, own in options.items()
        if len(own) > 1 and question not in table.header
    }
    if not groups:
        return table, {}
    gone = {name for own in groups.values() for name, _ in own}
    kept = {name: table.coded(name) for name in table.header if name not in gone}
    made = {question: _choices(table, own) for question, own in groups.items()}
    doubtful = {place: it for place, it in table.doubtful.items() if place[1] in kept}
    merged = {place: it for place, it in table.merged.items() if place[1] in kept}
    whole = replace(table.with_columns({**kept, **made}), doubtful=doubtful, merged=merged)
    return whole, {question: len(own) for question, own in groups.items()}


def _choices(table: Table, own: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    ticked = [[squeeze(cell) in TICKS for cell in table.column(name)] for name, _ in own]
    options = [option for _, option in own]
    return tuple(
        BETWEEN.join(option for option, there in zip(options, row, strict=True) if there)
        for row in zip(*ticked, strict=True)
    )
