"""The small words between sentences, and which facts are counts and days."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from sortition.texts.signs import signs

# facts that say how many, not which: no year, row, ticket or age
COUNTS = frozenset(
    (
        *("answers", "cells", "count", "found", "gone", "letters", "limit", "members", "missing"),
        *("more", "most", "needed", "others", "panels", "people", "places", "pool", "population"),
        *("rows", "seats", "size", "sum", "tickets", "total"),
    )
)
# and those that list counts
LISTED = {
    "ranges": re.compile(r"(?<=\(rows: )\d+(?=\))"),
    "totals": re.compile(r"(?<= )\d+(?=,|$)"),
}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def phrases(language: str) -> Mapping[str, str]:
    """The phrases of a language, by name."""
    file = files("sortition.texts").joinpath(f"phrases.{language}.toml")
    found: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def written(name: str, fact: object, language: str) -> str:
    """A fact as the language writes it: a count with its thousands parted, a day with its month.

    Parameters
    ----------
    name : str
        Of the fact.
    fact : object
        A text is as somebody wrote it, unless it lists counts or is a day; a number that names
        something, such as a row, stays as it is too.
    """
    ours = signs(language)
    if name in COUNTS and isinstance(fact, int):
        return ours.count(fact)
    text = str(fact)
    if name in LISTED:
        return LISTED[name].sub(lambda count: ours.count(int(count[0])), text)
    if name == "day" and DAY.fullmatch(text):
        return ours.day(date.fromisoformat(text))
    return text
