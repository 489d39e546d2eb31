"""JSON-stat, the format in which PX-Web and Eurostat answer: https://json-stat.org/full/.

A dataset names its dimensions in ``id`` and how many categories each has in ``size``; ``value`` has
the figures with the last dimension running fastest, as a list or by place where most are missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.cube import MISSING, Dimension, Role, cube_table, role_of
from sortition.tables.rows import Table

ROLES: Mapping[str, Role] = {"time": "time", "geo": "area", "metric": "measure"}
MOST_FIGURES = 5_000_000


def read_json_stat(data: bytes, file: str) -> Table:
    """The figures of a dataset.

    Raises
    ------
    InputErrors
        If it is no dataset of JSON-stat, or `cube_table` finds a fault.
    """
    try:
        document = json.loads(data, parse_float=str, parse_int=str)
        dataset = document.get("dataset", document)  # as the first version had it
        about = dataset["dimension"]
        names: Sequence[str] = dataset.get("id") or about["id"]
        roles = dataset.get("role") or about.get("role") or {}
        dimensions = [_dimension(name, about[name], roles) for name in names]
        sizes = [int(size) for size in dataset.get("size") or about["size"]]
        if sizes != [len(one.labels) for one in dimensions]:
            raise ValueError("the sizes are others")
        figures = _figures(dataset["value"], sizes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputErrors((Finding(code="statistics-json-unclear", file=file),)) from None
    labels = product(*(one.labels for one in dimensions))
    rows = [(*own, figure) for own, figure in zip(labels, figures, strict=True)]
    return cube_table(file, digest(data), dimensions, rows)


def _dimension(name: str, about: Mapping[str, Any], roles: Mapping[str, Any]) -> Dimension:
    label = str(about.get("label") or name)
    category = about["category"]
    index, labels = category.get("index"), category.get("label", {})
    if index is None:
        codes = list(labels)
    elif isinstance(index, dict):
        codes = sorted(index, key=lambda code: int(index[code]))
    else:
        codes = list(index)
    role = next((ours for theirs, ours in ROLES.items() if name in (roles.get(theirs) or ())), None)
    units = [str((category.get("unit") or {}).get(code, {}).get("base", "")) for code in codes]
    return Dimension(
        name=label,
        labels=tuple(str(labels.get(code, code)) for code in codes),
        role=role if role is not None else role_of(label) or role_of(name),
        units=tuple(filter(None, units)),
    )


def _figures(value: Any, sizes: Sequence[int]) -> list[str]:
    count = 1
    for size in sizes:
        count *= size
    if count > MOST_FIGURES:
        raise ValueError("no table of people has as many figures")
    if isinstance(value, dict):
        figures = [MISSING] * count
        for place, figure in value.items():
            figures[int(place)] = MISSING if figure is None else str(figure)
        return figures
    if len(value) != count:
        raise ValueError("there are more figures, or fewer")
    return [MISSING if figure is None else str(figure) for figure in value]
