"""The call list of a panel: written, and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from sortition.audit.rounds.calling import first_fitting
from sortition.errors import Finding, InputErrors
from sortition.folders.change import Change, reopening
from sortition.instance.id_lists import Listed, unknown
from sortition.model import Language
from sortition.steps.members.calls import Call, CallStatus, counted
from sortition.steps.members.one_call import keep_calls
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.steps.members.worksheet import (
    SheetRow,
    Worksheet,
    read_worksheet,
    worksheet_bytes,
    worksheet_rows,
)
from sortition.steps.members.worksheet_names import WorksheetWords, heads_calls
from sortition.steps.members.worksheet_words import worksheet_languages, worksheet_words
from sortition.tables.faults import attempt
from sortition.tables.labels import fold, listed
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.written.results import destination_faults, write_files

WORKSHEET = "calls.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOptions:
    """What is to be written.

    Attributes
    ----------
    directory : Path
    out : Path or None
        The workbook; None: ``calls.xlsx`` in the folder.
    deadline : date or None
        For those of whom no day is known and no answer.
    language : {"en", "da"} or None
        None: that of the report.
    overwrite : bool
    """

    directory: Path
    out: Path | None
    deadline: date | None
    language: Language | None
    overwrite: bool

    @property
    def target(self) -> Path:
        """The workbook."""
        return self.directory / WORKSHEET if self.out is None else self.out


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of the panel.

    Attributes
    ----------
    panel : StandingFolder
    counts : mapping of CallStatus to int
        Of the panel.
    written : tuple of str
    assumed : tuple of Finding
    """

    panel: StandingFolder
    counts: Mapping[CallStatus, int]
    written: tuple[str, ...]
    assumed: tuple[Finding, ...]


def write_worksheet(options: WriteOptions) -> Answers:
    """Write the call list of the panel as it is now.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    """
    target = options.target
    faults = destination_faults(target.parent, options.overwrite, names=(target.name,))
    panel = attempt(faults, partial(read_standing, options.directory))
    if faults or panel is None:
        raise InputErrors(tuple(faults))
    words = worksheet_words(options.language or panel.folder.language)
    rows, assumed = _rows(panel, words, options.deadline)
    id_column = panel.folder.roster.id_column or "id"
    content = worksheet_bytes(rows, words, id_column=id_column)
    write_files(target.parent, {target.name: content}, overwrite=options.overwrite)
    ids = panel.by_id(panel.standing.panel)
    return Answers(
        panel=panel,
        counts=counted(ids, panel.calls),
        written=(str(target),),
        assumed=(*panel.noticed, *assumed),
    )


def read_answers(directory: Path, worksheet: Path) -> Answers:
    """Read a call list back and keep what it says, as an event in the log.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    """
    with reopening(directory) as change:
        return _read_answers(change, worksheet)


def _read_answers(change: Change, worksheet: Path) -> Answers:
    faults: list[Finding] = []
    languages = worksheet_languages()
    panel = attempt(faults, partial(read_standing, change.folder))
    headed = partial(heads_calls, languages=languages)
    table = attempt(faults, partial(read_table, worksheet, headed=headed))
    if panel is None or table is None:
        raise InputErrors(tuple(faults))
    id_column = panel.folder.roster.id_column or "id"
    sheet = attempt(faults, partial(read_worksheet, table, languages, id_column=id_column))
    if sheet is None:
        raise InputErrors(tuple(faults))
    faults += sheet.faults
    faults += _faults(panel, sheet, table)
    if faults:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    calls, assumed = _calls(panel, sheet, table)
    place = keep_calls(change, panel, calls)
    return Answers(
        panel=replace(panel, calls=calls),
        counts=counted(calls, calls),
        written=(place,),
        assumed=(*panel.noticed, *sheet.assumed, *assumed),
    )


def next_alternate(panel: StandingFolder, name: str) -> str:
    """The id of the alternate who would come if this person were to leave; empty if none would."""
    if not panel.standing.ordered:
        return ""
    stayers = panel.standing.without((name,), ())
    order, bounds, places = panel.rules.calling(stayers)
    called = first_fitting(order, bounds, places)
    return panel.ids[called[0]] if called else ""


def _rows(
    panel: StandingFolder, words: WorksheetWords, deadline: date | None
) -> tuple[list[tuple[str, ...]], tuple[Finding, ...]]:
    folder, standing = panel.folder, panel.standing
    header = folder.roster.table.header
    rows = dict(zip(folder.roster.ids, folder.roster.table.rows, strict=True))
    people = []
    for name in sorted(standing.panel, key=panel.ids.__getitem__):
        id = panel.ids[name]
        call = panel.calls.get(id, Call())
        if call.deadline is None and call.status in {"to-call", "no-answer"}:
            call = replace(call, deadline=deadline)
        people.append((rows[id], call, next_alternate(panel, name)))
    own = {fold(name) for name in words.columns.values()}
    hidden = [name for name in header if fold(name) in own]
    left_out = Finding(code="column-left-out", facts={"columns": listed(hidden)})
    return worksheet_rows(header, people, words), (left_out,) if hidden else ()


def _faults(panel: StandingFolder, sheet: Worksheet, table: Table) -> Iterator[Finding]:
    tokens, standing = panel.folder.tokens, panel.standing
    for one in sheet.rows:
        place = Listed(file=table.file, sheet=table.sheet, row=one.row, id=one.id)
        name = tokens.get(one.id)
        before = panel.calls.get(one.id, Call())
        if name is None:
            yield unknown(place, tokens)
        elif name in standing.out:
            if one.call.status == "confirmed":
                yield place.finding("worksheet-gone")
        elif name not in standing.panel:
            yield place.finding("worksheet-stranger")
        elif before.status == "declined" and one.call.status == "confirmed":
            words = sheet.words
            fresh, confirmed = words.statuses["to-call"], words.statuses["confirmed"]
            yield place.finding(
                "worksheet-declined-before", {"fresh": fresh, "confirmed": confirmed}
            )


def _calls(
    panel: StandingFolder, sheet: Worksheet, table: Table
) -> tuple[dict[str, Call], tuple[Finding, ...]]:
    """What is known of everybody on the panel, and what was assumed for it."""
    rows: dict[str, SheetRow] = {row.id: row for row in sheet.rows}
    ids = panel.by_id(panel.standing.panel)
    calls, missing, blank = {}, 0, 0
    for id in ids:
        before = panel.calls.get(id, Call())
        if id not in rows:
            calls[id] = before
            missing += 1
            continue
        row = rows[id]
        blank += row.blank
        calls[id] = replace(row.call, status=before.status) if row.blank else row.call
    gone = len(rows.keys() - set(ids))
    said = {
        "worksheet-not-listed": missing,
        "worksheet-blank-status": blank,
        "worksheet-left-before": gone,
    }
    return calls, tuple(
        table.finding(code=code, facts={"count": count}) for code, count in said.items() if count
    )
