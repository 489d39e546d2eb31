"""Lists of people, of any file: those who answered, those who were asked, those who may not."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sortition.errors import Finding
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.roles import Roles, find_roles, heads_people
from sortition.steps.intake.sheets import Sheet, further_sheets, read_sheet
from sortition.steps.intake.who.people import Identity, identities
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.grid import Headed
from sortition.tables.labels import listed
from sortition.tables.written.invitation import untried


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of people, and what tells who they are.

    Attributes
    ----------
    sheet : Sheet
    roles : mapping of str to tuple of str
    people : sequence of Identity
        Row by row.
    untried : frozenset of int
        The rows, from 0, of a list for doors and telephones that nobody has come to yet.
    """

    sheet: Sheet
    roles: Roles
    people: Sequence[Identity]
    untried: frozenset[int] = frozenset()


def read_list(
    path: File, *, wanted: Collection[str], day: datetime.date | None, faults: list[Finding]
) -> Listed | None:
    """Read one; None, and it is among the faults, if it cannot be read."""
    headed = partial(heads_people, features=wanted)
    sheet = attempt(faults, partial(read_sheet, path, faults, headed))
    return None if sheet is None else _listed(sheet, day)


def further_lists(
    first: Listed, path: File, headed: Headed, day: datetime.date | None, asking: Asking
) -> Iterator[Listed]:
    """Further sheets of a workbook with people, if somebody said that they are answers too."""
    for sheet in further_sheets(first.sheet, path, headed):
        own = _listed(sheet, day)
        if any(person != Identity() for person in own.people):
            question = Question(
                about="sheet",
                subject=path.name,
                found=sheet.file.removeprefix(f"{path.name}, "),
                rows=sheet.table.size,
                choices=(asking.word("yes"), asking.word("no")),
            )
            if asking.agreed(question):
                yield own


def _listed(sheet: Sheet, day: datetime.date | None) -> Listed:
    roles = find_roles(sheet)
    people = identities(sheet, roles, day)
    return Listed(sheet=sheet, roles=roles, people=people, untried=untried(sheet.table))


def told_apart(paths: Sequence[File], lists: Sequence[Listed]) -> tuple[Listed, ...]:
    """The lists with the names of their folders, where files of two folders are called alike."""
    counts = Counter(one.sheet.file for one in lists)
    return tuple(
        replace(one, sheet=replace(one.sheet, table=replace(one.sheet.table, file=longer)))
        if counts[one.sheet.file] > 1 and (longer := _with_folder(path))
        else one
        for path, one in zip(paths, lists, strict=True)
    )


def _with_folder(path: File) -> str:
    return "/".join(path.parts[-2:]) if isinstance(path, Path) else ""


def nobody_told(lists: Sequence[Listed | None]) -> Iterator[Finding]:
    """Lists in which nothing tells who somebody is."""
    for one in lists:
        if one is not None and all(person == Identity() for person in one.people):
            yield one.sheet.table.finding(
                code="intake-list-unknown", facts={"columns": listed(one.sheet.table.header)}
            )
