"""What `sortition groups` says: meetings, mix, rules and moves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed
from sortition.steps.seating.document import seating_document
from sortition.steps.seating.options import OUTPUTS, GroupsOptions
from sortition.steps.seating.run import Groups
from sortition.texts.grouping import some


def show_groups(groups: Groups, options: GroupsOptions) -> None:
    """Say what the plan reaches and where it is written."""
    seating = groups.seating
    problem, figures = seating.problem, seating.figures
    lines = [
        f"{len(problem.guests)} people are seated at {problem.tables} tables "
        f"in {problem.sessions} sessions.",
        "",
        f"Meetings  {figures.meetings} pairs of people meet; at most {seating.most} could",
        f"Again     {figures.again} meetings are of people who met before; "
        f"no two meet more than {figures.most_often} times",
        *_mix(groups),
        f"Rules     {_rules(groups)}",
    ]
    if options.keep is not None:
        lines.append(f"Moved     {_moved(groups)}")
    lines += [
        f"Chance    {_by_chance(groups)}",
        f"Seed      {groups.seed}",
        f"Written   {options.folder}: {', '.join(OUTPUTS)}",
    ]
    lines += assumed(groups.assumed)
    typer.echo("\n".join(lines))


def show_groups_json(groups: Groups) -> None:
    """Print the figures as JSON."""
    typer.echo(json.dumps(seating_document(groups.seating), ensure_ascii=False, indent=1))


def _mix(groups: Groups) -> Iterator[str]:
    figures, features = groups.seating.figures, groups.seating.problem.features
    if not features:
        return
    off = [table for table in figures.tables if table.uneven]
    of = f"{len(figures.tables)} tables of all sessions"
    yield f"Mix       on {', '.join(features)}"
    if not off:
        yield f"          all {of} are as even as can be"
        return
    yield f"          {len(figures.tables) - len(off)} of {of} are as even as can be"
    places = some(
        f"session {table.session} table {table.table} ({table.uneven})"
        for table in sorted(off, key=lambda table: -table.uneven)
    )
    yield f"          people outside the even spread: {places}"


def _rules(groups: Groups) -> str:
    rules, broken = groups.seating.problem.rules, groups.seating.figures.broken
    if not rules:
        return "none were given"
    if not broken:
        return f"{len(rules)}, all kept in every session"
    return "not kept: " + some(f"{name} in session {session}" for session, name in broken)


def _moved(groups: Groups) -> str:
    moved = groups.seating.figures.moved
    if not moved:
        return "nobody who had a table sits elsewhere"
    people = some(f"{id} in session {session}" for session, id in moved)
    return f"{len(moved)}, the fewest there can be: {people}"


def _by_chance(groups: Groups) -> str:
    chance, features = groups.seating.chance, groups.seating.problem.features
    uneven = f", {chance.uneven:.1f} people outside the even spread" if features else ""
    return (
        f"{chance.plans} random plans have on average {chance.meetings:.1f} pairs who meet, "
        f"{chance.again:.1f} meetings again{uneven}"
    )
