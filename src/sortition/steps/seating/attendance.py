"""Who came to which session, as a list of the organiser says afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors
from sortition.instance.id_lists import Listed, id_column_of, listed_ids, repeated, unknown
from sortition.steps.seating.sessions import SESSION, read_attendance
from sortition.tables.ids import with_zeros
from sortition.tables.labels import fold
from sortition.tables.roster import Roster
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Who came: the ids by session, and what was assumed."""

    sessions: tuple[frozenset[str], ...]
    assumed: tuple[Finding, ...]


def read_who_came(
    table: Table, roster: Roster, ever: Collection[str], panel: Collection[str]
) -> Came:
    """Read who came to each session: yes or no in the columns ``session 1``, ``session 2``, …

    Parameters
    ----------
    table : Table
    roster : Roster
        Of the pool.
    ever : collection of str
        The ids of all who were on the panel at some time.
    panel : collection of str
        The ids of those who are on it now. Whoever of them is not in the list did not come.

    Raises
    ------
    InputErrors
        With every fault of the table.
    """
    faults = list(_gaps(table))
    id_column = roster.id_column or "id"
    table = with_zeros(table, id_column_of(table, id_column), roster.ids)
    people = listed_ids(table, faults, id_column=id_column)
    faults += repeated(people)
    faults += [fault for one in people for fault in _stranger(one, roster.ids, ever)]
    known = {one.id for one in people}
    there = Roster(
        table=roster.table,
        id_column=id_column,
        ids=tuple(id for id in roster.ids if id in known and id in ever),
    )
    count = len({fold(name) for name in table.header if SESSION.fullmatch(fold(name))})
    came = None
    try:
        came = read_attendance(_once(table, people), there, sessions=count)
    except InputErrors as errors:
        said = {"seating-id-unknown", "seating-session-unknown"}  # by now
        faults += [fault for fault in errors.faults if not (fault.code in said and faults)]
    if faults or came is None:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    present = dict(zip(sorted(there.ids), came.present, strict=True))
    missing = len(set(panel) - known)
    assumed = list(came.assumed)
    if missing:
        assumed.append(table.finding(code="attendance-not-listed", facts={"count": missing}))
    return Came(
        sessions=tuple(
            frozenset(id for id, sessions in present.items() if sessions[number])
            for number in range(count)
        ),
        assumed=tuple(assumed),
    )


def _once(table: Table, people: Collection[Listed]) -> Table:
    """The rows that have an id, each id once: what is wrong with the others is said by now."""
    first = {one.id: one.row for one in reversed(list(people))}
    kept = frozenset(first.values())
    return table.only(kept)


def _gaps(table: Table) -> Iterator[Finding]:
    """Sessions are numbered from 1 on without a gap."""
    found = [SESSION.fullmatch(fold(name)) for name in table.header]
    numbers = sorted(int(one[1]) for one in found if one)
    if numbers and numbers != list(range(1, len(numbers) + 1)):
        facts = {"numbers": ", ".join(map(str, numbers))}
        yield table.finding(code="attendance-sessions", facts=facts)


def _stranger(one: Listed, ids: Collection[str], ever: Collection[str]) -> Iterator[Finding]:
    if one.id not in ids:
        yield unknown(one, ids)
    elif one.id not in ever:
        yield one.finding("attendance-not-on-panel")
