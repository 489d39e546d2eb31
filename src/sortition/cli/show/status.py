"""What `sortition status` says: places, answers, quotas and who is next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import typer

from sortition.cli.show.replace import quota_lines
from sortition.cli.show.spoken import say
from sortition.steps.members.state import PanelState
from sortition.texts.grouping import grouped, some


def show_status(state: PanelState, directory: Path, on: date | None) -> None:
    """Say how far a panel has come."""
    counts = state.counts
    filled = state.size - state.open
    lines = [
        *grouped(state.noticed),
        f"{filled} of {state.size} places are filled, {counts['confirmed']} of them confirmed.",
        "",
        f"Answers   {counts['confirmed']} confirmed, {counts['declined']} declined, "
        f"{counts['no-answer']} called without an answer, {counts['to-call']} to call",
        f"Open      {_open(state, directory)}",
        f"Rounds    {state.rounds}; {state.gone} people have left or are not to be drawn",
        *quota_lines(state.quotas),
        *_missing(state),
        f"Next      {_next(state)}",
        f"Late      {_late(state, on)}",
    ]
    typer.echo("\n".join(lines))


def show_substitutes(state: PanelState, aside: Sequence[str]) -> None:
    """Say for each member how many could take her place: nobody, one, or more."""
    heading = "status.substitutes_aside" if aside else "status.substitutes"
    lines = ["", say(heading, features=", ".join(aside))]
    counts = state.substitutes or ()
    for name, ids in (
        ("nobody", [id for id, count in counts if count == 0]),
        ("one", [id for id, count in counts if count == 1]),
        ("more", [f"{id} ({count})" for id, count in counts if count > 1]),
    ):
        lines.append(say(f"status.{name}", n=len(ids), people=", ".join(ids) or "–"))
    typer.echo("\n".join(lines))


def show_status_json(state: PanelState) -> None:
    """Print the state as JSON; people are named by their ids."""
    document = {
        "schema": "sortition-status/1",
        "rehearsal": any(one.code == "folder-rehearsal" for one in state.noticed),
        "size": state.size,
        "panel": list(state.panel),
        "answers": dict(state.counts),
        "declined": list(state.declined),
        "open": state.open,
        "rounds": state.rounds,
        "quotas": [
            {
                "feature": now.feature,
                "value": now.value,
                "lower": now.lower,
                "upper": now.upper,
                "panel": now.seats,
                "confirmed": confirmed.seats,
            }
            for now, confirmed in zip(state.quotas, state.confirmed_quotas, strict=True)
        ],
        "alternates": list(state.alternates),
        "alternates_ordered": state.ordered,
        "substitutes": None
        if state.substitutes is None
        else [{"id": id, "people": count} for id, count in state.substitutes],
        "late": None
        if state.late is None
        else [{"id": id, "deadline": day.isoformat()} for id, day in state.late],
    }
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _open(state: PanelState, directory: Path) -> str:
    if not state.open:
        return "no place"
    parts = []
    if state.declined:
        parts.append(f"{len(state.declined)} of people who declined: {some(state.declined)}")
    if state.empty:
        parts.append(f"{state.empty} that nobody could be drawn for")
    hint = f"; fill with: sortition replace {directory} --dropouts FILE" if state.declined else ""
    return "; ".join(parts) + hint


def _missing(state: PanelState) -> Iterator[str]:
    """How far those who confirmed have come alone."""
    quotas = state.confirmed_quotas
    reached = sum(not quota.short for quota in quotas)
    if state.counts["confirmed"]:
        yield (
            f"          those who confirmed reach the lower bounds of {reached} of "
            f"{len(quotas)} quotas"
        )


def _next(state: PanelState) -> str:
    if not state.alternates:
        return "no alternates; places are filled from the pool"
    if not state.ordered:
        return f"a lottery over the {len(state.alternates)} left of the second panel"
    return f"{some(state.alternates)}  (in this order, as the quotas allow)"


def _late(state: PanelState, on: date | None) -> str:
    if state.late is None or on is None:
        return "not judged; give a day with --on"
    if not state.late:
        return f"nobody, on {on.isoformat()}"
    return some(f"{id} (by {day.isoformat()})" for id, day in state.late)
