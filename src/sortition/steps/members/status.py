"""The state of a panel at any time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from sortition.steps.members.calls import Call, counted
from sortition.steps.members.standing import quotas_now
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.steps.members.state import PanelState
from sortition.steps.members.substitutes import substitutes


def panel_status(
    directory: Path, on: date | None, *, aside: Collection[str] | None = None
) -> PanelState:
    """The state of a panel, as its log and the call list say.

    Parameters
    ----------
    directory : Path
    on : date or None
        The day by which deadlines are judged; None: they are not.
    aside : collection of str or None
        Count who could take each place, and leave these features out of account; None: do not.

    Raises
    ------
    InputErrors
        If no panel was drawn there, or what was written does not hold.
    """
    panel = read_standing(directory)
    state = state_of(panel, on)
    return state if aside is None else replace(state, substitutes=substitutes(panel, aside))


def state_of(panel: StandingFolder, on: date | None) -> PanelState:
    """The state of a panel that was read."""
    standing, tokens = panel.standing, panel.folder.tokens
    ids = tuple(sorted(panel.by_id(standing.panel)))
    calls = {id: panel.calls.get(id, Call()) for id in ids}
    confirmed = [tokens[id] for id, call in calls.items() if call.status == "confirmed"]
    late = None
    if on is not None:
        late = tuple(
            (id, call.deadline)
            for id, call in calls.items()
            if call.late(on) and call.deadline is not None
        )
    return PanelState(
        size=panel.instance.panel_size,
        panel=ids,
        counts=counted(ids, calls),
        declined=tuple(id for id, call in calls.items() if call.status == "declined"),
        quotas=quotas_now(panel.rules, standing.panel),
        confirmed_quotas=quotas_now(panel.rules, confirmed),
        alternates=panel.by_id(standing.reserve),
        ordered=standing.ordered,
        rounds=standing.rounds,
        gone=len(standing.out),
        late=late,
        noticed=panel.noticed,
    )
