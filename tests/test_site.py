"""The documentation as a site: every page is in it, and what is made from the program is."""

from __future__ import annotations

import runpy
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.cli.running import ROOT
from tests.test_readme import blocks, commands_in


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


def test_the_reference_is_made_from_the_program() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_reference.py"))
    assert made["PLACE"].read_text(encoding="utf-8") == made["reference"]()


def test_the_danish_start_is_the_english_one_in_danish() -> None:
    """The commands of the English page run, in the test of all pages."""
    english = [words for block in blocks("docs/start.md", "sh") for words in commands_in(block)]
    danish = [
        words for block in blocks("docs/start.da.md", "console") for words in commands_in(block)
    ]
    assert danish == [[*words, "--language", "da"] for words in english]
    assert len(english) == 3
