"""How a language writes numbers and days."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The signs of a language.

    Attributes
    ----------
    thousands, decimal : str
        What stands between groups of three digits, and before decimals.
    dates : str
        With the fields ``{day}``, ``{month}`` and ``{year}``.
    months : tuple of str
    """

    thousands: str
    decimal: str
    dates: str
    months: tuple[str, ...]

    def number(self, formatted: str) -> str:
        """A number as Python formats it, with the signs of the language."""
        return formatted.translate({ord(","): self.thousands, ord("."): self.decimal})

    def count(self, count: int) -> str:
        """A whole number, its thousands parted."""
        return self.number(f"{count:,}")

    def day(self, day: date) -> str:
        """A day with the name of its month."""
        return self.dates.format(day=day.day, month=self.months[day.month - 1], year=day.year)


@cache
def signs(language: str) -> Signs:
    """The signs of a language, which stand in ``signs.toml`` or in its own folder."""
    home = files("sortition")
    own = home.joinpath("languages", language, "signs.toml")
    file = own if own.is_file() else home.joinpath("texts", f"signs.{language}.toml")
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    return Signs(**found | {"months": tuple(found["months"])})
