"""Ages as statistics write them, and the bands into which they are put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sortition.errors import Finding, InputErrors
from sortition.tables.labels import fold, squeeze

AGE_COLUMN = re.compile(r"[aå]lder|ages?\b|agegroup")
_YEARS = r"(?: ?år| years?)?"
SINGLE = re.compile(rf"(\d{{1,3}}){_YEARS}")
RANGE = re.compile(rf"(\d{{1,3}}){_YEARS}-(\d{{1,3}}){_YEARS}")
UNDER = re.compile(rf"under (\d{{1,3}}){_YEARS}")
OPEN = re.compile(
    rf"(\d{{1,3}}){_YEARS} ?(?:\+|(?:og|and|or|och|eller) "
    r"(?:derover|over|opefter|ældre|older|above|eldre|äldre|över|mer))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeSpan:
    """Ages from the lowest to the highest, both among them.

    Attributes
    ----------
    label : str
        As it is written.
    low : int
    high : int or None
        None: there is no highest.
    """

    label: str
    low: int
    high: int | None

    def holds(self, other: AgeSpan) -> bool:
        """Whether all ages of the other are among these."""
        inside = self.high is None or (other.high is not None and other.high <= self.high)
        return self.low <= other.low and inside

    def meets(self, other: AgeSpan) -> bool:
        """Whether they have an age in common."""
        return (self.high is None or other.low <= self.high) and (
            other.high is None or self.low <= other.high
        )


def is_age_column(name: str) -> bool:
    """Whether a column or feature of this name is about ages."""
    return AGE_COLUMN.match(squeeze(name)) is not None


def age_span(label: str) -> AgeSpan | None:
    """The ages that a label means, such as ``16 år``, ``16-19``, ``60+``; None if it means none."""
    folded = fold(label)
    if found := SINGLE.fullmatch(folded):
        return AgeSpan(label=label, low=int(found[1]), high=int(found[1]))
    if found := OPEN.fullmatch(folded):
        return AgeSpan(label=label, low=int(found[1]), high=None)
    if (found := UNDER.fullmatch(folded)) and int(found[1]) > 0:
        return AgeSpan(label=label, low=0, high=int(found[1]) - 1)
    if (found := RANGE.fullmatch(folded)) and int(found[1]) <= int(found[2]):
        return AgeSpan(label=label, low=int(found[1]), high=int(found[2]))
    return None


def read_bands(wanted: Sequence[str]) -> tuple[AgeSpan, ...]:
    """The bands that somebody asked for, the youngest first.

    Raises
    ------
    InputErrors
        If a part is no band, or two have an age in common.
    """
    spans = {label: age_span(label) for label in wanted}
    unclear = [label for label, span in spans.items() if span is None]
    if unclear:
        raise InputErrors(tuple(Finding(code="ages-unclear", value=label) for label in unclear))
    bands = in_order(span for label in wanted if (span := spans[label]))
    clashes = tuple(overlaps(bands))
    if clashes:
        raise InputErrors(
            tuple(
                Finding(code="ages-overlap", value=first.label, facts={"other": second.label})
                for first, second in clashes
            )
        )
    return bands


def in_order(spans: Iterable[AgeSpan]) -> tuple[AgeSpan, ...]:
    """The youngest first."""
    return tuple(sorted(spans, key=lambda span: (span.low, span.high is None, span.high or 0)))


def overlaps(spans: Sequence[AgeSpan]) -> Iterator[tuple[AgeSpan, AgeSpan]]:
    """Those next to each other that have an age in common; the spans are in order."""
    return ((first, second) for first, second in pairwise(spans) if first.meets(second))


def missing_ages(band: AgeSpan, spans: Sequence[AgeSpan]) -> AgeSpan | None:
    """The first ages of a band that no span holds; the spans are in order and do not overlap.

    A band without a highest age ends where the spans do.
    """
    due = band.low
    for span in (span for span in spans if band.meets(span)):
        if span.low > due:
            return AgeSpan(label="", low=due, high=span.low - 1)
        if span.high is None:
            return None
        due = span.high + 1
    if due == band.low or (band.high is not None and due <= band.high):
        return AgeSpan(label="", low=due, high=band.high)
    return None
