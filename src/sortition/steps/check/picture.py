"""One picture for each feature: population, pool and quota beside each other, and who is scarce."""

from __future__ import annotations

from collections.abc import Sequence

from sortition.pages.bars import Bar, BarRow
from sortition.pages.wording import Wording
from sortition.steps.check.rows import CheckRow


def supply_bars(rows: Sequence[CheckRow], panel_size: int, w: Wording) -> tuple[BarRow, ...]:
    """The rows of a feature on one scale, from nought to its largest share."""
    shares = [share for row in rows for share in _shares(row, panel_size)]
    scale = max(*shares, 0.01)
    return tuple(_bars(row, panel_size, scale, w) for row in rows)


def _shares(row: CheckRow, panel_size: int) -> tuple[float, ...]:
    return (
        float(row.beside.share) if row.beside else 0.0,
        float(row.supply.share) if row.supply else 0.0,
        min(row.quota.upper / panel_size, 1.0),
    )


def _bars(row: CheckRow, panel_size: int, scale: float, w: Wording) -> BarRow:
    population, pool, upper = _shares(row, panel_size)
    lower = min(row.quota.lower / panel_size, upper)
    bars, words = [], []
    if row.beside:
        bars.append(Bar(kind="beside", length=population / scale))
        words.append(w.text("picture.population", share=w.whole_percent(population)))
    if row.supply:
        bars.append(Bar(kind="panel", length=pool / scale))
        words.append(w.text("picture.pool", share=w.whole_percent(pool)))
    bars.append(Bar(kind="span", start=lower / scale, length=(upper - lower) / scale))
    seats = w.text(
        "numbers.range", lower=w.integer(row.quota.lower), upper=w.integer(row.quota.upper)
    )
    fixed = row.quota.lower == row.quota.upper
    words.append(w.text("picture.quota", seats=w.integer(row.quota.lower) if fixed else seats))
    scarce = row.supply is not None and row.supply.stock != "enough"
    alarm = w.text(f"groups.{row.supply.stock}") if row.supply and scarce else ""
    return BarRow(name=row.quota.value, bars=tuple(bars), words="; ".join(words), alarm=alarm)
