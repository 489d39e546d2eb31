"""Tables: who sits with whom in each session, and name cards."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.board import SEATED
from sortition.app.views.home import ended
from sortition.app.views.panel import columns_about
from sortition.audit.shapes.run import ROSTER
from sortition.steps.seating.options import GroupsOptions
from sortition.steps.seating.run import seat_files
from sortition.tables.cpr.rules import CprRules


def show(asked: Asked, problems: Problems) -> Response:
    """What was planned, and the form for a plan."""
    asked, problems = ended(asked, "tables", problems)
    assembly = asked.assembly
    task = asked.site.work.of("tables")
    header = _header(asked) if assembly.drawn else ()
    facts: dict[str, Any] = {
        "problems": problems,
        "task": task if task is not None and task.running else None,
        "ready": assembly.drawn,
        "header": header,
        "names": [header[n] for n in columns_about(header, asked.w.text("panel.names"))],
        "plan": assembly.document(SEATED),
        "size": assembly.size() or 0,
    }
    return asked.page("tables.html", **facts)


def seat(asked: Asked) -> Response:
    """Look for a plan and write it, with its name cards."""
    chosen = asked.lists.get("names", ())
    options = GroupsOptions(
        people=asked.assembly.lottery,
        tables=asked.number("tables"),
        sessions=asked.number("sessions"),
        mix=None,
        names=tuple(name for name in _header(asked) if name in chosen),
        id_column=None,
        sheet=None,
        cpr=CprRules(),
        rules=None,
        attendance=None,
        keep=None,
        from_session=None,
        seed=None,
        effort=1,
        language=asked.language,
        out=None,
        overwrite=True,
    )
    asked.begin("tables", partial(seat_files, options))
    return go("/tables")


def _header(asked: Asked) -> tuple[str, ...]:
    roster = json.loads((asked.assembly.lottery / ROSTER).read_bytes())
    return tuple(roster["header"])
