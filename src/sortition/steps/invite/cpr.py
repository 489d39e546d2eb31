"""CPR numbers stay out of the lists of the invited, unless they are asked for."""

from __future__ import annotations

from dataclasses import replace

from sortition.errors import Finding, InputErrors
from sortition.steps.invite.lists import Drawing
from sortition.tables.cpr.columns import find_cpr_columns
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.rows import Table


def without_cpr(drawing: Drawing) -> tuple[Drawing, tuple[Finding, ...]]:
    """The same people without the columns of CPR numbers, and what was left out.

    Raises
    ------
    InputErrors
        If CPR numbers tell people apart: without them nobody could send a letter or draw again.
    """
    own = drawing.header
    table = Table.of_rows(drawing.columns, tuple(drawing.cells), file=own.file, like=own)
    if drawing.id_column in find_cpr_columns(table, drawing.id_column).numbers:
        raise InputErrors((table.finding(code="invite-cpr-ids", column=drawing.id_column),))
    protected = protect(table, CprRules(), drawing.id_column).table
    kept = replace(drawing, columns=protected.header, cells=protected.rows)
    # the rows are those of the list, not of the registry
    return kept, tuple(replace(finding, row=None) for finding in protected.assumed)
