"""What a seating plan is made from, all of it read and checked together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.steps.seating.chairs import Tables, tables_with
from sortition.steps.seating.lists import GroupsLists, read_lists
from sortition.steps.seating.options import OUTPUTS, GroupsOptions, option_faults
from sortition.steps.seating.people import GroupsPeople, described, read_people
from sortition.steps.seating.plan import Guest, Problem, clusters_of
from sortition.steps.seating.plan_files import SeatingPeople
from sortition.tables.cpr.pseudonyms import read_key
from sortition.tables.faults import attempt
from sortition.tables.written.results import destination_faults

SEED = "sortition"  # of people whom no seed has drawn


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


def read_groups(options: GroupsOptions, destination: Path | None) -> GroupsReading:
    """Read everything that a plan needs, and see that it can be written.

    Parameters
    ----------
    destination : Path or None
        The folder for the plan; None: it is not written.

    Raises
    ------
    InputErrors
        With every fault.
    """
    faults = [
        *option_faults(options),
        *destination_faults(destination, options.overwrite, names=OUTPUTS, inputs=options.paths),
    ]
    key = attempt(faults, partial(read_key, options.cpr.key))
    if key is None:
        raise InputErrors(tuple(faults))
    found = attempt(
        faults,
        partial(
            read_people,
            options.people,
            sheet=options.sheet,
            id_column=options.id_column,
            needed=(*(options.mix or ()), *options.names),
            cpr=options.cpr,
            key=key,
        ),
    )
    tables = _tables(options, found, faults)
    lists = read_lists(options, found.roster if found else None, key, faults, tables=tables.count)
    if found is None:
        raise InputErrors(tuple(faults))
    of_tables = partial(described, mix=options.mix, names=options.names, tables=tables.count)
    people = attempt(faults, partial(of_tables, found))
    present = _present(options, found, lists)
    faults += _size_faults(options, tables.count, present)
    if faults or people is None:
        raise InputErrors(tuple(faults))
    problem = _problem(options, people, present, lists, tables)
    return GroupsReading(
        people=people,
        problem=problem,
        seed=options.seed or found.seed or SEED,
        digests={"people": found.roster.table.digest, **lists.digests},
        assumed=(
            *found.assumed,
            *people.assumed,
            *lists.assumed(),
            *_said_of_options(options, people),
            *_said_of_clusters(problem),
        ),
    )


def _tables(options: GroupsOptions, found: GroupsPeople | None, faults: list[Finding]) -> Tables:
    """The tables that were asked for, or that the chairs make for the people."""
    given = Tables(count=options.tables or 1)
    if options.chairs is None or found is None:
        return given
    by_chairs = partial(tables_with, options.chairs, len(found.roster.ids))
    return attempt(faults, by_chairs) or given


def _present(
    options: GroupsOptions, people: GroupsPeople, lists: GroupsLists
) -> tuple[tuple[bool, ...], ...]:
    if lists.attendance:
        return lists.attendance.present
    return ((True,) * max(options.sessions, 0),) * len(people.roster.ids)


def _problem(
    options: GroupsOptions,
    people: SeatingPeople,
    present: tuple[tuple[bool, ...], ...],
    lists: GroupsLists,
    tables: Tables,
) -> Problem:
    known = zip(people.ids, people.values, present, strict=True)
    return Problem(
        features=people.features,
        guests=tuple(Guest(id=id, values=values, present=there) for id, values, there in known),
        tables=tables.count,
        chairs=tables.chairs,
        sessions=options.sessions,
        rules=lists.rules.rules if lists.rules else (),
        former=lists.former.seats if lists.former else (),
        held=options.held,
    )


def _size_faults(
    options: GroupsOptions, tables: int, present: tuple[tuple[bool, ...], ...]
) -> Iterator[Finding]:
    """Every table needs somebody, in every session that is yet to be held."""
    if tables < 1:
        return
    if len(present) < tables:
        facts = {"tables": tables, "people": len(present)}
        yield Finding(code="seating-more-tables-than-people", facts=facts)
        return
    for session in range(options.held, options.sessions):
        there = sum(of_guest[session] for of_guest in present)
        if there < tables:
            facts = {"tables": tables, "people": there, "session": session + 1}
            yield Finding(code="seating-too-few-present", facts=facts)


def _said_of_options(options: GroupsOptions, people: SeatingPeople) -> Iterator[Finding]:
    if not people.features:
        yield Finding(code="seating-no-mix")
    if not options.names:
        yield Finding(code="seating-ids-for-names")


def _said_of_clusters(problem: Problem) -> Iterator[Finding]:
    """Which groups have several tables of their own, in the first session where they do."""
    said: set[str] = set()
    for session in range(problem.held, problem.sessions):
        for block, parts in clusters_of(problem, session).items():
            named = ", ".join(
                rule.name
                for rule in problem.rules
                if rule.kind == "together" and set(block).intersection(rule.guests)
            )
            if named not in said:
                said.add(named)
                facts: dict[str, str | int] = {
                    "rule": named,
                    "people": len(block),
                    "seats": problem.largest(session),
                    "parts": " + ".join(map(str, parts)),
                    "session": session + 1,
                }
                yield Finding(code="seating-cluster", facts=facts)
