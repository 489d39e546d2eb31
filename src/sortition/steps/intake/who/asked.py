"""Those who were asked, by the registry that they come from: its waves are one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sortition.steps.intake.listed import Listed
from sortition.steps.intake.roles import find_roles
from sortition.tables.written.invitation import INVITATION


def frames(lists: Sequence[Listed]) -> Iterator[Listed]:
    """The lists of one registry as one, which have its columns besides those of an invitation."""
    alike: dict[tuple[str, ...], list[Listed]] = {}
    for one in lists:
        columns = tuple(name for name in one.sheet.table.header if name not in INVITATION)
        alike.setdefault(columns, []).append(one)
    for waves in alike.values():
        yield waves[0] if len(waves) == 1 else _as_one(waves)


def _as_one(waves: Sequence[Listed]) -> Listed:
    tables = [one.sheet.table for one in waves]
    whole = tables[0].followed_by(tables[1:])
    table = replace(whole, file=", ".join(table.file for table in tables))
    questions = {name: waves[0].sheet.questions[name] for name in table.header}
    sheet = replace(waves[0].sheet, table=table, questions=questions)
    starts = [sum(table.size for table in tables[:number]) for number in range(len(tables))]
    return Listed(
        sheet=sheet,
        roles=find_roles(sheet),
        people=[person for one in waves for person in one.people],
        untried=frozenset(
            start + place for start, one in zip(starts, waves, strict=True) for place in one.untried
        ),
    )
