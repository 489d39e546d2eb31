"""The page on a phone, by keyboard, without colour, on paper, and in Danish."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FileChooser, Page, expect

from sortition.model import Language

from .bundles import Bundle, Document, build
from .visits import SIGNS, Visit, payload

WORDS: dict[Language, dict[str, str]] = {
    "en": {"ok": "ok", "wrong": "wrong", "open": "not checked"},
    "da": {"ok": "i orden", "wrong": "forkert", "open": "ikke efterprøvet"},
}
LANGUAGES: list[Language] = ["en", "da"]
# as long as words get
LONG = "Erhvervsuddannelsesinstitutionsbestyrelsesmedlem" * 3


def long_words(lottery: Document) -> None:
    lottery["quotas"][0].update(category=LONG, value=LONG, min=3)


def in_all_states() -> Bundle:
    """Something is right, something wrong, and something cannot be checked."""
    bundle = build(weights=(30, 300, 670), lottery=long_words)
    return bundle.without("certificate.json").with_file(f"{LONG}.txt", b"x")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 360, "height": 740}, has_touch=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_phone(phone: Page, verifiers: dict[Language, Path], language: Language) -> None:
    phone.goto(verifiers[language].as_uri())
    visit, bundle = Visit(page=phone), in_all_states()
    visit.choose(bundle, announced="ab" * 32)
    visit.give(bundle.receipt(2))
    expect(phone.locator("#person")).to_contain_text("036")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    small = phone.locator("button:visible, input:visible, textarea:visible").evaluate_all(
        "fields => fields.filter((field) => field.getBoundingClientRect().height < 36).length"
    )
    assert small == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_are_told_by_signs_and_words(
    browser: Browser, verifiers: dict[Language, Path], language: Language
) -> None:
    page = browser.new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(verifiers[language].as_uri())
    visit = Visit(page=page)
    visit.choose(in_all_states(), announced="ab" * 32)
    states = visit.states()
    assert set(states.values()) == set(SIGNS)
    for check, state in states.items():
        shown = page.locator(f'[data-check="{check}"] .state')
        assert shown.is_visible()
        assert shown.inner_text() == f"{SIGNS[state]}{WORDS[language][state]}"
    assert page.evaluate("document.getAnimations().length") == 0
    page.close()


def test_no_state_has_a_hue(visit: Visit) -> None:
    """What is seen in grey is what is seen in colour."""
    visit.choose(in_all_states(), announced="ab" * 32)
    hues = visit.page.locator("#checks .state").evaluate_all(
        "states => [...new Set(states.map((state) => getComputedStyle(state).color))]"
    )
    assert len(hues) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name(
    page: Page, verifiers: dict[Language, Path], language: Language
) -> None:
    page.goto(verifiers[language].as_uri())
    unnamed = page.locator("input, textarea").evaluate_all(
        "fields => fields.filter((field) => !field.labels[0].textContent).length"
    )
    assert unnamed == 0
    assert page.locator('[role="status"]').count() == 3


def focus(page: Page, selector: str) -> None:
    """Press Tab until a field has the focus, and see that it shows."""
    for _ in range(10):
        page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached")


def test_by_keyboard_alone(visit: Visit) -> None:
    page, bundle = visit.page, build().without("draw.json").without("events.jsonl")
    focus(page, "#bundle")
    opened: list[FileChooser] = []
    # Playwright writes into what it is given, and a built-in method cannot be written into
    page.on("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108
    for _ in range(300):  # until it has painted, a browser opens nothing for a key
        page.keyboard.press("Space")
        page.wait_for_timeout(100)
        if opened:
            break
    chooser = opened[0]
    assert chooser.is_multiple()
    chooser.set_files([payload(*file) for file in bundle.files.items()])
    expect(page.locator("#checks")).to_have_attribute("aria-busy", "false")
    focus(page, "#announced")
    page.keyboard.type(bundle.announced)
    assert visit.states()["announced"] == "ok"
    focus(page, "#seed")
    page.keyboard.type("2.7.10./")
    focus(page, "#trial button")
    page.keyboard.press("Space")
    expect(page.locator("#trial-outcome .ticket")).to_have_text("6")
    focus(page, "#receipt-file")
    focus(page, "#receipt-text")
    page.keyboard.insert_text(json.dumps(bundle.receipt(0)))
    expect(page.locator("#person")).to_contain_text("3 of 10")


def test_it_prints_what_was_found_and_not_the_fields(visit: Visit) -> None:
    visit.choose(build())
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#bundle").is_hidden()
    assert visit.page.locator("#outcome .ticket").is_visible()
    assert len(visit.states()) == 11
    visit.page.emulate_media(media="null")


def test_in_danish(danish_visit: Visit) -> None:
    visit, bundle = danish_visit, build(weights=(300, 301, 399))
    assert visit.page.locator("html").get_attribute("lang") == "da"
    visit.choose(bundle)
    assert set(visit.states().values()) == {"ok"}
    assert visit.text("#verdict").startswith("✓ Alt, hvad siden kan efterprøve, er i orden.")
    assert "1.000, nummereret fra 000 til 999" in visit.text("#figures")
    visit.give(bundle.receipt(1))
    person = visit.text("#person")
    assert "– Du er ikke med i panelet: Lod nummer 036" in person
    assert "301 af 1.000" in person
    assert "30,1\u00a0%" in person
    assert "køn\nkvinde" in person.replace("\n\n", "\n")
