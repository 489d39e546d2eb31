"""One draft of a map from files to file: read, match, write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import Inputs
from sortition.instance.mapping.draft import Draft, draft_map
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.tables.cpr.rules import protect
from sortition.tables.faults import attempt
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.written.results import destination_faults, write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """What a draft was asked to be.

    Attributes
    ----------
    inputs : Inputs
        Of whatever size the panel is: a draft asks for the labels of the quotas alone.
    out : Path or None
        The file for the draft; None: nothing is written.
    overwrite : bool
        Whether a file of this name may be replaced.
    """

    inputs: Inputs
    out: Path | None
    overwrite: bool


def draft_from_files(options: MapOptions) -> Draft:
    """Draft a map from a pool and its quotas, and write it if asked to.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination; nothing is written.
    """
    inputs, out = options.inputs, options.out
    faults: list[Finding] = []
    if out is not None:
        faults += destination_faults(
            out.parent, options.overwrite, names=(out.name,), inputs=inputs.paths
        )
    table = attempt(faults, partial(_read_pool, inputs))
    sheet = attempt(
        faults, partial(read_quota_sheet, inputs.quotas, inputs.panel_size, inputs.quotas_sheet)
    )
    if faults or table is None or sheet is None:
        raise InputErrors(tuple(faults))
    draft = draft_map(table, sheet.quotas, quotas_file=inputs.quotas_file)
    if out is not None:
        files = {out.name: draft.text.encode()}
        write_files(out.parent, files, overwrite=options.overwrite)
    return draft


def _read_pool(inputs: Inputs) -> Table:
    """The pool as a map sees it: without CPR numbers, and with what was made of them."""
    table = read_table(inputs.pool, inputs.pool_sheet)
    return protect(table, inputs.cpr, inputs.id_column).table
