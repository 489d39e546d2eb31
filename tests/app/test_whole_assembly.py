"""A whole assembly in the browser: from official figures and an export to a seated panel."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sortition.app.board import STEPS
from tests.browser.barriers import barriers
from tests.browser.visits import PATIENCE
from tests.budgets import LARGE
from tests.cli.running import SAMPLES
from tests.steps.intake.exports import csv_text, officers_export

from .asking import Visitor
from .conftest import served

PICTURES = os.environ.get("SORTITION_PICTURES", "")  # a folder for pictures; none are taken without
# those that the documentation shows, which are all that `SORTITION_PICTURES=docs` takes
IN_DOCS = {"taken-da-1280": "app-quotas", "drawn-en-1280": "app-drawn", "panel-da-390": "app-panel"}
ABOUT = {
    "assembly": "Nordby Borgersamling",
    "organiser": "Nordby Kommune",
    "contact": "Mette Holm, 12 34 56 78",
    "days": "6. og 13. marts 2027 på rådhuset",
    "reply-at": "https://svar.nordby.example/{code}",
}
# the narrow screen without a mouse is the hardest; the others are for test-all
RUNS = [("da", 390, False)]
if LARGE:
    RUNS = [
        (*pair, keyboard)
        for pair in product(("da", "en"), (390, 1280))
        for keyboard in (False, True)
    ]
# a panel on whose page the tabulator is soon where it goes; the documentation shows a whole one
SEATS = 36 if LARGE else 12
THERE = "() => document.readyState === 'complete' && !document.querySelector('#working')"
SHORT = {"panel"}  # of which the beginning says enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Organiser:
    """Somebody at the pages, who looks each of them over.

    Attributes
    ----------
    page : Page
    name : str
        Of the pictures.
    keyboard : bool
        Whether she has no mouse.
    strangers : list of str
        Requests that would have left the machine.
    """

    page: Page
    name: str
    keyboard: bool
    strangers: list[str] = field(default_factory=list)

    def look(self, called: str) -> None:
        """See that nothing hinders anybody on the page, and that it fits the screen."""
        found = barriers(self.page)
        assert not found, found
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wider) <= 0, called
        name = f"{called}-{self.name}"
        name = IN_DOCS.get(name, "") if PICTURES == "docs" else name
        if PICTURES and name:
            place = Path(PICTURES) / f"{name}.png"
            self.page.screenshot(path=place, full_page=called not in SHORT)

    def press(self, selector: str) -> None:
        """Press a button or follow a link, by mouse or keyboard."""
        with self.page.expect_navigation():
            if self.keyboard:
                self.reach(selector)
                self.page.keyboard.press("Enter")
            else:
                self.page.locator(selector).first.click()

    def reach(self, selector: str) -> None:
        """Go to it by the tabulator alone."""
        target = self.page.locator(selector).first
        for _ in range(400):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def fill(self, selector: str, text: str) -> None:
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("ControlOrMeta+A")
            self.page.keyboard.type(text)
        else:
            self.page.locator(selector).first.fill(text)

    def date(self, selector: str) -> None:
        """The first of January 2027, which is written alike day first or month first."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.type("01012027")
        else:
            self.page.locator(selector).fill("2027-01-01")
        expect(self.page.locator(selector)).to_have_value("2027-01-01")

    def tick(self, selector: str, *, to: bool = True) -> None:
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("Space")
            expect(self.page.locator(selector).first).to_be_checked(checked=to)
        else:
            self.page.locator(selector).first.set_checked(to)

    def upload(self, selector: str, *files: Path) -> None:
        """Choose files; the dialog is the system's own."""
        self.page.locator(selector).first.set_input_files(files)

    def open(self, selector: str) -> None:
        """Unfold what is folded."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("Enter")
        else:
            self.page.locator(selector).first.click()

    def choose(self, selector: str, label: str) -> None:
        """Choose from a list; by keyboard by the first letters."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.type(label)
        else:
            self.page.locator(selector).first.select_option(label)
        expect(self.page.locator(selector).first).to_have_value(label)

    def slide(self, selector: str) -> None:
        """Move a slider by one step, as by its arrow."""
        self.page.locator(selector).press("ArrowRight")

    def wait(self) -> None:
        """Until nothing is being worked out and the page is there; `expect` looks once a second."""
        self.page.wait_for_function(THERE, timeout=PATIENCE)


