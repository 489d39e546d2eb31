"""Which table is a call list, which of its columns has the statuses, and whose words they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sortition.errors import InputErrors
from sortition.steps.members.calls import STATUSES, CallStatus
from sortition.tables.labels import fold, listed
from sortition.tables.rows import Table

COLUMNS = ("status", "attempts", "deadline", "alternate", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetWords:
    """What the sheet, its columns and the statuses are called in one language.

    Attributes
    ----------
    sheet : str
    columns : mapping of str to str
        For each of `COLUMNS`.
    answers : tuple of str
        What people also call the column of the statuses.
    statuses : mapping of CallStatus to str
    also : mapping of CallStatus to tuple of str
        What people write in their place. Elsewhere these words mean something else.
    """

    sheet: str
    columns: Mapping[str, str]
    answers: tuple[str, ...]
    statuses: Mapping[CallStatus, str]
    also: Mapping[CallStatus, tuple[str, ...]]


def is_worksheet(table: Table, languages: Sequence[WorksheetWords]) -> bool:
    """Whether a table is a call list rather than a plain list of ids.

    Raises
    ------
    InputErrors
        If that cannot be told: it has other columns of a call list or statuses in a column that is
        not called so, or several columns that may hold the statuses.
    """
    if status_column(table, languages) is not None:
        return True
    wanted = {"wanted": status_names(languages)}
    known = statuses(languages)
    faults = [
        table.finding(code="worksheet-status-unnamed", column=name, facts=wanted)
        for name in table.header
        if any(fold(cell) in known for cell in table.column(name))
    ]
    ours = {fold(one.columns[name]) for one in languages for name in COLUMNS}
    kept = [name for name in table.header if fold(name) in ours]
    if kept and not faults:
        facts = {**wanted, "columns": listed(kept)}
        faults.append(table.finding(code="worksheet-status-missing", facts=facts))
    if faults:
        raise InputErrors(tuple(faults))
    return False


def heads_calls(row: Sequence[str], languages: Sequence[WorksheetWords]) -> bool:
    """Whether a row of a file names a column of statuses."""
    called = {n for one in languages for n in (one.columns["status"], *one.answers)}
    return not {*map(fold, called)}.isdisjoint(map(fold, row))


def status_names(languages: Sequence[WorksheetWords]) -> str:
    """What the column of the statuses may be called."""
    names = (name for one in languages for name in (one.columns["status"], *one.answers))
    return listed(dict.fromkeys(names))


def status_column(table: Table, languages: Sequence[WorksheetWords]) -> str | None:
    """The column of the statuses: the one called as we call it, or else as people do."""
    ours = {fold(one.columns["status"]) for one in languages}
    theirs = {fold(name) for one in languages for name in one.answers}
    found = [name for name in table.header if fold(name) in ours]
    found = found or [name for name in table.header if fold(name) in theirs]
    if len(found) > 1:
        facts = {"columns": listed(found)}
        raise InputErrors((table.finding(code="worksheet-status-twice", facts=facts),))
    return found[0] if found else None


def statuses(languages: Sequence[WorksheetWords]) -> dict[str, CallStatus]:
    """What each word for a status means, in any language."""
    known: dict[str, CallStatus] = {fold(status): status for status in STATUSES}
    return known | {
        fold(word): status for one in languages for status, word in one.statuses.items()
    }


def answers(languages: Sequence[WorksheetWords]) -> dict[str, CallStatus]:
    """What each word in the column of the statuses means, those that people write among them."""
    theirs: dict[str, CallStatus] = {
        fold(word): status for one in languages for status in STATUSES for word in one.also[status]
    }
    return theirs | statuses(languages)


def spoken(table: Table, status: str, languages: Sequence[WorksheetWords]) -> list[WorksheetWords]:
    """The language that most of a list is in; several if that cannot be told."""
    said = [fold(text) for text in (*table.header, *table.column(status))]

    def told(one: WorksheetWords) -> int:
        theirs = {word for words in one.also.values() for word in words}
        own = {*one.columns.values(), *one.answers, *one.statuses.values(), *theirs}
        words = {fold(word) for word in own}
        return sum(text in words for text in said)

    most = max(map(told, languages))
    return [one for one in languages if told(one) == most]
