"""Questions whose answers stand in several columns: ticks, words of her own, branches of a form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sortition.tables.classified.meaning import unsaid
from sortition.tables.coded import Coded
from sortition.tables.labels import squeeze
from sortition.tables.rows import Table

# One option of several that can be ticked: "Question [Option]", "Question (choice=Option)",
# "question___option".
OPTION = re.compile(r"(.+?)(?:\s*\[([^\[\]]+)\]|\s*\(choice=(.+)\)|___(\w+))\s*$", re.DOTALL)
# The option that is written by whoever ticks it.
OWN_WORDS = {
    *("other", "andet", "annat", "annet", "other (specify)", "other (please specify)"),
    *("andet (angiv venligst)", "andet (angiv)", "andet, angiv venligst", "annat (ange)"),
}
TICKS = {"yes", "y", "ja", "j", "x", "1", "checked", "valgt", "selected", "true", "quoted"}
NO_TICKS = {"", "no", "n", "nej", "0", "unchecked", "ikke valgt", "not selected", "false"}
BETWEEN = ";"  # as Microsoft Forms parts the choices of one cell


def branches(table: Table, alike: Mapping[str, str]) -> Table:
    """The table with one column for a question that stands in several branches of a form.

    Nobody answered it twice, or the columns stay apart, so that somebody is asked which counts.

    Parameters
    ----------
    alike : mapping of str to str
        The columns that are called as another one is, each with the name of that.
    """
    if not alike:
        return table
    columns: dict[str, Coded | Sequence[str]] = {name: table.coded(name) for name in table.header}
    joined: dict[str, int] = {}
    for question in dict.fromkeys(alike.values()):
        own = [question, *(name for name, first in alike.items() if first == question)]
        rows = list(zip(*(table.column(name) for name in own), strict=True))
        if _is_own(question) or any(len({*map(squeeze, row)} - {""}) > 1 for row in rows):
            continue
        columns[question] = [next(filter(None, row), "") for row in rows]
        joined[question] = len(own)
        for name in own[1:]:
            del columns[name]
    return _told(table.with_columns(columns), joined) if joined else table


def choices(table: Table, alike: Mapping[str, str]) -> Table:
    """The table with one column for each question whose options stood in columns of their own.

    What somebody wrote herself, for an option such as “Andet”, is her choice.
    """
    options: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for before, name in zip(("", *table.header), table.header, strict=False):
        found = OPTION.fullmatch(name)
        if before and _is_own(alike.get(name, name)):  # as Typeform has it, after the question
            options[before].append((name, name))
        elif found and (
            _is_own(option := found[2] or found[3] or found[4]) or _ticked(table, name, option)
        ):
            options[found[1]].append((name, option))
    groups = {
        question: own
        for question, own in options.items()
        if (all(_is_own(it) for _, it in own) if question in table.header else len(own) > 1)
    }
    if not groups:
        return table
    gone = {name for own in groups.values() for name, _ in own}
    kept = {name: table.coded(name) for name in table.header if name not in gone}
    made = {
        question: _or_own(table, question, own) if question in kept else _choices(table, own)
        for question, own in groups.items()
    }
    whole = table.with_columns({**kept, **made})
    return _told(whole, {name: len(own) + (name in kept) for name, own in groups.items()})


def _told(table: Table, joined: Mapping[str, int]) -> Table:
    told = [
        table.finding(code="columns-joined", column=name, facts={"count": count})
        for name, count in joined.items()
    ]
    return table.noticing(*told)


def _is_own(option: str) -> bool:
    return squeeze(option).strip(" :.") in OWN_WORDS


def _ticked(table: Table, name: str, option: str) -> bool:
    """Whether a column holds ticks alone, or the words of its option."""
    known = {*TICKS, *NO_TICKS, squeeze(option)}
    return all(squeeze(cell) in known for cell in table.coded(name).values)


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
        [option if squeeze(cell) not in NO_TICKS else "" for cell in table.column(name)]
        if _ticked(table, name, option)
        else table.column(name)
        for name, option in own
    ]
    return tuple(BETWEEN.join(filter(None, row)) for row in zip(*chosen, strict=True))
