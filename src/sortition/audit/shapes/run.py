"""The files of a run and the shapes of those for programs."""

from __future__ import annotations

from typing import get_args

from sortition.audit.documents import Shape
from sortition.model import Language, ObjectiveName, SolverName

LOTTERY, CERTIFICATE, REPORT = "lottery.json", "certificate.json", "report.json"
PAGE, MANIFEST = "report.html", "manifest.json"
PANEL, WORKBOOK, OTHERS = "panel.csv", "panel.xlsx", "not_selected.csv"
# what the manifest holds the digests of
OUTPUTS = (CERTIFICATE, LOTTERY, OTHERS, PANEL, WORKBOOK, PAGE, REPORT)
# what is there as well if the ticket also drew alternates
ALTERNATES, ALTERNATES_WORKBOOK = "alternates.csv", "alternates.xlsx"
RESERVE = (ALTERNATES, ALTERNATES_WORKBOOK)
# how to reach everybody, for lists that are written later; earlier versions wrote none
ROSTER = "roster.json"
# the workbook that the pool came in, with results as tabs; nothing rests on it
COPY = "workbook.xlsx"

_OBJECTIVES: tuple[str, ...] = get_args(ObjectiveName)
_SOLVERS: tuple[str, ...] = get_args(SolverName)
_LANGUAGES: tuple[str, ...] = get_args(Language)
_INPUT: Shape = {"file": str, "sha256": str}

OPTIONS_SHAPE: dict[str, Shape] = {
    "size": int,
    "id": (str, None),
    "household": [str],
    "household_limit": (int, None),
    "pool_sheet": (str, None),
    "quotas_sheet": (str, None),
    "from_cpr": [str],
    "age_on": (str, None),
    "keep_cpr": bool,
    "objective": _OBJECTIVES,
    "gamma": (float, None),
    "tickets": int,
    "solver": _SOLVERS,
    "time_limit": (float, None),
    "mix": [[str]],
    "language": _LANGUAGES,
}
VERSIONS_SHAPE: Shape = {"sortition": str, "python": str, "solver": str, "pulp": str, "numpy": str}
SAME_SHAPE: Shape = {"everywhere": str, "with_these_versions": str}
LISTS_SHAPE: Shape = {"id_column": str, "delimiter": (",", ";", "\t")}
MANIFEST_SHAPE: dict[str, Shape] = {
    "schema": "sortition-manifest/1",
    "inputs": {
        "pool": _INPUT,
        "quotas": _INPUT,
        "map": (_INPUT, None),
        "rates": (_INPUT, None),
        "seated": (_INPUT, None),
    },
    "options": OPTIONS_SHAPE,
    "seed": str,
    "seed_given": bool,
    "lottery_digest": str,
    "ticket": int,
    "complete": bool,
    "assumed": [str],
    "versions": VERSIONS_SHAPE,
    "same": SAME_SHAPE,
    "lists": LISTS_SHAPE,
    "outputs": dict.fromkeys(OUTPUTS, str),
}
# of a run whose tickets draw alternates as well
MANIFEST_WITH_RESERVE: dict[str, Shape] = {
    **MANIFEST_SHAPE,
    "options": {**OPTIONS_SHAPE, "alternates": int, "dropout": str},
    "outputs": dict.fromkeys((*OUTPUTS, *RESERVE), str),
}
DISPERSION_SHAPE: Shape = {
    "panels": int,
    "compositions": int,
    "company": {
        "pairs": int,
        "never": float,
        "never_independent": float,
        "closest": float,
        "closest_highest": float,
        "nearly_always": int,
        "forced": int,
        "certain": int,
    },
    "intersections": [
        {
            "features": [str],
            "values": [str],
            "pool": int,
            "mean": float,
            "fewest": int,
            "most": int,
            "near": float,
        }
    ],
}
REPORT_SHAPE: dict[str, Shape] = {
    "schema": "sortition-report/2",
    "pool_size": int,
    "panel_size": int,
    "objective": _OBJECTIVES,
    "seed": (str, None),
    "lottery_digest": str,
    "selection_probability": {
        "lowest": float,
        "lowest_positive": float,
        "highest": float,
        "mean": float,
        "geometric_mean": float,
        "gini": float,
        "impossible": int,
    },
    "certificate": {"bound": float, "gap": float, "cuts": int},
    "tickets": {"count": int, "lowest": float, "largest_deviation": float},
    "dispersion": DISPERSION_SHAPE,
    "quotas": [
        {
            "feature": str,
            "value": str,
            "lower": int,
            "upper": int,
            "pool": int,
            "expected": float,
            "selected": int,
        }
    ],
    "people": [{"id": str, "probability": float}],
    "seconds": {"read": float, "optimise": float, "decompose": float, "total": float},
}


def report_shape(content: bytes) -> Shape:
    """The shape of a report, which in an earlier version did not say how people are mixed."""
    # within a text the quotation marks would be escaped
    if b'"schema": "sortition-report/1"' not in content:
        return REPORT_SHAPE
    former = {name: shape for name, shape in REPORT_SHAPE.items() if name != "dispersion"}
    return {**former, "schema": "sortition-report/1"}


def as_stated(content: bytes, shape: dict[str, Shape]) -> dict[str, Shape]:
    """The shape of a manifest or a preparation, as far as this one states what not all do."""
    stated = dict(shape)
    # within a text the quotation marks would be escaped
    if b'"same": ' not in content:
        stated.pop("same", None)
    options = stated["options"]
    inputs = stated["inputs"]
    if b'"seated": ' not in content and isinstance(inputs, dict):
        stated["inputs"] = {name: shape for name, shape in inputs.items() if name != "seated"}
    if b'"mix": ' not in content and isinstance(options, dict):
        stated["options"] = {name: shape for name, shape in options.items() if name != "mix"}
    outputs = stated.get("outputs")
    if b'"roster.json": ' in content and isinstance(outputs, dict):
        stated["outputs"] = {**outputs, ROSTER: str}
    options = stated["options"]
    if b'"columns": ' in content and isinstance(options, dict):
        stated["options"] = {**options, "columns": [str]}
    return stated
