"""The comparison for programs: ``compare.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from math import isfinite
from typing import Any

from sortition.pages.printed import printed
from sortition.selection.compared import Comparison, RuleOutcome
from sortition.selection.simple_rules import Estimated, LegacyChances, UniformChances
from sortition.steps.compare.context import CompareContext
from sortition.texts import describe

SCHEMA = "sortition-comparison/1"


def compare_json(comparison: Comparison, *, context: CompareContext) -> bytes:
    """The figures of a comparison as a JSON document, which names nobody.

    Returns
    -------
    bytes
        UTF-8, indented by one space, with a final newline; figures to nine decimals. The number
        of all panels is text, as it can be longer than a number of other languages; a figure that
        is not finite is null.
    """
    document = {
        "schema": SCHEMA,
        "inputs": context.inputs,
        "options": dict(context.options),
        "pool_size": comparison.pool_size,
        "panel_size": comparison.panel_size,
        "impossible": len(comparison.impossible),
        "rules": [_rule(outcome) for outcome in comparison.rules],
        "quotas": [
            asdict(quota) | {"expected": {o.rule: o.expected[number] for o in comparison.rules}}
            for number, quota in enumerate(comparison.quotas)
        ],
        "uniform": _uniform(comparison.uniform),
        "legacy": _legacy(comparison.legacy, comparison.never_drawn),
        **_manipulation(comparison),
        **_not_found(comparison),
        "assumed": list(map(describe, context.assumptions)),
        "versions": dict(context.versions),
    }
    return printed(document)


def _rule(outcome: RuleOutcome) -> dict[str, Any]:
    figures = asdict(outcome)
    del figures["expected"]  # stands with the quotas
    probabilities = figures.pop("probabilities")
    return {**figures, "probabilities": probabilities}


def _uniform(uniform: UniformChances | None) -> dict[str, Any] | None:
    if uniform is None:
        return None
    return {
        "panels": None if uniform.panels is None else f"{Decimal(uniform.panels):f}",
        "diagnostics": None
        if uniform.diagnostics is None
        else _finite(asdict(uniform.diagnostics)),
    }


def _legacy(legacy: LegacyChances, never_drawn: Estimated | None) -> dict[str, Any]:
    return {
        "panels": legacy.panels,
        "attempts": legacy.attempts,
        "never_drawn_upper": None if never_drawn is None else never_drawn.upper,
    }


def _manipulation(comparison: Comparison) -> dict[str, Any]:
    """What a false answer gains; nothing if nobody asked."""
    found = [asdict(one) | {"complete": one.complete} for one in comparison.manipulation]
    return {"manipulation": found} if found else {}


def _not_found(comparison: Comparison) -> dict[str, Any]:
    """The objectives that are missing; nothing if none is."""
    missing = [asdict(one) for one in comparison.not_found]
    return {"not_found": missing} if missing else {}


def _finite(figures: Mapping[str, float]) -> dict[str, float | None]:
    return {name: figure if isfinite(figure) else None for name, figure in figures.items()}
