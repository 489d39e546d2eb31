"""The funnel for programs: ``funnel.json``, with nothing that may not be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sortition.errors import Finding
from sortition.pages.printed import printed
from sortition.steps.funnel.counts import FeatureTable, Funnel
from sortition.steps.funnel.end_to_end import EndToEnd
from sortition.texts import describe

SCHEMA = "sortition-funnel/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelContext:
    """Where the counts come from.

    Attributes
    ----------
    files, digests : mapping of str to str
        Names and SHA-256 of what was read, by stage, and under ``report``.
    options : mapping
        What was asked for.
    assumptions : tuple of Finding
    versions : mapping of str to str
    """

    files: Mapping[str, str]
    digests: Mapping[str, str]
    options: Mapping[str, object]
    assumptions: tuple[Finding, ...]
    versions: Mapping[str, str]


def funnel_json(funnel: Funnel, chances: EndToEnd | None, *, context: FunnelContext) -> bytes:
    """The funnel as a JSON document: UTF-8, indented, with a final newline.

    A count that is left out is null, and so is what would tell it.
    """
    document = {
        "schema": SCHEMA,
        "inputs": {
            name: {"file": file, "sha256": context.digests.get(name)}
            for name, file in context.files.items()
        },
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
