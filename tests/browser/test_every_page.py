"""Every page that commands write, in both languages: nothing hinders anybody, and it fits a phone.

`SORTITION_PICTURES=FOLDER` puts a picture of each, and each as it is printed, into a folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from sortition.model import Language
from tests.budgets import LARGE, in_large
from tests.pages.test_plain import FOLDED, OF_SOLVERS

from .assembly import MORE, STEPS, pages_of_an_assembly
from .barriers import barriers
from .visits import PATIENCE

PICTURES = os.environ.get("SORTITION_PICTURES", "")
SCREENS: list[tuple[int, Literal["light", "dark"]]] = [
    (390, "light"),
    (1280, "light"),
    (1280, "dark"),
]
SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# what is printed and cut, which nobody reads on a screen
PAPER = {"letters-letters", "letters_yes-letters", "panel-seating-name_cards"}
# what is read out and signed stands on one sheet, and what is looked up begins on the next
ON_TWO_SHEETS = {"lottery-public-draw_sheet"}
# whoever reads these checks or repeats a draw, and meets the words that it takes
FOR_CHECKING = {"lottery-public-verify", "invitations-report"}


def hindrances(page: Page, name: str, width: int) -> list[str]:
    """What is wrong with a page as it is shown."""
    found = barriers(page)
    report = [f"{name} {width}: {found}"] if found else []
    said = FOLDED.sub(" ", SCRIPT.sub(" ", page.content()))
    if name not in FOR_CHECKING | PAPER and (words := OF_SOLVERS.findall(said)):
        report.append(f"{name}: {words} in the open")
    wider = page.evaluate(WIDER)
    if wider > 0 and name not in PAPER:
        report.append(f"{name} {width}: {wider} pixels wider than the screen")
    return report


def sheets(page: Page, place: Path | None) -> int:
    """How many sheets of paper it takes."""
    printed = page.pdf(path=place, prefer_css_page_size=True, format="A4")
    return printed.count(b"/Type /Page\n")


@pytest.mark.parametrize("language", ["da", pytest.param("en", marks=in_large)])
@pytest.mark.usefixtures("short_searches")
def test_every_page(browser: Browser, tmp_path: Path, language: Language) -> None:
    commands = [*STEPS, *MORE] if LARGE else STEPS
    wrong = []
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    for name, path in pages_of_an_assembly(tmp_path, language, commands).items():
        for width, scheme in SCREENS if LARGE else SCREENS[:1]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(path.as_uri())
            assert page.locator("html").get_attribute("lang") == language
            wrong += hindrances(page, name, width)
            if PICTURES:
                place = Path(PICTURES) / f"{name}-{language}-{width}-{scheme}.png"
                page.screenshot(path=place, full_page=name not in PAPER)
        if PICTURES or name in ON_TWO_SHEETS:
            printed = Path(PICTURES) / f"{name}-{language}.pdf" if PICTURES else None
            used = sheets(page, printed)
            if name in ON_TWO_SHEETS and used != 2:
                wrong.append(f"{name}: {used} sheets")
    page.close()
    assert wrong == [], "\n".join(wrong)
