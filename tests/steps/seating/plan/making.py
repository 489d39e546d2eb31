"""Small seating problems for tests."""

from __future__ import annotations

from collections.abc import Sequence

from sortition.steps.seating.plan import Guest, Problem, Rule, Seats


def party(
    people: int,
    tables: int,
    sessions: int,
    *,
    values: Sequence[str] = (),
    rules: Sequence[Rule] = (),
    absent: Sequence[tuple[int, int]] = (),
    former: Seats = (),
    held: int = 0,
    chairs: tuple[int, ...] = (),
) -> Problem:
    """Guests 000, 001, … whose values are letters, one letter a feature.

    `absent` lists sessions, from 0, with a guest who is not there.
    """
    guests = tuple(
        Guest(
            id=f"{number:03}",
            values=tuple(values[number]) if values else (),
            present=tuple((session, number) not in absent for session in range(sessions)),
        )
        for number in range(people)
    )
    return Problem(
        features=tuple(f"f{n}" for n in range(len(values[0]) if values else 0)),
        guests=guests,
        tables=tables,
        sessions=sessions,
        rules=tuple(rules),
        former=former,
        held=held,
        chairs=chairs,
    )


def together(*guests: int) -> Rule:
    return Rule(name="together", kind="together", guests=guests)


def apart(*guests: int) -> Rule:
    return Rule(name="apart", kind="apart", guests=guests)


def at_table(table: int, *guests: int) -> Rule:
    return Rule(name=f"table {table}", kind="table", guests=guests, table=table)
