"""What of a page keeps somebody out."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# without all that is right, whose list takes longer than the search
OPTIONS = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}


def barriers(page: Page) -> str:
    """What axe finds against WCAG 2.2, level AA; empty if it finds nothing."""
    found = Axe().run(page, options=OPTIONS)
    return found.generate_report() if found.violations_count else ""
