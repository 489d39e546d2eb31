"""The funnel for programs: ``funnel.json``, with nothing that may not be told."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sortition.pages.context import Origin
from sortition.pages.printed import printed
from sortition.steps.funnel.counts import FeatureTable, Funnel
from sortition.steps.funnel.end_to_end import EndToEnd
from sortition.texts import describe

SCHEMA = "sortition-funnel/1"


def funnel_json(funnel: Funnel, chances: EndToEnd | None, *, context: Origin) -> bytes:
    """The funnel as a JSON document: UTF-8, indented, with a final newline.

    A count that is left out is null, and so is what would tell it.
    """
    document = {
        "schema": SCHEMA,
        "inputs": context.inputs,
        "options": dict(context.options),
        "stages": [
            {"stage": stage, "people": people, "rate": rate}
            for stage, people, rate in zip(funnel.stages, funnel.people, funnel.rates, strict=True)
        ],
        "features": [_feature(table) for table in funnel.tables],
        "not_reached": [asdict(group) for group in funnel.not_reached],
        "left_out": funnel.left_out,
        "chances": chances and _chances(chances),
        "assumed": list(map(describe, context.assumptions)),
        "versions": dict(context.versions),
    }
    return printed(document)


def _feature(table: FeatureTable) -> dict[str, Any]:
    return {
        "feature": table.feature,
        "stages": list(table.stages),
        "groups": [asdict(group) for group in table.groups],
    }


def _chances(chances: EndToEnd) -> dict[str, Any]:
    return {
        "equal": chances.equal,
        "everybody": asdict(chances.everybody),
        "unknown": chances.unknown,
        "strata": list(chances.features),
        "groups": [
            {"feature": feature, "value": value, **asdict(of)}
            for feature, table in chances.tables.items()
            for value, of in table.items()
        ],
    }
