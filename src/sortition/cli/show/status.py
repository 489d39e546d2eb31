"""What `sortition status` says: places, answers, quotas and who is next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import typer

from sortition.cli.show.replace import quota_lines
from sortition.cli.show.spoken import lead, say, under, words
from sortition.steps.members.state import PanelState
from sortition.texts.grouping import grouped, some


def show_status(state: PanelState, directory: Path, on: date | None) -> None:
    """Say how far a panel has come."""
    counts = state.counts
    filled = state.size - state.open
    lines = [
        *grouped(state.noticed),
        say("status.filled", filled=filled, size=state.size, confirmed=counts["confirmed"]),
        "",
        lead(
            "answers",
            say(
                "status.answers",
                confirmed=counts["confirmed"],
                declined=counts["declined"],
                silent=counts["no-answer"],
                to_call=counts["to-call"],
            ),
        ),
        lead("open", _open(state, directory)),
        lead("rounds", say("status.rounds", rounds=state.rounds, gone=state.gone)),
        *quota_lines(state.quotas),
        *_missing(state),
        lead("next", _next(state)),
        lead("late", _late(state, on)),
    ]
    typer.echo("\n".join(lines))


def show_substitutes(state: PanelState, aside: Sequence[str]) -> None:
    """Say for each member how many could take her place: nobody, one, or more."""
    heading = "substitutes.aside" if aside else "substitutes.heading"
    lines = ["", say(heading, features=", ".join(aside))]
    counts = state.substitutes or ()
    for name, ids in (
        ("nobody", [id for id, count in counts if count == 0]),
        ("one", [id for id, count in counts if count == 1]),
        ("more", [f"{id} ({count})" for id, count in counts if count > 1]),
    ):
        lines.append(say(f"substitutes.{name}", n=len(ids), people=", ".join(ids) or "–"))
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
        return say("status.none_open")
    parts = []
    if state.declined:
        n, people = len(state.declined), some(state.declined)
        parts.append(say("status.declined", n=n, people=people))
    if state.empty:
        parts.append(say("status.empty", n=state.empty))
    if state.declined:
        parts.append(say("status.fill", directory=directory))
    return "; ".join(parts)


def _missing(state: PanelState) -> Iterator[str]:
    """How far those who confirmed have come alone."""
    quotas = state.confirmed_quotas
    reached = sum(not quota.short for quota in quotas)
    if state.counts["confirmed"]:
        yield under(say("status.reached", reached=reached, quotas=len(quotas)))


def _next(state: PanelState) -> str:
    if not state.alternates:
        return say("status.no_alternates")
    if not state.ordered:
        return say("status.second_panel", n=len(state.alternates))
    return say("status.order", people=some(state.alternates))


def _late(state: PanelState, on: date | None) -> str:
    if state.late is None or on is None:
        return say("status.not_judged")
    if not state.late:
        return say("status.nobody_late", day=words().day(on))
    return some(say("status.by", id=id, day=words().day(day)) for id, day in state.late)
