"""Who is to be seated, and the lists of the plan: CSV, and a workbook with a sheet a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.seating.plan import Seats, at_tables
from sortition.tables.columns import match_column, matched
from sortition.tables.faults import attempt
from sortition.tables.ids import read_ids
from sortition.tables.labels import fold
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.values import spellings
from sortition.tables.written.lists import Row, csv_rows, workbook_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """What the columns and sheets are called.

    Attributes
    ----------
    plan : str
        The sheet with everybody.
    session : str
        With ``{n}`` for its number; a sheet and a column.
    table : str
    """

    plan: str
    session: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingRoster:
    """A list of people, and what was assumed about it."""

    roster: Roster
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingPeople:
    """Those who are to be seated, sorted by id.

    Attributes
    ----------
    roster : Roster
    features : tuple of str
        The columns on which tables are mixed.
    values : tuple of tuple of str
        The values of each person, by feature.
    names : tuple of tuple of str
        The name of each person, in as many parts as there are columns for it.
    name_columns : tuple of str
    assumed : tuple of Finding
    """

    roster: Roster
    features: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    name_columns: tuple[str, ...]
    assumed: tuple[Finding, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """In the order of the values and the names."""
        return tuple(sorted(self.roster.ids))


def read_roster(table: Table, *, id_column: str | None) -> SeatingRoster:
    """Find the ids in a list of people.

    Parameters
    ----------
    id_column : str or None
        None to tell it by its name.

    Raises
    ------
    InputErrors
        If the column of the ids cannot be told, or they cannot be read.
    """
    ids = read_ids(table, id_column, taken=())
    return SeatingRoster(
        roster=Roster(table=table, id_column=ids.column, ids=ids.ids),
        assumed=(*table.assumed, *ids.assumed),
    )


def describe_people(
    roster: Roster, *, mix: Sequence[str], names: Sequence[str], tables: int
) -> SeatingPeople:
    """What is known of the people: the values to mix on, and their names.

    Parameters
    ----------
    mix, names : sequence of str
        Columns.
    tables : int
        At how many the people sit.

    Raises
    ------
    InputErrors
        With every column that is not there, and every doubtful cell of those to mix on.
    """
    table = roster.table
    faults: list[Finding] = []
    assumed: list[Finding] = []

    def columns(wanted: Sequence[str]) -> tuple[str, ...]:
        find = partial(match_column, table, unknown="seating-column-unknown")
        found = {name: attempt(faults, partial(find, name)) for name in wanted}
        known = {name: column for name, column in found.items() if column is not None}
        for name, column in known.items():
            assumed.extend(matched(table, name, column))
        return tuple(dict.fromkeys(known.values()))

    features, name_columns = columns(mix), columns(names)
    faults += table.doubts(features)
    if faults:
        raise InputErrors(tuple(faults))
    order = sorted(range(len(roster.ids)), key=roster.ids.__getitem__)
    spelled = {feature: spellings(table.column(feature)) for feature in features}
    for feature in features:
        assumed += _doubtful_to_mix(table, feature, len(spelled[feature]), tables)
    return SeatingPeople(
        roster=roster,
        features=features,
        values=tuple(
            tuple(spelled[name][fold(table.column(name)[row])] for name in features)
            for row in order
        ),
        names=tuple(tuple(table.column(name)[row] for name in name_columns) for row in order),
        name_columns=name_columns,
        assumed=tuple(assumed),
    )


def _doubtful_to_mix(table: Table, feature: str, values: int, tables: int) -> Iterator[Finding]:
    blank = table.column(feature).count("")
    if blank:
        yield table.finding(code="seating-value-blank", column=feature, facts={"count": blank})
    if values * max(tables, 1) > len(table.rows):
        facts = {"values": values, "people": len(table.rows), "tables": tables}
        yield table.finding(code="seating-many-values", column=feature, facts=facts)


def plan_rows(people: SeatingPeople, seats: Seats, words: PlanWords) -> list[Row]:
    """A row a person, with her table in each session; a blank cell where she is not there."""
    sessions = [words.session.format(n=number) for number in range(1, len(seats) + 1)]
    header = (people.roster.id_column or "id", *people.name_columns, *sessions)
    rows = [
        (id, *name, *(_number(tables[guest]) for tables in seats))
        for guest, (id, name) in enumerate(zip(people.ids, people.names, strict=True))
    ]
    return [header, *rows]


def plan_csv(people: SeatingPeople, seats: Seats, words: PlanWords) -> bytes:
    """The plan as CSV in the dialect of the list of people."""
    return csv_rows(plan_rows(people, seats, words), like=people.roster.table)


def plan_workbook(people: SeatingPeople, seats: Seats, words: PlanWords) -> bytes:
    """The plan as a workbook: everybody on the first sheet, then a sheet a session by tables."""
    sheets: dict[str, list[Row]] = {words.plan: plan_rows(people, seats, words)}
    header = (words.table, people.roster.id_column or "id", *people.name_columns)
    for number, tables in enumerate(seats, start=1):
        sheets[words.session.format(n=number)] = [
            header,
            *(
                (str(table), people.ids[guest], *people.names[guest])
                for table, guests in at_tables(tables).items()
                for guest in guests
            ),
        ]
    return workbook_bytes(sheets, ids={people.roster.id_column or "id"})


def _number(table: int | None) -> str:
    return "" if table is None else str(table)
