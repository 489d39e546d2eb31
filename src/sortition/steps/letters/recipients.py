"""Whom a letter goes to: a list, or some of those whom a folder knows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from sortition.audit.log.rounds import NEWCOMERS, RoundPlaces
from sortition.errors import Finding, InputErrors
from sortition.model.choices import Kind
from sortition.selection.noted import is_rehearsed
from sortition.steps.letters.options import Options
from sortition.steps.members import StandingFolder, read_standing
from sortition.tables.columns import heads_ids
from sortition.tables.cpr.columns import find_cpr_columns
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.faults import attempt
from sortition.tables.ids import read_ids, with_zeros
from sortition.tables.labels import alike, fold, listed, nfc, squeeze
from sortition.tables.reading import read_own_list, read_table
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.written.invitation import CODES, code_column

INVITED = "letters.csv"  # of an invitation, with a code for each person


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Whom a letter goes to, and what was assumed when they were read.

    Attributes
    ----------
    roster : Roster
    assumed : tuple of Finding
    rehearsal : bool
        Whether the panel was drawn as a trial, which decides nothing; a list of it says so.
    """

    roster: Roster = field(repr=False)  # people's data stay out of tracebacks
    assumed: tuple[Finding, ...]
    rehearsal: bool = False


def read_recipients(options: Options) -> Recipients:
    """Read whom the letters go to, in the order of the list.

    Raises
    ------
    InputErrors
        With every fault of the list, the folder and the lists of those who get no letter.
    """
    faults: list[Finding] = []
    found = attempt(faults, partial(_read, options))
    lists = [attempt(faults, partial(read_table, path)) for path in options.without]
    if found is None:
        raise InputErrors(tuple(faults))
    roster, assumed = found.roster, list(found.assumed)
    for table in filter(None, lists):
        left = attempt(faults, partial(_left_out, roster, table))
        if left is not None:
            assumed.append(table.finding(code="letters-left-out", facts={"count": len(left)}))
            roster = roster.only(frozenset(roster.ids) - left)
    if faults:
        raise InputErrors(tuple(faults))
    if not roster.ids:
        raise InputErrors((Finding(code="letters-nobody", file=str(options.people)),))
    found = replace(found, roster=roster, assumed=tuple(assumed))
    return _without_cpr(found, keep=options.keep_cpr)


def _read(options: Options) -> Recipients:
    people, kind = options.people, options.kind
    if people.is_dir() and kind not in {"invitation", "reminder"}:
        panel = read_standing(people)
        return Recipients(
            roster=_of_panel(panel, kind),
            assumed=panel.noticed,
            rehearsal=panel.is_rehearsal,
        )
    if people.is_dir():
        if not (people / INVITED).is_file():
            raise InputErrors((Finding(code="letters-not-invited", file=str(people)),))
        table = read_own_list(people / INVITED)
        taken = [name for name in [code_column(table.header)] if name]
        ids = read_ids(table, options.id_column, taken=taken)
        return Recipients(roster=_roster(table, ids.column, ids.ids), assumed=())
    table = read_table(people, headed=heads_ids(options.id_column or "id"))
    ids = read_ids(table, options.id_column, taken=())
    roster = _roster(table, ids.column, ids.ids)
    return Recipients(
        roster=roster,
        assumed=(*table.assumed, *ids.assumed),
        rehearsal=is_rehearsed(table.header),
    )


def _roster(table: Table, column: str | None, ids: tuple[str, ...]) -> Roster:
    return Roster(table=table, id_column=column, ids=ids)


def _of_panel(panel: StandingFolder, kind: Kind) -> Roster:
    """Those of a panel as it is now whom a letter of this kind is for."""
    standing = panel.standing
    seated, reserve = panel.by_id(standing.panel), panel.by_id(standing.reserve)
    roster = panel.folder.roster
    if kind == "yes":
        return roster.only(frozenset(seated))
    if kind == "reserve":
        return roster.only(frozenset(reserve))
    if kind == "replacement":
        return roster.only(_newcomers(panel))
    gone = panel.by_id(tuple(standing.out))
    return roster.only(frozenset(roster.ids).difference(seated, reserve, gone))


def _newcomers(panel: StandingFolder) -> frozenset[str]:
    """Who came in the last round."""
    directory, rounds = panel.folder.directory, panel.standing.rounds
    if not rounds:
        raise InputErrors((Finding(code="letters-no-round", file=str(directory)),))
    places = RoundPlaces(number=rounds, published=panel.published)
    table = read_own_list(directory / places.list(NEWCOMERS))
    column = panel.folder.roster.id_column or "id"
    return frozenset(map(nfc, table.column(column)))


def _left_out(roster: Roster, table: Table) -> frozenset[str]:
    """Who of the roster is on a list, told by the code or the column of the ids.

    Raises
    ------
    InputErrors
        If the list has neither, or has nobody of the roster.
    """
    own = roster.id_column or "id"
    codes = code_column(roster.table.header)
    theirs = next((name for name in table.header if squeeze(name) in {codes, *CODES}), "")
    if codes and theirs:
        given = {cell.upper() for cell in table.column(theirs)}
        cells = roster.table.column(codes)
        found = {id for id, code in zip(roster.ids, cells, strict=True) if code.upper() in given}
    elif fold(own) in map(fold, table.header):
        column, *_ = alike(table.header, own)
        restored = with_zeros(table, column, roster.ids)
        found = set(roster.ids).intersection(map(nfc, restored.column(column)))
    else:
        wanted = listed((own, codes) if codes else (own,))
        facts = {"wanted": wanted, "seen": listed(table.header)}
        raise InputErrors((table.finding(code="letters-without-column", facts=facts),))
    if not found:
        raise InputErrors((table.finding(code="letters-without-nobody"),))
    return frozenset(found)


def _without_cpr(read: Recipients, *, keep: bool) -> Recipients:
    """The same people; CPR numbers stay only if that is asked for.

    Raises
    ------
    InputErrors
        If CPR numbers tell people apart, and were not to be kept.
    """
    roster, table = read.roster, read.roster.table
    if keep:
        return read
    if roster.id_column in find_cpr_columns(table, roster.id_column).numbers:
        raise InputErrors((table.finding(code="letters-cpr-ids", column=roster.id_column or ""),))
    protected = protect(table, CprRules(), roster.id_column).table
    said = [replace(one, row=None) for one in protected.assumed[len(table.assumed) :]]
    kept = replace(roster, table=protected)
    return replace(read, roster=kept, assumed=(*read.assumed, *said))
