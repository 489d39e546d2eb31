"""The first draft of a map: what could be matched, and what is left for a person to say.

It shows values and their counts, but only of columns that are used and have few of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sortition.instance.mapping.match import MOST_VALUES, Match, match_features
from sortition.model import Quotas
from sortition.tables.labels import fold
from sortition.tables.rows import Table
from sortition.tables.values import suggestion

BARE = re.compile(r"[A-Za-z0-9_-]+")
TO_DO = "# TO DO: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A map that somebody has yet to check.

    Attributes
    ----------
    text : str
        TOML.
    open : int
        How many places of it wait for an answer.
    """

    text: str
    open: int


def draft_map(table: Table, quotas: Quotas, *, quotas_file: str) -> Draft:
    """A map that fits a pool to its quotas, as far as that can be told from both.

    Parameters
    ----------
    quotas_file : str
        The name of the quotas' file, for the first line.
    """
    matches = match_features(table, quotas)
    lines = [
        f"# How {_comment(table.file)} is read for {_comment(quotas_file)}: a first draft.",
        "# Check every line. What begins with # decides nothing.",
        *_columns(table, matches),
    ]
    for match in matches:
        if match.column is not None:
            lines += _bands(match) if match.for_bands else _values(match)
    opened = sum(1 for line in lines if line.startswith(TO_DO))
    return Draft(text="\n".join(lines) + "\n", open=opened)


def _columns(table: Table, matches: Sequence[Match]) -> Iterator[str]:
    renamed = [
        f"{_quoted(match.column)} = {_quoted(match.feature)}"
        for match in matches
        if match.column is not None and _new_name(match) == match.feature != match.column
    ]
    missing = [match.feature for match in matches if match.column is None]
    if renamed or missing:
        yield from ("", "[columns]", *renamed)
    for feature in missing:
        names = ", ".join(map(_quoted, table.header))
        yield f"{TO_DO}which column is {_quoted(feature)}? There are {names}."
        yield f'# "" = {_quoted(feature)}'


def _new_name(match: Match) -> str | None:
    """What the map calls the column that is matched."""
    kept = match.for_bands or (match.column and fold(match.column) == fold(match.feature))
    return match.column if kept else match.feature


def _values(match: Match) -> Iterator[str]:
    heading = ["", f"[values.{_key(_new_name(match) or '')}]"]
    lines: list[str] = []
    cells = sorted(match.counts)
    unknown = [cell for cell in cells if match.meaning(cell) is None]
    if len(cells) > MOST_VALUES:
        if unknown and match.every:
            lines.append(
                f"{TO_DO}{len(cells)} different values, too many to list here; "
                f"{len(unknown)} of them have no quota."
            )
    else:
        for cell in cells:
            meaning = match.meaning(cell)
            if meaning is not None and fold(meaning) != fold(cell):
                rows = _rows(match.counts[cell])
                lines.append(f"{_quoted(cell)} = {_quoted(meaning)}  # {rows}")
        for cell in unknown if match.every else ():
            lines += _unknown(match, cell)
    if match.blank:
        lines.append(f"{TO_DO}blank: {_rows(match.blank)}. Fill them in, or drop them:")
        lines += _rule(_new_name(match) or "", "blank = true")
    if lines:
        yield from (*heading, *lines)


def _unknown(match: Match, cell: str) -> Iterator[str]:
    guess = suggestion(cell, match.labels).get("closest", "")
    labels = ", ".join(map(_quoted, match.labels))
    rows = _rows(match.counts[cell])
    yield f"{TO_DO}what does {_quoted(cell)} mean ({rows})? One of {labels}."
    yield f"# {_quoted(cell)} = {_quoted(str(guess))}"


def _bands(match: Match) -> Iterator[str]:
    lines = [
        f"[bands.{_key(match.feature)}]",
        f"column = {_quoted(match.column or '')}",
        f"ranges = [{', '.join(_quoted(made.label) for made in match.ranges)}]",
    ]
    yield ""
    if match.years_of_birth or match.dates_of_birth:
        yield from _births(match, lines)
        return
    yield from lines
    yield from _outside(match)
    yield from _blank(match)


def _births(match: Match, lines: Sequence[str]) -> Iterator[str]:
    if match.dates_of_birth:
        yield f"{TO_DO}these are dates of birth. On which day do the ages count (2026-11-22)?"
        yield from (f"# {line}" for line in (*lines, "on = "))
    else:
        yield f"{TO_DO}these are years of birth. In which year are the ages reached?"
        yield from (f"# {line}" for line in (*lines, "in = "))
    yield from _blank(match)


def _blank(match: Match) -> Iterator[str]:
    if match.blank:
        yield f"{TO_DO}blank: {_rows(match.blank)}. Fill them in, or drop them:"
        yield from _rule(match.column or "", "blank = true")


def _outside(match: Match) -> Iterator[str]:
    """What is left to say about cells that no range has."""
    numbers = match.numbers
    strange = sum(match.counts.values()) - sum(numbers.values())
    if strange:
        yield f"{TO_DO}not a number: {_rows(strange)}. Correct them."
    outside = {
        number: count
        for number, count in numbers.items()
        if not any(made.holds(number) for made in match.ranges)
    }
    lowest = min(made.lower if made.lower is not None else 0 for made in match.ranges)
    below = sum(count for number, count in outside.items() if number < lowest)
    if below:
        yield f"{TO_DO}below {lowest}: {_rows(below)}. Correct them, or drop them:"
        yield from _rule(match.column or "", f"below = {lowest}")
    others = sum(outside.values()) - below
    if others:
        yield f"{TO_DO}in no range: {_rows(others)}. Correct them, or add a range."


def _rule(column: str, condition: str) -> Iterator[str]:
    yield "# [[drop]]"
    yield f"# column = {_quoted(column)}"
    yield f"# {condition}"
    yield '# reason = ""'


def _rows(count: int) -> str:
    return f"{count} {'row' if count == 1 else 'rows'}"


def _quoted(text: str) -> str:
    """A text as TOML has it, on one line."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    """A name within a comment, in which there may be no control characters."""
    return _quoted(text)[1:-1]


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _quoted(name)
