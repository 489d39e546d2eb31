"""Who leaves a panel and who else cannot come, as lists of ids and call lists say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sortition.errors import Finding
from sortition.instance.id_lists import Listed, listed_ids, read_id_table, repeated, unknown
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.standing_folder import StandingFolder
from sortition.steps.members.worksheet import Worksheet, read_worksheet
from sortition.steps.members.worksheet_names import is_worksheet
from sortition.steps.members.worksheet_words import worksheet_languages
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.rows import Table


def read_people(
    options: ReplaceOptions,
    panel: StandingFolder,
    faults: list[Finding],
    assumed: list[Finding],
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Who leaves and who else cannot come; nobody where an announcement says so already."""
    gone: tuple[str, ...] | None = ()
    absent: tuple[str, ...] | None = ()
    if options.dropouts is not None:
        half = len(panel.standing.panel) // 2
        gone = _listed(panel, options.dropouts, _dropout_faults, faults, assumed, most=half)
        if gone == () and not faults:
            faults.append(Finding(code="dropouts-nobody", file=options.dropouts.name))
    if options.unavailable is not None:
        absent = _listed(panel, options.unavailable, _unavailable_faults, faults, assumed)
    if options.dropouts is not None and absent is not None:
        # nobody could call them
        absent = tuple(sorted({*absent, *panel.folder.erased - panel.standing.out}))
    return gone, absent


def _listed(
    panel: StandingFolder,
    path: File,
    faults_of: Callable[[StandingFolder, Listed], Iterator[Finding]],
    faults: list[Finding],
    assumed: list[Finding],
    *,
    most: int | None = None,
) -> tuple[str, ...] | None:
    """The people of a list, by the names that are published, after all of them were checked.

    A list without statuses may name so many of the panel at most: it could be one of everybody.
    """
    tokens, id_column = panel.folder.tokens, panel.folder.roster.id_column or "id"
    table = attempt(faults, partial(read_id_table, path, id_column=id_column, known=tokens))
    if table is None:
        return None
    languages, found = worksheet_languages(), list[Finding]()
    answered = attempt(faults, partial(is_worksheet, table, languages))
    if answered is None:
        return None
    if answered:
        sheet = attempt(faults, partial(read_worksheet, table, languages, id_column=id_column))
        people = None if sheet is None else _declined(panel, sheet, table, found)
    else:
        people = attempt(faults, partial(listed_ids, table, found, id_column=id_column))
        found += repeated(people or ())
        found += [unknown(one, tokens) for one in people or () if one.id not in tokens]
    if people is None:
        return None
    assumed += table.assumed
    known = [one for one in people if one.id in tokens]
    found += [fault for one in known for fault in faults_of(panel, one)]
    faults += sorted(found, key=lambda fault: fault.row or 0)
    names = {tokens[one.id] for one in known}
    count = len(names.intersection(panel.standing.panel))
    if most is not None and not answered and count > most:
        facts = {"count": count, "size": len(panel.standing.panel)}
        faults.append(table.finding(code="dropouts-most", facts=facts))
    return tuple(sorted(names))


def _declined(
    panel: StandingFolder, sheet: Worksheet, table: Table, faults: list[Finding]
) -> tuple[Listed, ...]:
    """Those who declined on a call list, with its faults, those of all other rows among them."""
    faults += sheet.faults
    declined = []
    for row in sheet.rows:
        one = Listed(file=table.file, sheet=table.sheet, row=row.row, id=row.id)
        name = panel.folder.tokens.get(row.id)
        if name is None:
            faults.append(unknown(one, panel.folder.tokens))
        # whoever left in an earlier round may still stand on the call list
        elif row.call.status == "declined" and name not in panel.standing.out:
            declined.append(one)
    return tuple(declined)


def _dropout_faults(panel: StandingFolder, one: Listed) -> Iterator[Finding]:
    name = panel.folder.tokens[one.id]
    if name in panel.standing.panel:
        call = panel.calls.get(one.id)
        if call is not None and call.status == "confirmed":
            yield one.finding("dropout-confirmed")
    elif name in panel.standing.out:
        yield one.finding("dropout-gone-before")
    else:
        yield one.finding("dropout-not-on-panel")


def _unavailable_faults(panel: StandingFolder, one: Listed) -> Iterator[Finding]:
    if panel.folder.tokens[one.id] in panel.standing.panel:
        yield one.finding("unavailable-on-panel")
