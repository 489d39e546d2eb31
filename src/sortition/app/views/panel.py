"""The panel: who was called and what they said, and others in the place of those who leave."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as altered
from datetime import date, datetime
from functools import partial
from io import StringIO
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.board import events
from sortition.app.standing import standing
from sortition.app.views.home import ended
from sortition.audit.canonical import canonical_json, digest
from sortition.core.progress import Counting
from sortition.errors import Finding, InputErrors
from sortition.steps.members.calls import STATUSES, Call, call_of
from sortition.steps.members.one_call import calls_of, keep_call
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.run import replace_dropouts
from sortition.steps.members.reserve.reading import AlternatesOptions
from sortition.steps.members.reserve.run import choose_alternates
from sortition.steps.members.standing_folder import StandingFolder
from sortition.steps.members.status import state_of
from sortition.tables.content import Content

SHOWN = 4  # columns of the pool beside the answers, at most, until others are chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of somebody's answer, and when."""

    moment: datetime
    id: str
    before: Call
    after: Call


def show(asked: Asked, problems: Problems) -> Response:
    """The call list and what came of it so far."""
    task = asked.site.work.of("panel")
    if not asked.assembly.drawn or (task is not None and task.running):
        return asked.page("panel.html", problems=problems, panel=None, task=task)
    asked, problems = ended(asked, "panel", problems)
    panel = standing(asked.assembly.lottery)
    header = panel.folder.roster.table.header
    columns = shown_columns(asked, header)
    cells = shown_cells(panel, columns)
    calls = calls_of(panel)
    order = {status: place for place, status in enumerate(STATUSES)}
    people = [
        (id, call, cells[id], seen_text(call))
        for id, call in sorted(calls.items(), key=lambda one: (order[one[1].status], one[0]))
    ]
    facts: dict[str, Any] = {
        "problems": problems,
        "task": None,
        "panel": panel,
        "state": state_of(panel, date.today()),
        "people": people,
        "columns": [header[place] for place in columns],
        "header": header,
        "chosen": columns,
        "history": list(history(asked))[::-1][:30],
        "rounds": range(1, panel.standing.rounds + 1),
        "announced": digest(canonical_json(panel.announced)) if panel.announced else None,
        "places": len(str(panel.folder.rules.tickets - 1)),
        "today": date.today(),
        "reserve": panel.by_id(panel.standing.reserve),
    }
    return asked.page("panel.html", **facts)


def call(asked: Asked) -> Response:
    """Keep what somebody answered, if she stands as the page showed her."""
    status = next((one for one in STATUSES if one == asked.form.get("status")), None)
    seen = _seen(asked)
    if status is None:
        raise InputErrors((Finding(code="app-changed-meanwhile"),))
    now = altered(seen, status=status, attempts=seen.attempts + (status != "to-call"))
    return _kept(asked, seen, now)


def note(asked: Asked) -> Response:
    """Keep a note about somebody."""
    seen = _seen(asked)
    now = altered(seen, note=" ".join(asked.form.get("note", "").split())[:500])
    return _kept(asked, seen, now)


def _kept(asked: Asked, seen: Call, now: Call) -> Response:
    id = asked.form.get("id", "")
    keep_call(asked.assembly.lottery, id, seen=seen, now=now, read=standing)
    return go("/panel", "call_kept")


def undo(asked: Asked) -> Response:
    """Put the last change of an answer back; doing it again repeats it."""
    last = next(iter(reversed(list(history(asked)))), None)
    if last is None:
        raise InputErrors((Finding(code="app-nothing-to-undo"),))
    keep_call(asked.assembly.lottery, last.id, seen=last.after, now=last.before, read=standing)
    return go("/panel", "undone")


def replace(asked: Asked) -> Response:
    """Fill the places of those who declined by the reserve, or announce a lottery for them."""
    panel = standing(asked.assembly.lottery)
    gone = [id for id, one in calls_of(panel).items() if one.status == "declined"]
    options = _round(asked, dropouts=Content(name="dropouts.csv", data=_list_of(panel, gone)))

    def task(progress: Counting) -> None:
        try:
            replace_dropouts(altered(options, promise="drawn"), progress)
        except InputErrors as errors:
            if [fault.code for fault in errors.faults] != ["round-nothing-to-draw"]:
                raise
            replace_dropouts(options, progress)  # the reserve is enough

    asked.begin("panel", task)
    return go("/panel")


