"""Which column of a sheet answers for a feature of the quotas, and by which way of reading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sortition.steps.intake.keys import KeyTable
from sortition.steps.intake.meanings import Feature, Meaning, understood
from sortition.steps.intake.roles import Roles
from sortition.steps.intake.sheets import Sheet
from sortition.tables.coded import Coded
from sortition.tables.cpr.swedish import whose_numbers
from sortition.tables.labels import fold
from sortition.tables.words import asks_about, asks_for_birth, same_header, tells_age

ENOUGH = 0.5  # of the filled cells that must mean something in a column that its question names
SURE_BY_CELLS = 0.9  # and in one that nothing but its cells speaks for
MOST_VALUES = 60  # different cells of a column that is looked at for what stands in it
NO_FEATURE = {"complete", "answered", "began", "code", "email", "phone", "consent"}
BY_HEADER = {"named", "question", "births"}  # how a column is known that other files may have
How = Literal["named", "question", "births", "cpr", "table", "answered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the answers for a feature stand in a sheet, and what they mean.

    Attributes
    ----------
    column : str
    how : str
        Why it was this one: its name, its question, births, CPR numbers, a table, or an answer.
    cells : Coded
        What is read, row by row; through a table, what the table says.
    read : mapping of str to Meaning
        What each different cell means.
    """

    column: str
    how: How
    cells: Coded = field(repr=False)
    read: Mapping[str, Meaning] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is known of a feature's column in a sheet.

    Attributes
    ----------
    source : Source or None
        None: it has to be asked for.
    proposal : str
        The column that may be meant, if any.
    """

    source: Source | None
    proposal: str = ""


def seek(
    sheet: Sheet,
    roles: Roles,
    feature: Feature,
    *,
    tables: Sequence[KeyTable],
    answered: Collection[str],
) -> Sought:
    """Find a feature's column.

    Parameters
    ----------
    tables : sequence of KeyTable
        What keys such as postcodes stand for.
    answered : collection of str
        Columns that somebody said are this feature's, in this file or another.
    """
    header = sheet.table.header
    said = [name for name in header if any(fold(name) == fold(one) for one in answered)]
    if said:
        keys = [one for one in tables if one.is_for(feature.name)]
        table = next((one for one in keys if one.key_column(sheet, roles) == said[0]), None)
        return Sought(source=_source(sheet, said[0], feature, "answered", table))
    free = [name for name in header if not any(name in roles[role] for role in NO_FEATURE)]
    named = [name for name in free if feature.name in (name, sheet.questions[name])] or [
        name for name in free if fold(feature.name) in (fold(name), fold(sheet.questions[name]))
    ]
    if len(named) == 1:
        return Sought(source=_source(sheet, named[0], feature, "named"))
    for table in tables:
        if table.is_for(feature.name) and (column := table.key_column(sheet, roles)):
            return Sought(source=_source(sheet, column, feature, "table", table))
    return _by_question(sheet, roles, feature, named or free)


def _by_question(sheet: Sheet, roles: Roles, feature: Feature, names: Sequence[str]) -> Sought:
    """The one column whose question is about a feature and whose cells mean something for it."""
    asking = _asking(sheet, feature, names)
    good = [one for one in asking if understood(one.read, one.cells.counts()) >= ENOUGH]
    if len(good) == 1:
        return Sought(source=good[0])
    if asking:
        return Sought(source=None, proposal=(good or asking)[0].column)
    if feature.of_ages and len(roles["cpr"]) == 1:
        return Sought(source=_source(sheet, roles["cpr"][0], feature, "cpr"))
    return Sought(source=None, proposal=_by_cells(sheet, feature, names))


def _asking(sheet: Sheet, feature: Feature, free: Sequence[str]) -> list[Source]:
    """The columns whose questions are about a feature, those that say so best alone."""
    best: list[str] = []
    for says in (same_header, _tells_age(feature), asks_about):
        best = best or [name for name in free if says(sheet.questions[name], feature.name)]
    return [_source(sheet, name, feature, "question") for name in best]


def _tells_age(feature: Feature) -> Callable[[str, str], bool]:
    return tells_age if feature.of_ages else lambda _question, _feature: False


def _by_cells(sheet: Sheet, feature: Feature, free: Sequence[str]) -> str:
    """The one column that only its cells speak for; nothing if there are several, or none."""
    fits = []
    for name in free:
        cells = sheet.table.coded(name)
        if len(cells.values) > MOST_VALUES:
            continue
        read = feature.read(set(cells.values), of_birth=False)
        values = {one.value for one in read.values() if one.kind == "value"}
        if len(values) > 1 and understood(read, cells.counts()) >= SURE_BY_CELLS:
            fits.append(name)
    return fits[0] if len(fits) == 1 else ""


def _source(
    sheet: Sheet, column: str, feature: Feature, how: How, table: KeyTable | None = None
) -> Source:
    cells = sheet.table.coded(column)
    if table is not None:
        cells = cells.read(table.value)
    births = asks_for_birth(sheet.questions[column])
    if births and feature.of_ages and how == "question":
        how = "births"
    different = set(cells.values)
    whose = whose_numbers(column, different) if feature.of_ages else "either"
    read = feature.read_column(different, of_birth=births or how == "cpr", whose=whose)
    return Source(column=column, how=how, cells=cells, read=read)
