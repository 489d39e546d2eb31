from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from sortition.model import Language
from sortition.pages.wording import catalogue
from sortition.steps.publish.verify_page.page import ROOM, SCRIPTS, source, verify_page, words_of
from tests.pages.reading import LANGUAGES, Page

FIELD = re.compile(r"\{(\w+)\}")
# names of texts that the script puts together from what a file says
SAID = re.compile(r'say\(\s*"(\w+)",\s*"([\w-]+)"')


def texts(language: Language) -> dict[str, str]:
    return {
        f"{section}.{key}": text
        for section, entries in words_of(language).items()
        for key, text in entries.items()
    }


def elements(html: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed(language: Language) -> None:
    html = verify_page(language)
    page = Page(html)
    assert page.open == []
    assert page.values("lang") == [language]
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    named = [
        id for name in ("aria-labelledby", "aria-describedby", "for") for id in page.values(name)
    ]
    assert set(named) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_loads_nothing_and_runs_only_its_own(language: Language) -> None:
    html = verify_page(language)
    page = Page(html)
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert not {"link", "img", "iframe", "object"} & set(page.tags)
    assert not page.values("src") + page.values("href") + page.values("style")
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    policy = next(value for value in page.values("content") if "default-src" in value)
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    script, (style,) = elements(html, "script")[-1], elements(html, "style")
    for directive, content in (("script-src", script), ("style-src", style)):
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_every_fault_and_check_has_its_words_and_every_word_its_use() -> None:
    script, words = source(SCRIPTS), catalogue("en", ROOM)
    codes = set(re.findall(r'(?:new Fault|panelFault)\(\s*"([\w-]+)"', script))
    codes |= set(re.findall(r'unchecked\([^"()]*"[\w-]+",\s*"([\w-]+)"', script))
    assert {code for code in codes if code not in words["faults"]} == set()
    assert [code for code in words["faults"] if f'"{code}"' not in script] == []
    assert [check for check in words["checks"] if f'"{check}"' not in script] == []


def test_every_text_that_the_script_says_is_there() -> None:
    said = {f"{section}.{key}" for section, key in SAID.findall(source(SCRIPTS))}
    assert said
    assert said <= set(texts("en"))


def test_every_text_of_the_template_is_on_the_page() -> None:
    for language in LANGUAGES:
        words = Page(verify_page(language)).words
        for key, text in catalogue(language, ROOM)["page"].items():
            assert text in words, key


def test_words_cannot_end_the_script_that_holds_them() -> None:
    data, script = elements(verify_page("da"), "script")
    assert json.loads(data)["states"]["wrong"] == "forkert"
    assert "<" not in data
    assert "</script" not in script
    assert "innerHTML" not in script
