"""The lists beside the people to be seated: rules, attendance, and a former plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from sortition.errors import Finding
from sortition.steps.seating.options import GroupsOptions
from sortition.steps.seating.rules import COLUMNS, SeatingRules, read_rules
from sortition.steps.seating.sessions import (
    Attendance,
    FormerPlan,
    heads_sessions,
    read_attendance,
    read_former,
)
from sortition.tables.columns import heads_called
from sortition.tables.cpr.numbers import pseudonym, read_cpr
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.faults import attempt
from sortition.tables.labels import nfc
from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.rows import Table


@dataclass(slots=True, kw_only=True)
class GroupsLists:
    """What the lists say; what has faults, or was not given, says nothing.

    Attributes
    ----------
    rules : SeatingRules or None
    attendance : Attendance or None
    former : FormerPlan or None
    digests : dict of str to str
        SHA-256 of what was read.
    """

    rules: SeatingRules | None = None
    attendance: Attendance | None = None
    former: FormerPlan | None = None
    digests: dict[str, str] = field(default_factory=dict)

    def assumed(self) -> tuple[Finding, ...]:
        """What was assumed about them."""
        found = (self.rules, self.attendance, self.former)
        return tuple(finding for one in found if one for finding in one.assumed)


def read_lists(
    options: GroupsOptions,
    roster: Roster | None,
    key: bytes,
    faults: list[Finding],
    *,
    tables: int,
) -> GroupsLists:
    """Read the lists that were given; without a roster, only see that they can be read.

    Parameters
    ----------
    key : bytes
        That of the pseudonyms in the place of CPR numbers.
    faults : list of Finding
        Every fault is added to it.
    tables : int
        How many there are.
    """
    lists = GroupsLists()
    for name, path in options.lists().items():
        headed = heads_called(COLUMNS) if name == "rules" else heads_sessions
        table = attempt(faults, partial(read_table, path, headed=headed))
        if table is None or roster is None:
            continue
        lists.digests[name] = table.digest
        if name == "rules":
            lists.rules = attempt(faults, partial(_rules, table, roster, key, tables))
        elif name == "attendance":
            lists.attendance = attempt(faults, partial(_attendance, options, table, roster, key))
        else:
            lists.former = attempt(faults, partial(_former, options, table, roster, key, tables))
    return lists


def _rules(table: Table, roster: Roster, key: bytes, tables: int) -> SeatingRules:
    """Who is meant by a CPR number is told by its pseudonym, as in the list of people."""

    def named(cell: str) -> str:
        digits = None if nfc(cell) in roster.ids else read_cpr(cell)
        return cell if digits is None else pseudonym(key, digits)

    named_people = {name: table.coded(name).read(named) for name in table.header}
    return read_rules(table.changed(named_people), roster, tables=tables)


def _attendance(options: GroupsOptions, table: Table, roster: Roster, key: bytes) -> Attendance:
    own = protect(table, CprRules(), None, key=key).table
    return read_attendance(own, roster, sessions=options.sessions, held=options.held)


def _former(
    options: GroupsOptions, table: Table, roster: Roster, key: bytes, tables: int
) -> FormerPlan:
    """A plan as we wrote it, so that nothing of it had to be assumed."""
    own = replace(protect(table, CprRules(), None, key=key).table, assumed=())
    return read_former(own, roster, tables=tables, sessions=options.sessions, held=options.held)
