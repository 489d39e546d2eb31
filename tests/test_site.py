"""The documentation as a site: every page is in it, and what is made from the program is."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.running import ROOT
from tests.conformance.vectors import vectors
from tests.schemas import SCHEMAS, UNPUBLISHED, misfits, validator
from tests.test_readme import blocks, commands_in

NAMED = re.compile(r'"sortition-([a-z-]+)/(\d+)"')


def pages_in(nav: list[dict[str, Any]]) -> Iterator[str]:
    for entry in nav:
        for inner in entry.values():
            if isinstance(inner, str):
                yield inner
            else:
                yield from pages_in(inner)


def test_every_page_is_in_the_site_once() -> None:
    site = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
    docs = ROOT / "docs"
    there = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    assert sorted(pages_in(site["nav"])) == sorted(there)


@pytest.mark.parametrize("script", ["make_reference.py", "make_python_reference.py"])
def test_the_reference_is_made_from_the_program(script: str) -> None:
    made = runpy.run_path(str(ROOT / "scripts" / script))
    assert made["PLACE"].read_text(encoding="utf-8") == made["reference"]()


def test_the_schemas_are_made_from_the_shapes() -> None:
    made = dict(runpy.run_path(str(ROOT / "scripts" / "make_schemas.py"))["files"]())
    assert {path: path.read_text(encoding="utf-8") for path in made} == made
    assert {*SCHEMAS.iterdir()} == {path for path in made if path.suffix == ".json"}
    for path in SCHEMAS.iterdir():
        Draft202012Validator.check_schema(validator(path.stem).schema)


def test_every_document_has_a_schema() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "sortition").rglob("*.py")
    )
    named = {f"{kind}-{number}" for kind, number in NAMED.findall(source)}
    assert named - UNPUBLISHED == {path.stem for path in SCHEMAS.iterdir()} - {"event"}


def test_what_others_shall_accept_fits_the_schemas() -> None:
    """The vectors of published lotteries; a document with one key too many does not fit."""
    for vector in vectors():
        if vector.rule == 1 and not vector.finding:
            for place, content in vector.files.items():
                if place.endswith(".json"):
                    document = json.loads(content)
                    assert misfits(document) == []
                    assert misfits({**document, "extra": 1}) != []


def test_the_danish_start_is_the_english_one_in_danish() -> None:
    """The commands of the English page run, in the test of all pages."""
    english = [words for block in blocks("docs/start.md", "sh") for words in commands_in(block)]
    danish = [
        words for block in blocks("docs/start.da.md", "console") for words in commands_in(block)
    ]
    assert danish == [[*words, "--language", "da"] for words in english]
    assert len(english) == 3
