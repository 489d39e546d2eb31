"""What a folder that `select` wrote says to the commands that come after it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sortition.audit.run_files import MANIFEST, PANEL, REPORT
from sortition.errors import Finding, InputErrors
from sortition.files.lists import FORMULA_STARTS
from sortition.files.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFolder:
    """A panel that was drawn.

    Attributes
    ----------
    panel : Path
        The list of its members.
    id_column, seed : str
        As the manifest states them.
    features : tuple of str
        Those that have quotas, in the order of the report.
    """

    panel: Path
    id_column: str
    seed: str
    features: tuple[str, ...]


def read_run_folder(directory: Path) -> RunFolder:
    """Find the panel in a folder, and how it was drawn.

    Raises
    ------
    InputErrors
        If manifest or report are missing or say nothing of the kind.
    """
    manifest, report = (_document(directory / name) for name in (MANIFEST, REPORT))
    try:
        folder = RunFolder(
            panel=directory / PANEL,
            id_column=_text(manifest["lists"]["id_column"]),
            seed=_text(manifest["seed"]),
            features=tuple(dict.fromkeys(_text(row["feature"]) for row in report["quotas"])),
        )
    except (KeyError, TypeError, IndexError):
        raise _no_run(directory) from None
    if not folder.panel.is_file():
        raise _no_run(directory)
    return folder


def as_it_came(table: Table) -> Table:
    """A list that this package wrote, so that nothing of it had to be assumed.

    In a CSV file the apostrophes before what looks like a formula are taken away again.
    """
    if table.sheet:
        return replace(table, assumed=())
    rows = tuple(tuple(map(_unmarked, row)) for row in table.rows)
    return replace(table, rows=rows, assumed=())


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _document(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise _no_run(path.parent) from None
    return document if isinstance(document, dict) else {}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError


def _no_run(directory: Path) -> InputErrors:
    return InputErrors((Finding(code="folder-without-run", file=str(directory)),))