def draw_round(asked: Asked) -> Response:
    """Draw the round that was announced, by digits drawn by hand."""
    digits = "".join(asked.form.get("digits", "").split())
    options = altered(_round(asked, dropouts=None), digits=digits)
    asked.begin("panel", partial(replace_dropouts, options))
    return go("/panel")


def _round(asked: Asked, *, dropouts: Content | None) -> ReplaceOptions:
    return ReplaceOptions(
        directory=asked.assembly.lottery,
        dropouts=dropouts,
        unavailable=None,
        places_from=None,
        seed=None,
        digits=None,
        beacon_file=None,
        language=asked.language,
    )


def reserve(asked: Asked) -> Response:
    """Choose people in reserve, in the order in which they will be asked."""
    ticket: Any = asked.assembly.document("lottery/public/draw.json")
    options = AlternatesOptions(
        directory=asked.assembly.lottery,
        count=asked.number("count"),
        dropout=None,
        dropout_rates=None,
        seed=str(ticket["ticket"]) if isinstance(ticket, dict) else None,
        language=asked.language,
        overwrite=True,
    )
    asked.begin("panel", partial(choose_alternates, options))
    return go("/panel")


def history(asked: Asked) -> Iterator[Change]:
    """What became of whose answer, the oldest first."""
    before: dict[str, Call] = {}
    for event in events(asked.assembly):
        if event.get("event") != "confirmed":
            continue
        moment = datetime.fromisoformat(event["time"]).astimezone()
        for name in event["facts"]["files"]:
            document: Any = asked.assembly.document(f"lottery/{name}")
            now = dict(_calls(document)) if isinstance(document, dict) else {}
            for id, after in now.items():
                if before.get(id, Call()) != after:
                    known = before.get(id, Call())
                    yield Change(moment=moment, id=id, before=known, after=after)
            before |= now


def seen_text(call: Call) -> str:
    """What a form carries along of an answer as it was shown."""
    day = call.deadline.isoformat() if call.deadline else ""
    return json.dumps([call.status, call.attempts, day, call.note])


def seen_call(text: str) -> Call | None:
    """An answer as a form showed it; None if that makes no sense."""
    try:
        status, attempts, day, note = json.loads(text)
        person = {"status": status, "attempts": attempts, "deadline": day, "note": note}
        return call_of(person) if status in STATUSES and type(attempts) is int else None
    except (ValueError, TypeError, RecursionError):
        return None


def _seen(asked: Asked) -> Call:
    seen = seen_call(asked.form.get("seen", ""))
    if seen is None:
        raise InputErrors((Finding(code="app-changed-meanwhile"),))
    return seen


def _calls(document: Mapping[str, Any]) -> Iterator[tuple[str, Call]]:
    for person in document.get("people", ()):
        yield person["id"], call_of(person)


def _list_of(panel: StandingFolder, ids: list[str]) -> bytes:
    text = StringIO()
    rows = [[panel.folder.roster.id_column or "id"], *([id] for id in ids)]
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def shown_columns(asked: Asked, header: tuple[str, ...]) -> list[int]:
    """The columns that are shown: those that were chosen, or the first that tell who she is."""
    chosen = [place for place in range(len(header)) if asked.query.get(f"show-{place}")]
    if chosen or asked.query.get("chosen"):
        return chosen
    return columns_about(header, asked.w.text("panel.contact"))[:SHOWN]


def columns_about(header: Sequence[str], words: str) -> list[int]:
    """The columns whose names have one of some words in them."""
    known = words.split(", ")
    return [n for n, name in enumerate(header) if any(word in name.casefold() for word in known)]


def shown_cells(panel: StandingFolder, columns: Sequence[int]) -> dict[str, list[str]]:
    """What stands of everybody in some columns, by id."""
    roster = panel.folder.roster
    return {
        id: [str(row[place]) for place in columns]
        for id, row in zip(roster.ids, roster.table.rows, strict=True)
    }
