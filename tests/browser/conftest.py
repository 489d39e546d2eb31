"""Chromium, as Debian packages it, on pages that lie on the disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sortition.model import Language
from sortition.steps.publish.verify_page.page import verify_page

from .visits import PATIENCE, Visit

MISSING = "chromium is not on the PATH; on Debian: apt-get install chromium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """The one page of all tests, loaded anew for each, and what it should not have done."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def note(self, trouble: str) -> None:
        if not trouble.startswith("request: file:"):
            self.troubles.append(trouble)


# no longer than this package: Playwright holds the event loop of the thread while it runs
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def tab(browser: Browser) -> Iterator[Tab]:
    opened = Tab(page=browser.new_page(viewport={"width": 1200, "height": 1600}))
    opened.page.set_default_timeout(PATIENCE)
    opened.page.on("pageerror", lambda error: opened.note(f"error: {error}"))
    opened.page.on("console", lambda message: opened.note(f"console: {message.text}"))
    opened.page.on("request", lambda request: opened.note(f"request: {request.url}"))
    yield opened
    opened.page.close()


@pytest.fixture
def page(tab: Tab) -> Iterator[Page]:
    """A page that must raise no error, write none to the console, and ask for nothing."""
    tab.troubles.clear()
    yield tab.page
    assert tab.troubles == []


@pytest.fixture(scope="session")
def verifiers(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    folder = tmp_path_factory.mktemp("public")
    languages: tuple[Language, ...] = ("en", "da")
    for language in languages:
        page = folder / f"verify.{language}.html"
        page.write_text(verify_page(language), encoding="utf-8")
    return {language: folder / f"verify.{language}.html" for language in languages}


@pytest.fixture
def visit(page: Page, verifiers: dict[Language, Path]) -> Visit:
    return _visit(page, verifiers["en"])


@pytest.fixture
def danish_visit(page: Page, verifiers: dict[Language, Path]) -> Visit:
    return _visit(page, verifiers["da"])


def _visit(page: Page, verifier: Path) -> Visit:
    page.goto(verifier.as_uri())
    return Visit(page=page)
