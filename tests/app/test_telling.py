"""What is told on a page names what is on the page."""

from __future__ import annotations

import re

import pytest

from sortition.app.telling import said
from sortition.errors import Finding
from sortition.model import Language
from sortition.pages.wording import wording
from sortition.texts import sentences

TERMINAL = re.compile(r"--[a-z]|`|sortition [a-z]|assembly\.toml")


@pytest.mark.parametrize("language", ["en", "da"])
def test_our_own_sentences_stand_for_one_of_the_commands_and_name_no_option(
    language: Language,
) -> None:
    texts = wording(language, "app").texts
    codes = {code.replace("-", "_"): text for code, text in sentences(language).items()}
    for key, text in texts.items():
        section, _, code = key.partition(".")
        if section == "instead":
            assert TERMINAL.search(codes[code]), code
            assert not TERMINAL.search(text), code


def test_rows_alike_are_named_once_in_the_language_of_the_page() -> None:
    faults = [Finding(code="app-not-a-number", row=row, value="x") for row in (2, 5)]
    (told,) = said(faults, wording("da", "app"))
    assert told.text.endswith("række 5.")
    assert "row" not in told.text


def test_a_place_and_its_facts_stay() -> None:
    facts: dict[str, str | int] = {"count": 3, "label": "16-29"}
    fault = Finding(code="values-are-years", file="a.csv", column="b", value="1990", facts=facts)
    (told,) = said([fault], wording("en", "app"))
    assert told.text.startswith("a.csv, column b: “1990” and other years stand here (rows: 3)")
    assert told.text.endswith("say on the page of the pool in which year ages count.")
