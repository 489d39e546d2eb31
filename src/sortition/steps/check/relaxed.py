"""The quotas with the proposed changes, as a file to look at and, if they are agreed, to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sortition.model import Quota, by_label
from sortition.tables.rows import Table
from sortition.tables.written.lists import csv_rows

HEADER = ("feature", "value", "min", "max")
MARKS = ("min_before", "max_before", "changed")


def relaxed_csv(
    quotas: Sequence[Quota], relaxations: Sequence[Quota], *, delimiter: str = ","
) -> bytes:
    """All quotas with the changes made and marked, in a form that the quota reader reads.

    Parameters
    ----------
    quotas : sequence of Quota
        As they were.
    relaxations : sequence of Quota
        Those that change, as they shall be.
    delimiter : str

    Returns
    -------
    bytes
        CSV in UTF-8 with a byte order mark, since its readers open it in a spreadsheet.
    """
    changed = by_label(relaxations)
    penalties = any(quota.penalty is not None for quota in quotas)
    flex = any(quota.min_flex is not None or quota.max_flex is not None for quota in quotas)
    header = (
        *HEADER,
        *(("penalty",) if penalties else ()),
        *(("min_flex", "max_flex") if flex else ()),
        *MARKS,
    )
    rows = [header]
    for before in quotas:
        after = changed.get((before.feature, before.value))
        cells = {**_cells(after or before), **(_marks(before) if after else {})}
        rows.append(tuple(cells.get(name, "") for name in header))
    like = replace(Table.of_rows(header, ()), delimiter=delimiter, encoding="utf-8-sig")
    return csv_rows(rows, like=like)


def _cells(quota: Quota) -> dict[str, str]:
    return {
        "feature": quota.feature,
        "value": quota.value,
        "min": str(quota.lower),
        "max": str(quota.upper),
        "penalty": "" if quota.penalty is None else str(quota.penalty),
        "min_flex": "" if quota.min_flex is None else str(quota.min_flex),
        "max_flex": "" if quota.max_flex is None else str(quota.max_flex),
    }


def _marks(before: Quota) -> dict[str, str]:
    return {"min_before": str(before.lower), "max_before": str(before.upper), "changed": "yes"}