@contextmanager
def organiser(
    browser: Browser, address: str, *, language: str, width: int, keyboard: bool
) -> Iterator[Organiser]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale=language,
        reduced_motion="reduce",
        color_scheme="dark" if keyboard else "light",
    )
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    page.set_default_timeout(120_000)  # a machine that is busy with other tests is slow
    name = f"{language}-{width}{'-keyboard' if keyboard else ''}"
    one = Organiser(page=page, name=name, keyboard=keyboard)
    own = address.partition("/open")[0]
    troubles: list[str] = []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((own, "data:")) else one.strangers.append(request.url)
        ),
    )
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    yield one
    context.close()
    assert one.strangers == []
    assert troubles == []


@pytest.mark.usefixtures("short_searches")
@pytest.mark.parametrize(("language", "width", "keyboard"), RUNS)
def test_from_figures_to_a_seated_panel(
    browser: Browser, tmp_path: Path, language: str, width: int, *, keyboard: bool
) -> None:
    folder = tmp_path / "nordby"
    with (
        served(folder) as address,
        organiser(browser, address, language=language, width=width, keyboard=keyboard) as one,
    ):
        one.look("board")
        _quotas(one)
        _letters(one, tmp_path)
        _pool(one, tmp_path)
        _check(one)
        _lottery(one)
        _draw(one)
        _panel(one)
        _out(one)
    drawn = json.loads((folder / "lottery/public/draw.json").read_bytes())
    assert drawn["ticket"] == 187
    cards = (folder / "lottery/seating/name_cards.html").read_text(encoding="utf-8")
    assert any(name in cards for name in (row[1] for row in officers_export()[1:]))


def _quotas(one: Organiser) -> None:
    one.press("a[href='/quotas']")
    one.look("quotas-empty")
    one.upload("#figures", SAMPLES / "folketal.csv", SAMPLES / "uddannelse_bydel.csv")
    one.fill("#size-1", str(SEATS))
    one.open("form[action='/quotas/figures'] summary")
    one.fill("#features", "KØN, ALDER, uddannelse")
    one.fill("#width", "2")
    one.press("form[action='/quotas/figures'] button")
    expect(one.page.locator("fieldset.bounds")).to_have_count(3)


def _letters(one: Organiser, place: Path) -> None:
    """Letters to 90 of 400 people, and what they say."""
    lines = (SAMPLES / "registry.csv").read_bytes().splitlines(keepends=True)
    (place / "registry.csv").write_bytes(b"".join(lines[:401]))
    one.press("nav a[href='/letters']")
    one.upload("#registry", place / "registry.csv")
    one.press("form[action='/letters/registry'] button")
    before = one.page.locator(".big b").inner_text()
    one.slide("#confidence")
    expect(one.page.locator(".big b")).not_to_have_text(before)
    one.fill("#letters", "90")
    one.fill("#seed", "3 9 11 12 20 31 36")
    one.press("form[action='/letters/draw'] button")
    one.wait()
    for name, text in ABOUT.items():
        one.fill(f"#{name}", text)
    one.date("#answer-by")
    one.press("form[action='/letters/write'] button")
    one.wait()
    expect(one.page.locator("a[href='/file/letters/invitation/letters.html']")).to_be_visible()
    one.look("letters")


def _pool(one: Organiser, place: Path) -> None:
    """The export as it came, with what cannot be understood chosen."""
    (place / "form.csv").write_text(csv_text(officers_export()), encoding="utf-8")
    one.press("nav a[href='/pool']")
    one.look("pool-empty")
    one.upload("#files", place / "form.csv")
    one.press("form[action='/pool/answers'] button")
    one.tick("#invited", to=False)  # these people were asked in another way
    one.press("form[action='/pool/settle'] button.main")
    one.look("pool-open")
    age = "alder" if one.name.startswith("da") else "age"
    for word, meaning in (("72", age), ("Bachelor", "Lang videregående")):
        one.choose(f"tr.moved:has(th:text-is('{word}')) select", meaning)
    one.press("form[action='/pool/settle'] button.main")
    expect(one.page.locator(".verdict.yes")).to_be_visible()
    one.look("pool")


