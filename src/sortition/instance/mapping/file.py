"""The map file: how the columns and cells of a pool are to be read, and who is left out.

A map is a TOML file with the tables ``columns``, ``values``, ``bands`` and ``drop``. This module
reads it; `sortition.instance.mapping.mapped` applies it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sortition.errors import Finding
from sortition.instance.settings import Key, Settings, read_settings
from sortition.instance.settings_reader import TEXT, TEXTS, SettingsReader
from sortition.tables.content import File
from sortition.tables.numbers import Range, read_range

TABLES = ("columns", "values", "bands", "drop")
CONDITIONS = ("equals", "one_of", "below", "above", "blank")
DATE = "a date without quotation marks, such as 2026-11-22"
LIMIT, TABLES_IN_ROW = f"a number, or {DATE}", "tables, each under [[drop]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What the cells of a column are read as.

    Attributes
    ----------
    column : str
    meanings : mapping of str to str
        From what stands in the cells.
    key : Key
        Where it stands in the map, here and below.
    """

    column: str
    meanings: Mapping[str, str]
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A feature made of ranges of the numbers in a column.

    Attributes
    ----------
    feature, column : str
    year : int or None
        The cells are years of birth, and the numbers are the ages reached in this year.
    day : date or None
        The cells are dates of birth, and the numbers are the ages on this day.
    ranges : tuple of Range
        In ascending order; none overlap.
    """

    feature: str
    column: str
    year: int | None
    day: datetime.date | None
    ranges: tuple[Range, ...]
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A rule by which rows are left out.

    Attributes
    ----------
    column : str
    condition : str
        ``one_of``, ``below``, ``above`` or ``blank``.
    labels : tuple of str
        For ``one_of``.
    limit : Decimal or date
        For ``below`` and ``above``.
    reason : str
    """

    column: str
    condition: str
    labels: tuple[str, ...]
    limit: Decimal | datetime.date
    reason: str
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolMap:
    """What a map file says, in the order in which it is applied.

    Attributes
    ----------
    settings : Settings
        The file, for findings about it.
    columns : mapping of str to str
        New names by those of the pool.
    drops : tuple of Drop
    values : tuple of Values
    bands : tuple of Bands
    """

    settings: Settings
    columns: Mapping[str, str]
    drops: tuple[Drop, ...]
    values: tuple[Values, ...]
    bands: tuple[Bands, ...]


def read_map(path: File) -> tuple[PoolMap, tuple[Finding, ...]]:
    """Read a map file.

    Returns
    -------
    rules : PoolMap
        As far as they have no fault.
    faults : tuple of Finding
        Those that can be seen without the pool.

    Raises
    ------
    InputErrors
        If it cannot be read, or is no TOML.
    """
    reader = _Reader(read_settings(path))
    tables = reader.table((), reader.settings.document, TABLES)
    read = PoolMap(
        settings=reader.settings,
        columns=reader.texts(("columns",), tables.get("columns", {})),
        drops=tuple(reader.drops(tables.get("drop", []))),
        values=tuple(reader.values(tables.get("values", {}))),
        bands=tuple(reader.bands(tables.get("bands", {}))),
    )
    return read, tuple(sorted(reader.faults, key=lambda fault: fault.row or 0))


class _Reader(SettingsReader):
    """Reads the parts of a map."""

    def values(self, found: Any) -> Iterator[Values]:
        for column, meanings in self.different(("values",), found):
            key = ("values", column)
            yield Values(column=column, meanings=self.texts(key, meanings), key=key)

    def bands(self, found: Any) -> Iterator[Bands]:
        for feature, parts in self.different(("bands",), found):
            key = ("bands", feature)
            known = self.table_with(key, parts, needed=("column", "ranges"), others=("in", "on"))
            year, day = known.get("in"), known.get("on")
            if year is not None and type(year) is not int:
                self.wrong((*key, "in"), "a year, such as 2026")
            if day is not None and not _is_date(day):
                self.wrong((*key, "on"), DATE)
            if year is not None and day is not None:
                self.faults.append(self.settings.finding(code="map-year-and-day", key=key))
            ranges = self._ranges((*key, "ranges"), known["ranges"]) if "ranges" in known else ()
            if self._texts_of(key, known, ("column",)):
                yield Bands(
                    feature=feature,
                    column=known["column"],
                    year=year,
                    day=day,
                    ranges=ranges,
                    key=key,
                )

    def drops(self, found: Any) -> Iterator[Drop]:
        if not isinstance(found, list):
            self.wrong(("drop",), TABLES_IN_ROW)
            return
        for number, parts in enumerate(found):
            key = ("drop", number)
            known = self.table_with(key, parts, needed=("column", "reason"), others=CONDITIONS)
            yield from self._drop(key, known)

    def _drop(self, key: Key, parts: Mapping[str, Any]) -> Iterator[Drop]:
        conditions = [name for name in CONDITIONS if name in parts]
        texts = self._texts_of(key, parts, ("column", "reason"))
        if len(conditions) != 1:  # also where all of them are misspelt
            facts = {"seen": ", ".join(conditions) or "none", "known": ", ".join(CONDITIONS)}
            self.faults.append(
                self.settings.finding(code="map-rule-conditions", key=key, facts=facts)
            )
            return
        (name,) = conditions
        given: Any = [parts[name]] if name == "equals" else parts[name]
        limit: Decimal | datetime.date = Decimal(0)
        if name in {"equals", "one_of"}:
            fits = self.are_texts((*key, name), given, TEXT if name == "equals" else TEXTS)
        elif name == "blank":
            fits = given is True or self.wrong((*key, name), "true")
        else:
            fits = _is_date(given) or _is_number(given) or self.wrong((*key, name), LIMIT)
            if fits:
                limit = given if isinstance(given, datetime.date) else Decimal(str(given))
        if fits and texts:
            yield Drop(
                column=parts["column"],
                condition="one_of" if name == "equals" else name,
                labels=tuple(given) if name in {"equals", "one_of"} else (),
                limit=limit,
                reason=parts["reason"],
                key=key,
            )

    def _texts_of(self, key: Key, parts: Mapping[str, Any], names: Collection[str]) -> bool:
        """Whether these are there and texts; that they are missing is noted elsewhere."""
        there = [name for name in names if name in parts]
        texts = [self.is_text((*key, name), parts[name]) for name in there]
        return len(there) == len(names) and all(texts)

    def _ranges(self, key: Key, found: Any) -> tuple[Range, ...]:
        if not self.are_texts(key, found, TEXTS):
            return ()
        read = {label: read_range(label) for label in found}
        unclear = [label for label, made in read.items() if made is None]
        self.faults += [
            self.settings.finding(code="map-range-unclear", key=key, value=label)
            for label in unclear
        ]
        ranges = sorted(
            filter(None, read.values()), key=lambda made: (made.lower is not None, made.lower or 0)
        )
        for one, other in pairwise(ranges):
            if one.upper is None or other.lower is None or other.lower <= one.upper:
                facts = {"other": other.label}
                code = "map-ranges-overlap"
                self.faults.append(
                    self.settings.finding(code=code, key=key, value=one.label, facts=facts)
                )
        return () if unclear else tuple(ranges)


def _is_date(found: Any) -> bool:
    return type(found) is datetime.date  # and not a time of a day


def _is_number(found: Any) -> bool:
    return type(found) in {int, float} and Decimal(str(found)).is_finite()
