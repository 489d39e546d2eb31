"""Going on after a fault, so that all of them are reported in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sortition.errors import Finding, InputErrors

T = TypeVar("T")

FEW = 3  # faults of one column that are told one by one
RUNS_SHOWN = 40


def attempt(faults: list[Finding], read: Callable[[], T]) -> T | None:
    """What `read` returns; if it finds faults, None, and they join the others."""
    try:
        return read()
    except InputErrors as errors:
        faults.extend(errors.faults)
        return None


def too_low(option: str, value: int, least: int) -> Iterator[Finding]:
    """What is wrong with a whole number that somebody asked for."""
    if value < least:
        facts: dict[str, str | int] = {"option": option, "needed": "a whole number", "least": least}
        yield Finding(code="usage-value", value=str(value), facts=facts)


def told_together(faults: Sequence[Finding]) -> Iterator[Finding]:
    """Faults of one column; those of one code are one if there are many, with the other rows."""
    for code in dict.fromkeys(fault.code for fault in faults):
        alike = [fault for fault in faults if fault.code == code]
        if len(alike) <= FEW:
            yield from alike
            continue
        rows = rows_told([fault.row for fault in alike[1:] if fault.row is not None])["rows"]
        facts: dict[str, str | int] = {"others": len(alike) - 1, "rows": rows}
        yield replace(alike[0], facts={**alike[0].facts, **facts})


def rows_told(rows: Sequence[int]) -> dict[str, str | int]:
    """How many rows there are, and which, for the facts of a finding."""
    shown, more = runs(rows)
    return {"count": len(rows), "rows": f"{shown}, …" if more else shown}


def runs(rows: Sequence[int]) -> tuple[str, int]:
    """Numbers in ascending order, such as ``3, 5-9, 12``; and how many more there are."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found[:RUNS_SHOWN]]
    return ", ".join(shown), sum(map(len, found[RUNS_SHOWN:]))
