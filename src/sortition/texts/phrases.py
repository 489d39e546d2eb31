"""The small words between sentences, and how a language writes counts and days."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

# facts that say how many, not which: no year, row, ticket or age
COUNTS = {
    *("answers", "count", "found", "gone", "letters", "limit", "missing", "more", "most", "needed"),
    *("others", "panels", "people", "pool", "population", "size", "tickets", "total"),
}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FOUR_DIGITS = re.compile(r"[0-9]{4,9}")


@cache
def phrases(language: str) -> Mapping[str, str]:
    """The phrases of a language, by name."""
    file = files("sortition.texts").joinpath(f"phrases.{language}.toml")
    found: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def written(name: str, text: str, language: str) -> str:
    """A fact as the language writes it: a count with its thousands parted, a day with its month.

    Parameters
    ----------
    name, text : str
        Of the fact; what is neither is left as it is.
    """
    words = phrases(language)
    if name in COUNTS and FOUR_DIGITS.fullmatch(text):
        return f"{int(text):,}".replace(",", words["thousands"])
    if name == "day" and DAY.fullmatch(text):
        day = date.fromisoformat(text)
        month = words["months"].split(", ")[day.month - 1]
        return words["day"].format(day=day.day, month=month, year=day.year)
    return text
