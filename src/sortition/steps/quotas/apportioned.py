"""Seats in proportion to the people who have a value, and bounds around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import lcm
from typing import Literal

from sortition.core.apportionment import hamilton, sainte_lague
from sortition.errors import Finding
from sortition.steps.quotas.statistics.file import FeatureCount
from sortition.steps.quotas.statistics.reading import Statistics
from sortition.steps.quotas.writing import QuotaLine

MethodName = Literal["sainte-lague", "hamilton"]
METHODS = {"sainte-lague": sainte_lague, "hamilton": hamilton}
METHOD_TITLES: dict[MethodName, str] = {"sainte-lague": "Sainte-Laguë", "hamilton": "Hamilton"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportionment:
    """How seats and bounds are made.

    Attributes
    ----------
    panel_size : int
    method : {"sainte-lague", "hamilton"}
    at_least : int
        How many seats each value gets that anybody has; its minimum is not lower.
    width : int
        How far the bounds are from the apportioned seats.
    """

    panel_size: int
    method: MethodName
    at_least: int = 0
    width: int


def apportioned(count: FeatureCount, rule: Apportionment) -> Iterator[QuotaLine]:
    """The quotas of one feature, in its order; the order does not decide any of them.

    The minimums add up to at most the panel size, and the maximums to at least it.
    """
    values = sorted(count.people)
    # the same proportions in whole numbers
    denominator = lcm(*(people.denominator for people in count.people.values()))
    counts = [int(count.people[value] * denominator) for value in values]
    given = METHODS[rule.method](counts, rule.panel_size, at_least=rule.at_least)
    seats = dict(zip(values, given, strict=True))
    for value, people in count.people.items():
        yield QuotaLine(
            feature=count.feature,
            value=value,
            lower=max(seats[value] - rule.width, min(rule.at_least, seats[value])),
            upper=min(seats[value] + rule.width, rule.panel_size),
            people=people,
            share=people / count.total,
            seats=seats[value],
        )


def too_few_seats(statistics: Statistics, rule: Apportionment) -> Iterator[Finding]:
    """Features of which not every value that anybody has can get its seats."""
    for count in statistics.features:
        held = sum(1 for people in count.people.values() if people)
        if held * rule.at_least > rule.panel_size:
            facts = {"values": held, "least": rule.at_least, "size": rule.panel_size}
            yield Finding(
                code="quotas-too-few-seats", file=count.file, column=count.feature, facts=facts
            )
