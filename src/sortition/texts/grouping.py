"""Many findings, people or rows in few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sortition.errors import Finding
from sortition.texts import describe

MOST_NAMED = 12


def grouped(findings: Iterable[Finding], say: Callable[[Finding], str] = describe) -> Iterator[str]:
    """One line for findings that differ in their row alone."""
    rows: dict[str, list[int]] = defaultdict(list)
    first: dict[str, Finding] = {}
    for finding in findings:
        alike = repr(replace(finding, row=None))
        first.setdefault(alike, finding)
        if finding.row is not None:
            rows[alike].append(finding.row)
    for alike, finding in first.items():
        others = [str(row) for row in rows[alike][1:]]
        also = f" The same in {_rows(others)}." if others else ""
        yield say(finding) + also


def some(words: Iterable[str]) -> str:
    """The first of them, and how many more there are."""
    listed = list(words)
    more = len(listed) - MOST_NAMED
    return ", ".join(listed[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _rows(numbers: list[str]) -> str:
    word = "rows" if len(numbers) > 1 else "row"
    return f"{word} {some(numbers)}"
