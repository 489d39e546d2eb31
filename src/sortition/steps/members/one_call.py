"""What one person answered, kept at once; a whole list is read in `confirm`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sortition.audit.canonical import Json
from sortition.errors import Finding, InputErrors
from sortition.folders.change import Change, reopening
from sortition.steps.members.calls import Call, counted
from sortition.steps.members.drawn_folder import write_logged
from sortition.steps.members.standing_folder import (
    CONFIRMED,
    StandingFolder,
    calls_document,
    read_standing,
)


def keep_call(
    directory: Path,
    id: str,
    *,
    seen: Call,
    now: Call,
    read: Callable[[Path], StandingFolder] = read_standing,
) -> None:
    """Keep what one person of the panel answered, as an event in the log.

    Parameters
    ----------
    directory : Path
        Where the panel was drawn.
    id : str
    seen : Call
        What was known of her when the answer was written down. If it is otherwise by now, somebody
        else was quicker, and nothing is written.
    now : Call
    read : callable
        How the panel is read; for those who have just read it, and can tell whether it is the same.

    Raises
    ------
    InputErrors
        If she is not on the panel, or somebody else was quicker.
    """
    with reopening(directory) as change:
        panel = read(directory)
        calls = calls_of(panel)
        if id not in calls:
            raise InputErrors((Finding(code="call-not-on-panel", value=id),))
        if calls[id] != seen:
            raise InputErrors((Finding(code="call-changed-meanwhile", value=id),))
        calls[id] = now
        keep_calls(change, panel, calls)


def keep_calls(change: Change, panel: StandingFolder, calls: Mapping[str, Call]) -> str:
    """Keep what everybody of the panel answered, as an event in the log; the name of the file."""
    place = f"calls-{panel.calls_read + 1}.json"
    facts: dict[str, Json] = {"counts": dict(counted(calls, calls).items())}
    write_logged(change, panel.folder, CONFIRMED, facts, {place: calls_document(calls)})
    return place


def calls_of(panel: StandingFolder) -> dict[str, Call]:
    """How far everybody on the panel has come, by id; whoever is not known is to be called."""
    known: Mapping[str, Call] = panel.calls
    return {id: known.get(id, Call()) for id in panel.by_id(panel.standing.panel)}
