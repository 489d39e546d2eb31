"""Quotas for people: one page that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sortition.errors import Finding
from sortition.model import Language
from sortition.pages.bars import Bar, BarRow
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.steps.quotas.writing import QuotaLine

ROOM = "steps/quotas"


def quotas_html(
    lines: Sequence[QuotaLine],
    *,
    panel_size: int,
    width: int,
    provenance: Sequence[Finding],
    assumed: Sequence[Finding],
    language: Language,
) -> str:
    """Quotas as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and knows no people but by their number.

    Parameters
    ----------
    lines : sequence of QuotaLine
        Those of a feature beside each other.
    panel_size, width : int
        The seats, and how far the bounds are from the apportioned ones.
    provenance, assumed : sequence of Finding
        How the quotas were made, and what was assumed of the figures.
    language : {"en", "da"}
    """
    words = wording(language, ROOM)
    features = [
        (feature, rows, _bars(rows, panel_size, words))
        for feature, grouped in groupby(lines, key=lambda line: line.feature)
        for rows in [list(grouped)]
    ]
    return page(
        ROOM,
        language,
        features=features,
        panel_size=panel_size,
        width=width,
        provenance=provenance,
        assumptions=assumed,
    )


def _bars(lines: Sequence[QuotaLine], panel_size: int, w: Wording) -> tuple[BarRow, ...]:
    """The rows of a feature on one scale, from nought to its largest share."""
    scale = max(max(float(line.share), line.upper / panel_size) for line in lines)
    return tuple(_row(line, panel_size * scale, scale, w) for line in lines)


def _row(line: QuotaLine, longest: float, scale: float, w: Wording) -> BarRow:
    bars = (
        Bar(kind="beside", length=float(line.share) / scale),
        Bar(kind="panel", length=line.seats / longest),
        Bar(kind="span", start=line.lower / longest, length=(line.upper - line.lower) / longest),
    )
    words = w.text(
        "picture.words",
        share=w.share(float(line.share)),
        seats=w.count("places", line.seats),
        bounds=w.text("numbers.range", lower=w.integer(line.lower), upper=w.integer(line.upper))
        if line.lower < line.upper
        else w.integer(line.lower),
    )
    return BarRow(name=line.value, bars=bars, words=words)
