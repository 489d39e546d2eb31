"""The page accepts and refuses the vectors as the program does, as far as it looks."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import Page

from sortition.steps.publish.verify_page.page import SCRIPTS, source
from tests.conformance.making import ACCEPTED, UNSEEN, Vector
from tests.conformance.vectors import vectors

from .conftest import Tab

COMPUTING = source(SCRIPTS[:-2])
VECTORS = list(vectors())
EXAMINE = """async (files) => {
  const chosen = files.map(([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    return new File([bytes], name);
  });
  const { checks } = await examine(await collect(chosen));
  return checks.map(({ id, state }) => [id, state]);
}"""


@pytest.fixture(scope="module")
def _computing(tab: Tab, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The page knows how to examine, and shows nothing."""
    place = tmp_path_factory.mktemp("blank") / "blank.html"
    place.write_text("<!DOCTYPE html><title>Blank</title>", encoding="utf-8")
    tab.page.goto(place.as_uri())
    tab.page.add_script_tag(content=COMPUTING)


def states(page: Page, vector: Vector) -> dict[str, str]:
    files = [[name, b64encode(content).decode()] for name, content in vector.files.items()]
    found: dict[str, str] = dict(page.evaluate(EXAMINE, files))
    return found


@pytest.mark.usefixtures("_computing")
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_what_the_page_says(page: Page, vector: Vector) -> None:
    accepted = set(states(page, vector).values()) == {"ok"}
    assert accepted == (vector.page in {ACCEPTED, UNSEEN})
