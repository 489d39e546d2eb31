"""Keeping CPR numbers out of everything that is written.

This happens to a pool right after it was read, so that nothing that comes later can hold a number.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.tables.cpr.columns import NAME, CprColumns, find_cpr_columns
from sortition.tables.cpr.numbers import age, is_male
from sortition.tables.cpr.pseudonyms import Cells, Pseudonyms, read_key
from sortition.tables.cpr.swedish import whose_numbers
from sortition.tables.labels import fold, listed, squeeze
from sortition.tables.rows import Table

PSEUDONYM = "pseudonym"  # the column that takes the place of the numbers
AGES = ("age", "alder")
SEXES = {"sex": ("female", "male"), "køn": ("kvinde", "mand")}
SAME = {"age": "alder", "alder": "age", "sex": "køn", "køn": "sex"}  # in the other language


@dataclass(frozen=True, slots=True, kw_only=True)
class CprRules:
    """What is to be done with CPR numbers.

    Attributes
    ----------
    derive : sequence of str
        The columns to make of them: ``age`` or ``alder``, in whole years, and ``sex`` (``female``,
        ``male``) or ``køn`` (``kvinde``, ``mand``), as it is registered.
    age_on : date or None
        The day on which the age counts.
    key : Path or None
        A file of at least 16 bytes, with which pseudonyms are made; without it, the key is made
        for the occasion and not kept.
    keep : bool
        Whether the lists of people may hold the numbers.
    """

    derive: Sequence[str] = ()
    age_on: datetime.date | None = None
    key: Path | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A pool without CPR numbers, and the column of its ids as far as it is known."""

    table: Table
    id_column: str | None


def protect(
    table: Table, rules: CprRules, id_column: str | None, *, key: bytes | None = None
) -> Protected:
    """Derive what is asked for, then replace the numbers by pseudonyms or leave them out.

    A column of numbers that tells people apart becomes a column of pseudonyms; another one is left
    out. Numbers that stand among other text become pseudonyms too.

    Parameters
    ----------
    id_column : str or None
        The column that is to tell people apart, if somebody said which.
    key : bytes or None
        That of the pseudonyms, where several lists are to have the same ones; None: that of the
        rules.

    Raises
    ------
    InputErrors
        With every number that is needed and cannot be read, and what is wrong with the rules.
    """
    key = read_key(rules.key) if key is None else key
    columns = find_cpr_columns(table, id_column)
    faults = list(_faults(columns, rules))
    if faults:
        raise InputErrors(tuple(faults))
    if not columns.numbers and not columns.mentioning:
        return Protected(table=table, id_column=id_column)
    derived = _derived(columns, rules)
    pseudonyms = Pseudonyms(key, set().union(*columns.numbers.values()))
    cells: dict[str, Cells] = {}
    told = list(_told(columns, rules))
    for name in table.header:
        if name == columns.ids:
            cells[PSEUDONYM] = tuple(map(pseudonyms.of, columns.numbers[name]))
        if name in columns.mentioning and not rules.keep:
            ids = name in columns.other_ids
            cells[name] = pseudonyms.in_text(table, name, told, ids=ids)
        elif name not in columns.numbers:
            cells[name] = table.column(name)
        elif rules.keep:
            cells[name] = tuple(map(_restored, table.column(name), columns.numbers[name]))
    if not told:
        return Protected(table=table, id_column=id_column)
    if pseudonyms.made and rules.key is None:
        told.append(table.finding(code="cpr-key-made"))
    protected = table.with_columns({**cells, **derived}).noticing(*told)
    return Protected(table=protected, id_column=PSEUDONYM if columns.ids else id_column)


