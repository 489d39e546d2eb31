"""The workbook that the pool came in, with the results as further tabs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sortition.audit.canonical import digest
from sortition.audit.shapes.run import ALTERNATES, OTHERS, PANEL
from sortition.errors import InputErrors
from sortition.instance.inputs import Inputs
from sortition.instance.reading import Reading
from sortition.selection.noted import address_taken, counted
from sortition.selection.reserve.lists import alternates_rows
from sortition.tables.reading import read_bytes
from sortition.tables.workbook.refusals import check_workbook
from sortition.tables.written.lists import Row, people
from sortition.tables.written.tabs import with_tabs


def check_copy(inputs: Inputs, reading: Reading) -> None:
    """See that the pool came in a workbook of which a copy can be written.

    Raises
    ------
    InputErrors
        If it is no XLSX workbook, or has CPR numbers that are not to be written.
    """
    table = reading.roster.table
    # a sheet of a list of who sits already does not make the pool a workbook
    if table.encoding or check_workbook(read_bytes(inputs.pool), inputs.pool.name) != "xlsx":
        raise InputErrors((table.finding(code="copy-not-xlsx"),))
    if not inputs.cpr.keep and any(found.code.startswith("cpr-") for found in reading.assumed):
        raise InputErrors((table.finding(code="copy-with-cpr"),))


def copied(
    inputs: Inputs,
    reading: Reading,
    panel: Collection[str],
    alternates: Sequence[str],
    columns: Collection[str] | None,
) -> bytes:
    """The copy, with a tab for the panel, for those who were not drawn, and for alternates.

    Raises
    ------
    InputErrors
        If its list of sheets cannot be added to, or it was changed since it was read.
    """
    data, roster, instance = read_bytes(inputs.pool), reading.roster, reading.instance
    changed = digest(data) != reading.digests["pool"]
    seated = roster.only(panel).beside(counted(roster, instance, columns))
    others = roster.only(set(roster.ids).difference(panel)).beside(address_taken(instance, panel))
    sheets: dict[str, Sequence[Row]] = {}
    for place, one in ((PANEL, seated), (OTHERS, others)):
        header, rows = people(one, one.ids)
        sheets[place.removesuffix(".csv")] = [header, *rows]
    if alternates:
        called = alternates_rows(roster, alternates, ordered=True)
        sheets[ALTERNATES.removesuffix(".csv")] = called
    try:
        if not changed:
            return with_tabs(data, sheets, ids={roster.id_column or "id"})
    except ValueError:
        pass
    code = "copy-changed" if changed else "copy-unknown-form"
    raise InputErrors((roster.table.finding(code=code),))
