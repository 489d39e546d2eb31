"""The published JSON Schemas, and what does not fit them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.cli.running import ROOT

SCHEMAS = ROOT / "docs" / "reference" / "schemas"
# how fast it was, and what a change that is not whole yet still has to do, are nobody's record
UNPUBLISHED = {"bench-1", "change-2"}


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


def misfits(document: Any, name: str = "") -> list[str]:
    """What is wrong with a document by its own schema, or by the one of this name."""
    name = name or document["schema"].removeprefix("sortition-").replace("/", "-")
    if name in UNPUBLISHED:
        return []
    return [
        f"{name} {one.json_path}: {one.message}" for one in validator(name).iter_errors(document)
    ]


def misfits_in(folder: Path) -> Iterator[str]:
    """What is wrong with the documents in a folder and those inside it."""
    for path in sorted(folder.rglob("*.json")):
        yield from misfits(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(folder.rglob("events.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from misfits(json.loads(line), "event")