def _faults(columns: CprColumns, rules: CprRules) -> Iterator[Finding]:
    table = columns.table
    new = list(rules.derive) + ([PSEUDONYM] if columns.ids else [])
    for name in rules.derive:
        if fold(name) not in {*AGES, *SEXES}:
            facts = {"known": listed((*AGES, *SEXES))}
            yield Finding(code="cpr-cannot-tell", value=name, facts=facts)
    for name in sorted(set(new)):
        if new.count(name) > 1 or fold(name) in map(fold, table.header):
            yield table.finding(code="cpr-column-taken", column=name, facts=_otherwise(table, name))
    if rules.derive and not columns.numbers:
        yield table.finding(code="cpr-absent")
    elif rules.derive and not columns.people:
        yield table.finding(code="cpr-several", facts={"columns": listed(columns.numbers)})
    if _asks_for_age(rules) and rules.age_on is None:
        yield Finding(code="cpr-age-without-day")
    needed = columns.people if rules.derive else columns.ids
    if needed and not _is_danish(columns, needed):
        yield table.finding(code="cpr-swedish", column=needed)
    elif needed:
        yield from columns.unreadable(needed)
        yield from _unborn(columns, rules, needed)


def _is_danish(columns: CprColumns, column: str) -> bool:
    """Whether numbers are Danish, or may be in a column that does not say “personnummer”."""
    whose = whose_numbers(column, columns.table.column(column))
    named = NAME.fullmatch(squeeze(column)) is not None
    return whose == "danish" or (whose == "either" and not (named and any(columns.numbers[column])))


def _otherwise(table: Table, name: str) -> dict[str, str]:
    """The fact of a name that is free, if there is one for the same."""
    other = SAME.get(fold(name), "")
    return {"other": other} if other and other not in map(fold, table.header) else {}


def _unborn(columns: CprColumns, rules: CprRules, source: str) -> Iterator[Finding]:
    day = rules.age_on
    if day is None or not _asks_for_age(rules):
        return
    for row, digits in zip(columns.table.row_numbers, columns.numbers[source], strict=True):
        if digits is not None and age(digits, day) is None:
            facts = {"day": day.isoformat()}
            yield columns.table.finding(code="cpr-unborn", row=row, column=source, facts=facts)


def _asks_for_age(rules: CprRules) -> bool:
    return any(fold(name) in AGES for name in rules.derive)


def _derived(columns: CprColumns, rules: CprRules) -> dict[str, Cells]:
    """The columns that are asked for; all numbers can be read."""
    if not rules.derive or columns.people is None:
        return {}
    numbers = [digits or "" for digits in columns.numbers[columns.people]]
    derived: dict[str, Cells] = {}
    for name in rules.derive:
        if fold(name) in SEXES:
            words = SEXES[fold(name)]
            derived[name] = tuple([words[is_male(digits)] for digits in numbers])
        elif rules.age_on:
            day = rules.age_on
            derived[name] = tuple([str(age(digits, day)) for digits in numbers])
    return derived


def _restored(cell: str, digits: str | None) -> str:
    """A number with its leading zero, written as it was."""
    return f"0{cell}" if digits and _lacks_zero(cell) else cell


def _lacks_zero(cell: str) -> bool:
    return len(cell.replace("-", "").replace(" ", "")) < 10


def _told(columns: CprColumns, rules: CprRules) -> Iterator[Finding]:
    table = columns.table
    for name, numbers in columns.numbers.items():
        if name == columns.ids:
            yield table.finding(code="cpr-replaced", column=name, value=PSEUDONYM)
        if rules.keep:
            yield table.finding(code="cpr-kept", column=name)
        elif name != columns.ids:
            yield table.finding(code="cpr-left-out", column=name)
        pairs = zip(table.column(name), numbers, strict=True)
        count = sum(1 for cell, digits in pairs if digits and _lacks_zero(cell))
        if count:
            yield table.finding(code="cpr-zero-restored", column=name, facts={"count": count})
    for name in rules.derive:
        day = rules.age_on if fold(name) in AGES else None
        facts: Mapping[str, str] = {"day": day.isoformat()} if day else {}
        yield table.finding(code="cpr-derived", column=name, facts=facts)