def _check(one: Organiser) -> None:
    _bounds(one)
    one.press("nav a[href='/check']")
    one.press("form[action='/check/run'] button")
    one.wait()
    one.look("check")


def _bounds(one: Organiser) -> None:
    """Try bounds until no panel is possible, take the least change, and undo it."""
    one.press("nav a[href='/quotas']")
    expect(one.page.locator("#answer .yes")).to_be_visible()
    one.fill("input[name=upper-2]", "12")
    expect(one.page.locator("#answer .yes")).to_be_visible()
    one.look("quotas")


def _lottery(one: Organiser) -> None:
    one.press("nav a[href='/lottery']")
    one.look("lottery-before")
    one.press("form[action='/lottery/publish'] button")
    one.wait()
    expect(one.page.locator(".announce .digest")).to_be_visible()
    one.look("lottery")


def _draw(one: Organiser) -> None:
    one.press("a.button[href='/draw']")
    one.fill("#digits", "187")
    one.tick("#sure")
    one.look("draw")
    one.press("form[action='/draw/draw'] button")
    expect(one.page.locator(".ticket")).to_have_text("187")
    expect(one.page.locator(".groups li")).to_have_count(SEATS)
    one.look("drawn")
    one.press("header a[href='/']")


def _panel(one: Organiser) -> None:
    one.press("main a[href='/panel']")
    one.press("tr.to-call button.confirmed")
    expect(one.page.locator("tr.confirmed")).to_have_count(1)
    one.press("tr.to-call button.declined")
    expect(one.page.locator("tr.declined")).to_have_count(1)
    one.look("panel")
    one.press("form[action='/panel/replace'] button")
    one.wait()
    one.look("round-announced")
    one.fill("#digits", "042")
    one.press("form[action='/panel/draw'] button")
    one.wait()
    expect(
        one.page.locator("a[href='/file/lottery/replacement-1/replacement.html']")
    ).to_be_visible()
    one.press("nav a[href='/tables']")
    one.press("form[action='/tables/seat'] button")
    one.wait()
    one.look("tables")
    one.press("nav a[href='/meetings']")
    one.tick("input[name=came-1]")
    one.press("form[action='/meetings/keep'] button")
    one.press("form[action='/meetings/evaluate'] button")
    one.look("meetings")


def _out(one: Organiser) -> None:
    one.press("nav a[href='/out']")
    expect(one.page.locator("a[href='/file/lottery/replacement-1/panel.xlsx']")).to_be_visible()
    one.look("out")
    one.press("a.home")
    one.look("board-done")
    assert one.page.locator(".cards .done").count() >= len(STEPS) - 2


def test_a_bound_is_tried_its_clash_explained_and_the_change_taken_and_undone(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "nordby"
    visitor = Visitor.at(folder)
    quotas = b"feature,value,min,max\nsex,f,1,3\nsex,m,0,2\nage,young,1,3\nage,old,0,2\n"
    pool = b"id,sex,age\n1,f,old\n2,f,old\n3,m,young\n4,m,young\n5,m,old\n"
    visitor.send("/quotas/file", {"quotas": ("q.csv", quotas)}, size="3")
    visitor.send("/pool/file", {"pool": ("p.csv", pool)})
    with (
        served(folder) as address,
        organiser(browser, address, language="da", width=1280, keyboard=False) as one,
    ):
        one.press("main a[href='/quotas']")
        expect(one.page.locator("#answer .yes")).to_be_visible()
        for value in ("f", "young"):  # nobody is both, and there are three seats
            one.fill(f"input[aria-label$='{value}: mindst']", "2")
        expect(one.page.locator("#answer button.main")).to_be_visible(timeout=30_000)
        one.look("clash")
        one.press("#answer button.main")
        expect(one.page.locator("tr.moved").first).to_be_visible()
        one.look("taken")
        one.press("button[formaction='/quotas/undo']")
        expect(one.page.locator("p.done")).to_be_visible()
        one.page.reload()
        expect(one.page.locator("p.done")).to_have_count(0)  # it is said once
    assert (folder / "quotas.csv").read_bytes() == quotas
