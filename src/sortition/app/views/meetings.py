"""The meetings: who came to which, and what became of the panel beside what it was to be."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.standing import standing
from sortition.app.uploads import under_their_names
from sortition.app.views.files import download
from sortition.app.views.panel import shown_cells, shown_columns
from sortition.steps.evaluate.questionnaire import read_questionnaire, template_files
from sortition.steps.evaluate.run import EvaluateOptions, evaluate_files
from sortition.steps.members.standing_folder import StandingFolder
from sortition.tables.content import Content
from sortition.tables.labels import fold
from sortition.tables.matching import YES
from sortition.tables.reading import read_table

ATTENDANCE = "attendance.csv"
SESSION = "session {}"
MOST = 40  # sessions
EVALUATION = "lottery/evaluation/evaluation.html"


def show(asked: Asked, problems: Problems) -> Response:
    """A tick for everybody who came, session by session."""
    if not asked.assembly.drawn:
        return asked.page("meetings.html", problems=problems, people=None)
    panel = standing(asked.assembly.lottery)
    came = _came(asked)
    wanted = asked.query.get("sessions", "")
    sessions = max(_sessions(came), int(wanted) if wanted in map(str, range(MOST + 1)) else 1)
    header = panel.folder.roster.table.header
    columns = shown_columns(asked, header)
    cells = shown_cells(panel, columns)
    facts: dict[str, Any] = {
        "problems": problems,
        "people": [(id, cells[id], came.get(id, set())) for id in _everybody(panel)],
        "columns": [header[place] for place in columns],
        "sessions": range(1, sessions + 1),
        "more": sessions + 1 if sessions < MOST else 0,
        "counts": {n: sum(n in one for one in came.values()) for n in range(1, sessions + 1)},
        "version": asked.assembly.digests(ATTENDANCE).get(ATTENDANCE, ""),
        "evaluated": (asked.assembly.folder / EVALUATION).is_file(),
        "undoable": bool(asked.assembly.earlier(ATTENDANCE)),
        "answered": asked.assembly.file("evaluate.questionnaire") is not None,
    }
    return asked.page("meetings.html", **facts)


def keep(asked: Asked) -> Response:
    """Keep who came; a session after the last that anybody came to is still to be held."""
    panel = standing(asked.assembly.lottery)
    ticked = {n: set(asked.lists.get(f"came-{n}", ())) for n in range(1, MOST + 1)}
    held = max((n for n, ids in ticked.items() if ids), default=0)
    header = [panel.folder.roster.id_column or "id", *map(SESSION.format, range(1, held + 1))]
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    for id in _everybody(panel):
        writer.writerow([id, *("yes" if id in ticked[n] else "no" for n in range(1, held + 1))])
    seen = {ATTENDANCE: asked.form.get("version", "")}
    asked.assembly.keep({ATTENDANCE: text.getvalue().encode()}, seen)
    return go("/meetings", "attendance_kept")


def undo(asked: Asked) -> Response:
    """Go back to what was kept before."""
    asked.assembly.undo(ATTENDANCE)
    return go("/meetings", "undone")


def template(asked: Asked) -> Response:
    """The questionnaire for the members, to fill in or to paste into a form."""
    files = template_files(asked.language)
    name = asked.form.get("file", "")
    return download(files[name], name) if name in files else go("/meetings")


def evaluate(asked: Asked) -> Response:
    """Set the panel, those who confirmed and those who came beside quotas and population.

    What the members answered is taken over if it was chosen, and told too.
    """
    for upload in asked.uploads.get("questionnaire", ())[-1:]:
        name = f"questionnaire{upload.suffix}"
        members = len(_everybody(standing(asked.assembly.lottery)))
        with under_their_names({name: upload.name}):
            read_questionnaire(Content(name=name, data=upload.data), members=members)
        asked.assembly.keep({name: upload.data}, **{"evaluate.questionnaire": name})
    attendance = asked.assembly.folder / ATTENDANCE
    options = EvaluateOptions(
        directory=asked.assembly.lottery,
        attendance=attendance if _sessions(_came(asked)) > 0 else None,
        population=asked.assembly.file("quotas") if _has_population(asked) else None,
        questionnaire=asked.assembly.file("evaluate.questionnaire"),
        language=asked.language,
        out=None,
        overwrite=True,
    )
    evaluate_files(options)
    return go("/meetings", "evaluated")


def _everybody(panel: StandingFolder) -> list[str]:
    """Who is on the panel, and who was."""
    standing_now = panel.standing
    return sorted({*panel.by_id(standing_now.panel), *panel.by_id(tuple(standing_now.former))})


def _came(asked: Asked) -> Mapping[str, set[int]]:
    """The sessions that each person came to, as they were kept."""
    path = asked.assembly.folder / ATTENDANCE
    if not path.is_file():
        return {}
    table = read_table(path)
    return {
        row[0]: {n for n, cell in enumerate(row[1:], start=1) if fold(cell) in YES}
        for row in table.rows
    }


def _sessions(came: Mapping[str, set[int]]) -> int:
    return max((n for one in came.values() for n in one), default=0)


def _has_population(asked: Asked) -> bool:
    quotas = asked.assembly.file("quotas")
    return quotas is not None and "population" in map(fold, read_table(quotas).header)
