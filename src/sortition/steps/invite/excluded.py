"""Lists of people who may not be invited, such as staff: who of the registry is on them.

Somebody is found by her id, or as intake finds her: by CPR number, e-mail address or telephone, or
by her name with the day of birth or the address. A name alone is not enough.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.registry.admitted import LeftOut
from sortition.registry.alike import Spelling, Test, people_like
from sortition.registry.cells import Source
from sortition.steps.intake import (
    Identity,
    Roles,
    Sheet,
    across,
    find_roles,
    heads_people,
    identities,
    name_key,
    question_of,
    read_sheet,
)
from sortition.steps.invite.columns import MappedRegistry
from sortition.tables.faults import attempt
from sortition.tables.labels import alike, nfc
from sortition.tables.rows import Table

WITH_A_NAME = ("birth", "address", "cpr")  # what tells somebody together with her name
NAMES = ("first", "last", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedList:
    """A list of people who may not be invited.

    Attributes
    ----------
    sheet : Sheet
    ids : tuple of str
        Of each, blank without a column of ids.
    people : tuple of Identity
    roles : Roles
    """

    sheet: Sheet
    ids: tuple[str, ...]
    people: tuple[Identity, ...]
    roles: Roles


def left_out_by_lists(
    own: MappedRegistry, paths: Sequence[Path], id_column: str, day: datetime.date | None
) -> Iterator[LeftOut]:
    """Those of the registry who stand on a list.

    Raises
    ------
    InputErrors
        If a list cannot be read, or nothing on it tells who of the registry is meant.
    """
    faults: list[Finding] = []
    lists = [
        attempt(faults, partial(_read_list, path, id_column, day, faults=faults)) for path in paths
    ]
    here = _roles_of(own)
    for listed in lists:
        if listed is not None:
            found = attempt(faults, partial(_found, own, listed, here, id_column, day))
            if found is not None:
                yield found
    if faults:
        raise InputErrors(tuple(faults))


def _read_list(
    path: Path, id_column: str, day: datetime.date | None, *, faults: list[Finding]
) -> ExcludedList:
    sheet = read_sheet(path, faults, heads_people)
    roles = find_roles(sheet)
    columns = alike(sheet.table.header, id_column)
    ids: tuple[str, ...] = ("",) * sheet.table.size
    if len(columns) == 1:
        faults += sheet.table.doubts(set(columns))
        ids = tuple(map(nfc, sheet.table.column(columns[0])))
    return ExcludedList(
        sheet=sheet, ids=ids, people=tuple(identities(sheet, roles, day)), roles=roles
    )


def _roles_of(own: MappedRegistry) -> Roles:
    """The columns of the registry that say who somebody is."""
    names = own.registry.columns
    return find_roles(_sheet(Table.of_rows(names, (), file=own.registry.name)))


def _sheet(table: Table) -> Sheet:
    questions = {name: question_of(name) for name in table.header}
    return Sheet(table=table, questions=questions)


def _found(
    own: MappedRegistry,
    listed: ExcludedList,
    here: Roles,
    id_column: str,
    day: datetime.date | None,
) -> LeftOut:
    groups = list(_groups(own, listed, here, id_column))
    table = listed.sheet.table
    if not groups:
        facts = {"columns": ", ".join(own.registry.columns), "others": ", ".join(table.header)}
        raise InputErrors((table.finding(code="exclude-nothing-in-common", facts=facts),))
    columns = list(dict.fromkeys([id_column, *(name for names in here.values() for name in names)]))
    rows = people_like(own.engine, own.registry.partitions, columns, groups, threads=own.threads)
    ids = set(filter(None, listed.ids))
    sheet = _sheet(Table.of_rows(columns, [tuple(map(str.strip, row)) for row in rows]))
    known = identities(sheet, here, day)
    verdicts = list(across(known, listed.people))
    same = {place for place, _, verdict in verdicts if verdict == "same"}
    same |= {place for place, row in enumerate(rows) if nfc(row[0].strip()) in ids}
    perhaps = {place for place, _, verdict in verdicts if verdict == "asked"} - same
    met = {other for _, other, verdict in verdicts if verdict == "same"}
    there = {nfc(rows[place][0].strip()) for place in same}
    met |= {place for place, id in enumerate(listed.ids) if id in there}
    counts = {"people": table.size, "found": len(met)}
    own.told.append(table.finding(code="exclude-list", facts=counts))
    if perhaps:
        own.told.append(table.finding(code="exclude-perhaps", facts={"count": len(perhaps)}))
    return LeftOut(
        reason="excluded",
        source=Source(column=id_column),
        cells=frozenset(rows[place][0] for place in same),
        file=table.file,
    )


def _groups(
    own: MappedRegistry, listed: ExcludedList, here: Roles, id_column: str
) -> Iterator[tuple[Test, ...]]:
    """What somebody of the registry must have in common with a list to be looked at."""
    if ids := frozenset(filter(None, listed.ids)):
        yield (Test(column=id_column, spelling="id", texts=ids),)
    texts: dict[Spelling, frozenset[str]] = {
        "cpr": frozenset(one.cpr for one in listed.people if one.cpr),
        "email": frozenset(mail for one in listed.people for mail in one.emails),
        "phone": frozenset(phone[-8:] for one in listed.people for phone in one.phones),
    }
    for spelling, wanted in texts.items():
        for column in here[spelling] if wanted else ():
            yield (Test(column=column, spelling=spelling, texts=wanted),)
    telling = [role for role in WITH_A_NAME if here[role] and listed.roles[role]]
    words = {word for one in listed.people for word in one.name.split()}
    names = [column for role in NAMES for column in here[role][:1]]
    if here["first"] and here["last"]:
        names = [here["first"][0], here["last"][0]]
    if telling and words and names:
        yield tuple(
            Test(column=name, spelling="cell", texts=_cells_of_names(own, name, words))
            for name in names
        )


def _cells_of_names(own: MappedRegistry, column: str, words: set[str]) -> frozenset[str]:
    """The cells of a column of names that share a word with those of a list."""
    cells = own.cells_at(Source(column=column)).keys
    return frozenset(cell for cell in cells if words.intersection(name_key(cell).split()))
