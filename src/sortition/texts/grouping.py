"""Many findings, people or rows in few words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sortition.errors import Finding
from sortition.texts import sentence_of
from sortition.texts.speech import phrase, speak

MOST_NAMED = 12
MOST_LINES = 50  # of one kind in one column
MOST_ASSUMED = 4  # of what was assumed, where nobody has to mend it
# who is not in the draw and which quotas are not kept: what matters most of all that was assumed
FIRST = (
    *("map-dropped", "seated-household", "statistics-ages-left-out", "column-unheeded"),
    *("quota-moved", "places-stay-open", "replacement-household-full", "replacement-unavailable"),
)
KIND = 4  # what they have in common: code, file, sheet and column
Alike = tuple[str, ...]
Words = Callable[[Finding], str]


def grouped(findings: Iterable[Finding], say: Words = speak) -> Iterator[str]:
    """One line for findings that differ in their row alone; see `counted`."""
    yield from counted(findings, say)[0]


def folded(findings: Iterable[Finding], say: Words = speak) -> Iterator[str]:
    """What was assumed: first what is in `FIRST`, then of each other kind `MOST_ASSUMED` lines."""
    assumed = list(findings)
    for gone in (True, False):
        some = [finding for finding in assumed if (finding.code in FIRST) == gone]
        most = MOST_LINES if gone else MOST_ASSUMED
        yield from counted(some, say, most=most, more="more-assumed")[0]


def counted(
    findings: Iterable[Finding],
    say: Words = speak,
    *,
    most: int = MOST_LINES,
    more: str = "more-like-these",
) -> tuple[list[str], int]:
    """One line for findings that differ in their row alone, and how many lines that would be.

    Parameters
    ----------
    most : int
        How many lines of one kind in one column are said.
    more : str
        The code of the sentence for those beyond.
    """
    rows: dict[Alike, list[int]] = defaultdict(list)
    first: dict[Alike, Finding] = {}
    kinds: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        alike = _alike(finding)
        if alike not in first:
            first[alike] = finding
            kinds[alike[:KIND]] += 1
        if finding.row is not None:
            rows[alike].append(finding.row)
    lines: list[str] = []
    said: Counter[tuple[str, ...]] = Counter()
    for alike, finding in first.items():
        kind = alike[:KIND]
        said[kind] += 1
        if said[kind] <= most:
            others = [str(row) for row in rows[alike][1:]]
            also = _also(others) if others else ""
            lines.append(say(finding) + also)
        elif said[kind] == kinds[kind]:
            others_like = Finding(code=more, facts={"count": kinds[kind] - most})
            lines.append(say(replace(others_like, file=finding.file, column=finding.column)))
    return lines, len(first)


def _alike(finding: Finding) -> Alike:
    facts = tuple(f"{name}={fact}" for name, fact in finding.facts.items())
    value = finding.value if "{value}" in sentence_of(finding.code) else ""
    return (finding.code, finding.file, finding.sheet, finding.column, value, *facts)


def some(words: Iterable[str]) -> str:
    """The first of them, and how many more there are."""
    listed = list(words)
    more = len(listed) - MOST_NAMED
    named = ", ".join(listed[:MOST_NAMED])
    return phrase("and_more", listed=named, more=more) if more > 0 else named


def _also(numbers: list[str]) -> str:
    return phrase("same_in_rows" if len(numbers) > 1 else "same_in_row", rows=some(numbers))
