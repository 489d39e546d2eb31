"""Comparisons that were really made, of a pool in which the exact figures are known."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sortition.core.progress import Silent
from sortition.core.sampling.looks import Diagnostics
from sortition.errors import Finding
from sortition.selection.compared import Comparison, NotFound
from sortition.selection.comparison import compare
from sortition.selection.preparation import Rules
from sortition.selection.simple_rules import Estimated, LegacyChances, UniformChances
from sortition.steps.compare.context import CompareContext
from tests.making import passed_over


@cache
def exact() -> Comparison:
    """All panels are counted; minimax gives one of nine people no chance."""
    return compare(passed_over(), Rules(), draws=2000, progress=Silent())


@cache
def with_lies() -> Comparison:
    """A few lies were tried under each objective; under the last, none gained anything."""
    found = compare(passed_over(), Rules(), draws=10, progress=Silent(), lies=4)
    *others, last = found.manipulation
    return replace(found, manipulation=(*others, replace(last, best=None)))


def walked(*, r_hat: float) -> Comparison:
    """As if the panels had been too many to count, and one person had never been drawn."""
    comparison = exact()
    assert comparison.uniform is not None
    diagnostics = Diagnostics(
        chains=512,
        swaps=32768,
        accepted=0.35,
        at_panels=0.1,
        r_hat=r_hat,
        effective=float("inf"),
        standard_error=0.0012,
    )
    never = {"P9": Estimated(probability=0.0, lower=0.0, upper=0.0019)}
    return replace(
        comparison,
        rules=tuple(
            replace(outcome, known="approximate") if outcome.rule == "uniform" else outcome
            for outcome in comparison.rules
        ),
        uniform=replace(comparison.uniform, panels=None, diagnostics=diagnostics),
        legacy=replace(comparison.legacy, people=comparison.legacy.people | never),
    )


def objectives_alone() -> Comparison:
    """As if neither of the simple rules had come to anything; three people are on no panel."""
    comparison = exact()
    return replace(
        comparison,
        impossible=("P2", "P3", "P4"),
        rules=comparison.rules[:5],
        uniform=None,
        legacy=LegacyChances(people={}, panels=0, attempts=2048),
    )


def without_nash() -> Comparison:
    """As if the solver had not found one objective."""
    comparison = exact()
    return replace(
        comparison,
        rules=tuple(outcome for outcome in comparison.rules if outcome.rule != "nash"),
        not_found=(NotFound(rule="nash", status="the steps did not end"),),
    )


def huge() -> Comparison:
    """As if there had been more panels than anybody can read out."""
    uniform = exact().uniform
    assert isinstance(uniform, UniformChances)
    return replace(exact(), uniform=replace(uniform, panels=123_456 * 10**40))


def compare_context() -> CompareContext:
    return CompareContext(
        files={"pool": "pulje.xlsx", "quotas": "kvoter.csv"},
        digests={"pool": "ab" * 32, "quotas": "cd" * 32},
        options={"size": 3, "gamma": 0.5},
        gamma=0.5,
        assumptions=(Finding(code="encoding-assumed", file="pulje.csv", value="Windows-1252"),),
        versions={"sortition": "0.1.0", "python": "3.12.4"},
    )
