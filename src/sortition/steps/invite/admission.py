"""Who may be invited, by age on a day and by address protection; nobody is left out in silence."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from sortition.errors import Finding, InputErrors
from sortition.registry.admitted import LeftOut
from sortition.steps.intake import read_age
from sortition.steps.invite.columns import Cells, MappedRegistry
from sortition.steps.invite.lists import Drawing
from sortition.steps.invite.options import ONLY, Options
from sortition.steps.invite.protection import is_about_protection, is_protected
from sortition.tables.columns import match_column, matched
from sortition.tables.cpr.swedish import Whose, whose_numbers
from sortition.tables.dates import read_date
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.numbers import read_range
from sortition.tables.words import asks_for_birth, means_age

ADULT = 18
# whoever was born by then is of age on every day from now on
OF_AGE = datetime.date(2026, 11, 28)
CHILD = 15  # a registry of ages from here on was made for people of these ages
MOST = 0.8  # of the cells that are not blank: then a column holds ages

AgeIn = Callable[[str], int | None]
Kind = Literal["birth", "age"]


def left_out_by_age(own: MappedRegistry, options: Options) -> Iterator[LeftOut]:
    """Those below the age that was asked for.

    Whose age is one of two, by a year of birth, is taken for the younger.

    Raises
    ------
    InputErrors
        If there are young people and nobody said what becomes of them; if an age cannot be told.
    """
    found = _ages(own, options)
    if options.min_age is None:
        if found is not None:
            _ask(own, *found)
        return
    if options.min_age == 0:
        own.told.append(own.header.finding(code="invite-any-age"))
        return
    if found is None:
        facts = {"columns": ", ".join(own.header.header)}
        raise InputErrors((own.header.finding(code="invite-age-absent", facts=facts),))
    cells, age, kind = found
    if kind == "birth" and options.age_on is None:
        raise InputErrors((Finding(code="invite-age-without-day"),))
    ages = {key: age(cell) for key, cell in zip(cells.keys, cells.cells, strict=True)}
    faults = {
        key: own.header.finding(
            code="invite-age-unreadable",
            column=cells.name,
            value="" if cells.source.of == "cpr" else cell,
        )
        for key, cell in zip(cells.keys, cells.cells, strict=True)
        if ages[key] is None
    }
    if faults:
        raise InputErrors(tuple(own.faults_of(cells, faults)))
    young = frozenset(key for key, years in ages.items() if (years or 0) < options.min_age)
    yield LeftOut(reason="young", source=cells.source, cells=young)


def left_out_by_group(own: MappedRegistry, options: Options) -> Iterator[LeftOut]:
    """Those who are not in the groups that the letters are for.

    Raises
    ------
    InputErrors
        If there is no such column, or nobody has such a value.
    """
    faults: list[Finding] = []
    for group in options.only:
        found = ONLY.fullmatch(group)
        if found is None:  # which is told already
            continue
        wanted = found[1].strip()
        find = partial(match_column, own.header, wanted, unknown="registry-column-unknown")
        column = attempt(faults, find)
        if column is None:
            continue
        cells = own.cells(column)
        values = {fold(value): value.strip() for value in found[2].split(",")}
        there = {fold(cell) for cell in cells.cells}
        faults += [
            own.header.finding(code="invite-only-nobody", column=column, value=value)
            for key, value in values.items()
            if key not in there
        ]
        others = frozenset(key for key, cell in _pairs(cells) if fold(cell) not in values)
        yield LeftOut(reason="elsewhere", source=cells.source, cells=others, file=group)
    if faults:
        raise InputErrors(tuple(faults))


def left_out_by_protection(own: MappedRegistry, options: Options) -> Iterator[LeftOut]:
    """Those with address protection, unless they are to be kept.

    Raises
    ------
    InputErrors
        If a cell does not say whether somebody has it.
    """
    faults: list[Finding] = []
    for name in _protection_columns(own, options):
        cells = own.cells(name)
        told = {key: is_protected(cell) for key, cell in _pairs(cells)}
        unclear = {
            key: own.header.finding(code="invite-protection-unclear", column=name, value=cell)
            for key, cell in _pairs(cells)
            if told[key] is None
        }
        faults += own.faults_of(cells, unclear) if unclear else []
        protected = frozenset(key for key, one in told.items() if one)
        if options.keep_protected:
            pairs = zip(cells.keys, cells.counts, strict=True)
            facts = {"count": sum(count for key, count in pairs if key in protected)}
            own.told.append(
                own.header.finding(code="invite-protected-kept", column=name, facts=facts)
            )
        else:
            yield LeftOut(reason="protected", source=cells.source, cells=protected)
    if faults:
        raise InputErrors(tuple(faults))


def _protection_columns(own: MappedRegistry, options: Options) -> list[str]:
    if options.protected is None:
        found = [name for name in own.header.header if is_about_protection(name)]
        if options.keep_protected and not found:
            facts = {"columns": ", ".join(own.header.header)}
            raise InputErrors((own.header.finding(code="invite-protection-absent", facts=facts),))
        return found
    column = match_column(own.header, options.protected, unknown="registry-column-unknown")
    own.told += matched(own.header, options.protected, column)
    return [column]


def _pairs(cells: Cells) -> Iterator[tuple[str, str]]:
    return zip(cells.keys, cells.cells, strict=True)


def _ages(own: MappedRegistry, options: Options) -> tuple[Cells, AgeIn, Kind] | None:
    """The column that tells best how old everybody is: CPR number, birth, age, range of ages."""
    day = options.age_on or OF_AGE
    column = own.cpr_column(named=True)
    births = [] if column is None else [replace(own.sources[column], of="cpr")]
    births += [own.sources[name] for name in own.header.header if asks_for_birth(name)]
    for source in births:
        cells = own.cells_at(source)
        whose = whose_numbers(source.column, cells.cells)
        born = partial(_age_by_birth, day=day, whose=whose)
        if _mostly(cells, born):
            return cells, born, "birth"
    aged = [own.cells(name) for name in own.header.header if means_age(name)]
    for cells in aged:
        if _mostly(cells, _years):
            return cells, _years, "age"
    for cells in aged:
        if _mostly(cells, read_range):
            return cells, partial(_age_in_range, least=options.min_age or CHILD), "age"
    return None


def _mostly(cells: Cells, reads: Callable[[str], object]) -> bool:
    """Whether most people have a cell that can be read, of those who have one at all."""
    filled = [(cell, n) for cell, n in zip(cells.cells, cells.counts, strict=True) if cell]
    read = sum(count for cell, count in filled if reads(cell) is not None)
    return read >= MOST * sum(count for _, count in filled) > 0


def _age_by_birth(cell: str, day: datetime.date, whose: Whose) -> int | None:
    born = read_date(cell)
    if born is not None and born > day:
        return 0
    read = read_age(cell, day, of_birth=True, whose=whose)
    return min(read.years) if read and read.kind in {"year", "date", "cpr"} else None


def _years(cell: str) -> int | None:
    read = read_age(cell, OF_AGE, of_birth=False)
    return read.years[0] if read and read.kind == "age" else None


def _age_in_range(cell: str, least: int) -> int | None:
    """An age that says on which side of the least age a range is; None if it is on both."""
    ages = read_range(cell)
    if ages is None:
        return None
    if ages.upper is not None and ages.upper < least:
        return ages.upper
    return ages.lower if ages.lower is not None and ages.lower >= least else None


def _ask(own: MappedRegistry, cells: Cells, age: AgeIn, kind: Kind) -> None:
    """Ask what becomes of the young, if there are any.

    Raises
    ------
    InputErrors
    """
    least = ADULT if kind == "birth" else CHILD
    people = zip(cells.cells, cells.counts, strict=True)
    young = sum(n for cell, n in people if (years := age(cell)) is not None and years < least)
    if young:
        facts: dict[str, str | int] = {"count": young, "age": least}
        if kind == "birth":
            facts["day"] = OF_AGE.isoformat()
        code = "invite-age-unasked"
        raise InputErrors((own.header.finding(code=code, column=cells.name, facts=facts),))


def young_drawn(drawing: Drawing) -> list[Finding]:
    """That minors are among those who were drawn, if a column of ages says so."""
    for name in filter(means_age, drawing.columns):
        place = drawing.columns.index(name)
        ages = [_years(cells[place]) for cells in drawing.cells]
        young = sum(age is not None and age < ADULT for age in ages)
        if young:
            facts = {"count": young, "age": ADULT}
            return [drawing.header.finding(code="invite-young-drawn", column=name, facts=facts)]
    return []
