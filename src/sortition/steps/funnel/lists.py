"""What a funnel writes for a spreadsheet: counts for everybody, and rates for the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.funnel.counts import Funnel
from sortition.steps.funnel.end_to_end import StratumChances
from sortition.tables.rows import Table
from sortition.tables.written.lists import Row, csv_rows

COLUMNS = ("feature", "value", "stage", "people", "rate", "share", "representation")
ROOM = "steps/funnel"
NOT_TOLD = ""
DIGITS = 15


def funnel_csv(funnel: Funnel, *, like: Table, language: Language) -> bytes:
    """A row for each group at each stage; what is left out is blank."""
    words = wording(language, ROOM)
    rows: list[Row] = [tuple(words.each("list", *COLUMNS))]
    for table in funnel.tables:
        for group in table.groups:
            columns = (group.counts, group.rates, group.shares, group.representation)
            for stage, count, *parts in zip(table.stages, *columns, strict=True):
                people = NOT_TOLD if count is None else str(count)
                figures = (NOT_TOLD if part is None else f"{part:.6f}" for part in parts)
                named = words.text(f"list.{stage}")
                rows.append((table.feature, group.value, named, people, *figures))
    return csv_rows(rows, like=like)


def response_rates_csv(
    features: Sequence[str],
    people: Mapping[tuple[str, ...], int],
    invited: Mapping[tuple[str, ...], int],
    answered: Mapping[tuple[str, ...], int],
    *,
    like: Table,
    language: Language = "en",
) -> bytes:
    """How the strata answered, as a plan reads it; not to be published.

    Parameters
    ----------
    people : mapping
        Of the registry; empty without one, and then there is no column for them.
    """
    figures = ("population", "invited", "answered") if people else ("invited", "answered")
    rows: list[Row] = [(*features, *wording(language, ROOM).each("rates", *figures))]
    for stratum in sorted({*people, *invited, *answered}):
        counts = (people, invited, answered) if people else (invited, answered)
        rows.append((*stratum, *(str(counted.get(stratum, 0)) for counted in counts)))
    return csv_rows(rows, like=like)


def participation_csv(
    features: Sequence[str],
    chances: Mapping[tuple[str, ...], StratumChances],
    *,
    like: Table,
    language: Language = "en",
) -> bytes:
    """The chance of coming into the pool, as a selection toward the population reads it.

    Strata from which nobody can have come have no row.
    """
    rows: list[Row] = [(*features, *wording(language, ROOM).each("rates", "rate"))]
    for stratum, of in sorted(chances.items()):
        rate = f"{of.coming:.{DIGITS}f}".rstrip("0")
        if float(rate):
            rows.append((*stratum, rate))
    return csv_rows(rows, like=like)
