"""What a seating plan is made from: the people, and the lists beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.files import check_files, read_table
from sortition.files.columns import match_column
from sortition.files.faults import attempt
from sortition.files.pool import Roster
from sortition.files.run_folder import RunFolder, as_it_came, read_run_folder
from sortition.files.seating_plan import (
    SeatingPeople,
    SeatingRoster,
    describe_people,
    read_roster,
)
from sortition.files.seating_rules import SeatingRules, read_rules
from sortition.files.seating_sessions import (
    Attendance,
    FormerPlan,
    read_attendance,
    read_former,
)
from sortition.model import Language
from sortition.runs.inputs import seed_faults
from sortition.seating import Guest, Problem

WORKBOOK, TABLE, CARDS, DOCUMENT = "seating.xlsx", "seating.csv", "name_cards.html", "seating.json"
OUTPUTS = (WORKBOOK, TABLE, CARDS, DOCUMENT)
SEED = "sortition"  # of a list of people that no seed has drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsOptions:
    """What a seating plan was asked to be.

    Attributes
    ----------
    people : Path
        A folder that a selection wrote, or a list of people.
    tables, sessions : int
    mix : tuple of str or None
        The columns to mix tables on. None: the features with quotas.
    names : tuple of str
        The columns of people's names.
    id_column : str or None
    rules, attendance, keep : Path or None
    from_session : int or None
        With `keep`: the first session that was not held yet.
    seed : str or None
        None: the seed of the selection.
    effort : int
    language : {"en", "da"}
    out : Path or None
        None: a folder of its own beside the panel.
    overwrite : bool
    """

    people: Path
    tables: int
    sessions: int
    mix: tuple[str, ...] | None
    names: tuple[str, ...]
    id_column: str | None
    rules: Path | None
    attendance: Path | None
    keep: Path | None
    from_session: int | None
    seed: str | None
    effort: int
    language: Language
    out: Path | None
    overwrite: bool

    @property
    def folder(self) -> Path:
        """Where the plan is written."""
        if self.out is not None:
            return self.out
        return self.people / "seating" if self.people.is_dir() else Path("seating")

    @property
    def held(self) -> int:
        """How many sessions were held already."""
        return (self.from_session or 1) - 1

    def inputs(self) -> dict[str, Path]:
        """The lists that are read beside the people, by what they are."""
        named = {"rules": self.rules, "attendance": self.attendance, "keep": self.keep}
        return {name: path for name, path in named.items() if path is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsReading:
    """What is to be seated, and what the plan is called for by.

    Attributes
    ----------
    people : SeatingPeople
    problem : Problem
    seed : str
    digests : mapping of str to str
        SHA-256 of the lists that were read.
    assumed : tuple of Finding
    """

    people: SeatingPeople
    problem: Problem
    seed: str
    digests: dict[str, str]
    assumed: tuple[Finding, ...]


@dataclass(slots=True, kw_only=True)
class _Lists:
    """What the lists beside the people say; what has faults, or was not given, says nothing."""

    rules: SeatingRules | None = None
    attendance: Attendance | None = None
    former: FormerPlan | None = None
    digests: dict[str, str] = field(default_factory=dict)

    def assumed(self) -> tuple[Finding, ...]:
        found = (self.rules, self.attendance, self.former)
        return tuple(finding for one in found if one for finding in one.assumed)


def read_groups(options: GroupsOptions) -> GroupsReading:
    """Read everything that a plan needs, and see that it can be written.

    Raises
    ------
    InputErrors
        With every fault.
    """
    faults = list(_option_faults(options))
    run = None
    if options.people.is_dir():
        run = attempt(faults, partial(read_run_folder, options.people))
    source = run.panel if run else options.people
    paths = (source, *options.inputs().values())
    attempt(
        faults,
        partial(check_files, options.folder, options.overwrite, names=OUTPUTS, inputs=paths),
    )
    found = _roster(options, run, source, faults)
    lists = _lists(options, found.roster if found else None, faults)
    if found is None:
        raise InputErrors(tuple(faults))
    mix = options.mix if options.mix is not None else _quota_columns(found.roster, run)
    people = attempt(faults, partial(describe_people, found.roster, mix=mix, names=options.names))
    everybody = ((True,) * max(options.sessions, 0),) * len(found.roster.ids)
    present = lists.attendance.present if lists.attendance else everybody
    faults += _size_faults(options, present)
    if faults or people is None:
        raise InputErrors(tuple(faults))
    return GroupsReading(
        people=people,
        problem=_problem(options, people, present, lists),
        seed=options.seed or (run.seed if run else SEED),
        digests={"people": found.roster.table.digest, **lists.digests},
        assumed=(
            *found.assumed,
            *people.assumed,
            *lists.assumed(),
            *_said_of_options(options, people),
        ),
    )


def _roster(
    options: GroupsOptions, run: RunFolder | None, source: Path, faults: list[Finding]
) -> SeatingRoster | None:
    if run is None and options.people.is_dir():
        return None  # which is a fault already
    id_column = options.id_column or (run.id_column if run else None)
    return attempt(
        faults, partial(read_roster, source, id_column=id_column, written_by_us=run is not None)
    )


def _quota_columns(roster: Roster, run: RunFolder | None) -> tuple[str, ...]:
    """The columns of the features with quotas; a combination of features has none."""
    columns = (
        attempt([], partial(match_column, roster.table, name, unknown="seating-column-unknown"))
        for name in (run.features if run else ())
    )
    return tuple(column for column in columns if column is not None)


def _lists(options: GroupsOptions, roster: Roster | None, faults: list[Finding]) -> _Lists:
    lists = _Lists()
    for name, path in options.inputs().items():
        table = attempt(faults, partial(read_table, path))
        if table is None or roster is None:
            continue
        lists.digests[name] = table.digest
        if name == "rules":
            rules = partial(read_rules, table, roster, tables=options.tables)
            lists.rules = attempt(faults, rules)
        elif name == "attendance":
            attendance = partial(
                read_attendance, table, roster, sessions=options.sessions, held=options.held
            )
            lists.attendance = attempt(faults, attendance)
        else:
            former = partial(
                read_former,
                as_it_came(table),
                roster,
                tables=options.tables,
                sessions=options.sessions,
                held=options.held,
            )
            lists.former = attempt(faults, former)
    return lists


def _problem(
    options: GroupsOptions,
    people: SeatingPeople,
    present: tuple[tuple[bool, ...], ...],
    lists: _Lists,
) -> Problem:
    known = zip(people.ids, people.values, present, strict=True)
    return Problem(
        features=people.features,
        guests=tuple(Guest(id=id, values=values, present=there) for id, values, there in known),
        tables=options.tables,
        sessions=options.sessions,
        rules=lists.rules.rules if lists.rules else (),
        former=lists.former.seats if lists.former else (),
        held=options.held,
    )


def _size_faults(
    options: GroupsOptions, present: tuple[tuple[bool, ...], ...]
) -> Iterator[Finding]:
    """Every table needs somebody, in every session that is yet to be held."""
    if options.tables < 1:
        return
    if len(present) < options.tables:
        facts = {"tables": options.tables, "people": len(present)}
        yield Finding(code="seating-more-tables-than-people", facts=facts)
        return
    for session in range(options.held, options.sessions):
        there = sum(of_guest[session] for of_guest in present)
        if there < options.tables:
            facts = {"tables": options.tables, "people": there, "session": session + 1}
            yield Finding(code="seating-too-few-present", facts=facts)


def _option_faults(options: GroupsOptions) -> Iterator[Finding]:
    if options.tables < 1:
        yield Finding(code="seating-tables-not-positive", value=str(options.tables))
    if options.sessions < 1:
        yield Finding(code="seating-sessions-not-positive", value=str(options.sessions))
    if options.effort < 1:
        yield Finding(code="seating-effort-not-positive", value=str(options.effort))
    if options.from_session is not None:
        start = str(options.from_session)
        if options.keep is None:
            yield Finding(code="seating-from-without-keep", value=start)
        if options.sessions >= 1 and not 1 <= options.from_session <= options.sessions:
            facts = {"sessions": options.sessions}
            yield Finding(code="seating-from-out-of-range", value=start, facts=facts)
    if options.seed is not None:
        yield from seed_faults(options.seed)


def _said_of_options(options: GroupsOptions, people: SeatingPeople) -> Iterator[Finding]:
    if not people.features:
        yield Finding(code="seating-no-mix")
    if not options.names:
        yield Finding(code="seating-ids-for-names")
