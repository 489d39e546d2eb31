"""The page accepts and refuses the vectors as the program does, as far as it looks."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sortition.steps.publish.verify_page.page import SCRIPTS, source
from tests.conformance.making import ACCEPTED, UNSEEN
from tests.conformance.vectors import vectors

COMPUTING = source(SCRIPTS[:-2])
EXAMINE = """async (files) => {
  const chosen = files.map(([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    return new File([bytes], name);
  });
  const { checks } = await examine(await collect(chosen));
  return checks.map(({ id, state }) => [id, state]);
}"""


@pytest.fixture
def computing(page: Page, tmp_path: Path) -> Page:
    """The page knows how to examine, and shows nothing."""
    place = tmp_path / "blank.html"
    place.write_text("<!DOCTYPE html><title>Blank</title>", encoding="utf-8")
    page.goto(place.as_uri())
    page.add_script_tag(content=COMPUTING)
    return page


def test_what_the_page_says(computing: Page) -> None:
    for vector in vectors():
        files = [[name, b64encode(content).decode()] for name, content in vector.files.items()]
        states = dict(computing.evaluate(EXAMINE, files))
        accepted = set(states.values()) == {"ok"}
        assert accepted == (vector.page in {ACCEPTED, UNSEEN}), (vector.name, states)
