"""What `sortition groups` says: meetings, mix, rules and moves."""

from __future__ import annotations

import json
from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed, figure, lead, say, under
from sortition.steps.seating.document import seating_document
from sortition.steps.seating.options import OUTPUTS, GroupsOptions
from sortition.steps.seating.run import Groups
from sortition.texts.grouping import some


def show_groups(groups: Groups, options: GroupsOptions) -> None:
    """Say what the plan reaches and where it is written."""
    seating = groups.seating
    problem, figures = seating.problem, seating.figures
    lines = [
        say(
            "groups.seated",
            people=len(problem.guests),
            tables=problem.tables,
            sessions=problem.sessions,
        ),
        "",
        lead("meetings", say("groups.meetings", pairs=figures.meetings, most=seating.most)),
        lead("again", say("groups.again", again=figures.again, most=figures.most_often)),
        *_mix(groups),
        lead("rules", _rules(groups)),
    ]
    if options.keep is not None:
        lines.append(lead("moved", _moved(groups)))
    lines += [
        lead("chance", _by_chance(groups)),
        lead("seed", groups.seed),
        lead("written", f"{options.folder}: {', '.join(OUTPUTS)}"),
        *assumed(groups.assumed),
    ]
    typer.echo("\n".join(lines))


def show_groups_json(groups: Groups) -> None:
    """Print the figures as JSON."""
    typer.echo(json.dumps(seating_document(groups.seating), ensure_ascii=False, indent=1))


def _mix(groups: Groups) -> Iterator[str]:
    figures, features = groups.seating.figures, groups.seating.problem.features
    if not features:
        return
    off = [table for table in figures.tables if table.uneven]
    tables = len(figures.tables)
    yield lead("mix", say("groups.mix", features=", ".join(features)))
    if not off:
        yield under(say("groups.all_even", tables=tables))
        return
    yield under(say("groups.some_even", even=tables - len(off), tables=tables))
    places = some(
        say("groups.table", session=table.session, table=table.table, uneven=table.uneven)
        for table in sorted(off, key=lambda table: -table.uneven)
    )
    yield under(say("groups.uneven", places=places))


def _rules(groups: Groups) -> str:
    rules, broken = groups.seating.problem.rules, groups.seating.figures.broken
    if not rules:
        return say("groups.no_rules")
    if not broken:
        return say("groups.rules_kept", rules=len(rules))
    what = some(say("groups.in_session", what=name, session=session) for session, name in broken)
    return say("groups.rules_broken", what=what)


def _moved(groups: Groups) -> str:
    moved = groups.seating.figures.moved
    if not moved:
        return say("groups.nobody_moved")
    people = some(say("groups.in_session", what=id, session=session) for session, id in moved)
    return say("groups.moved", n=len(moved), people=people)


def _by_chance(groups: Groups) -> str:
    chance, features = groups.seating.chance, groups.seating.problem.features
    pairs, again = figure(f"{chance.meetings:.1f}"), figure(f"{chance.again:.1f}")
    by_chance = say("groups.by_chance", plans=chance.plans, pairs=pairs, again=again)
    if not features:
        return by_chance
    return by_chance + say("groups.uneven_too", people=figure(f"{chance.uneven:.1f}"))
