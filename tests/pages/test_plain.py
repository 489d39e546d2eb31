"""Pages are easy to read: short words and sentences, and no word of solvers unasked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sortition
from sortition.model import Language
from sortition.pages.wording import catalogue
from sortition.steps.select.page import render_html
from tests.steps.select.samples import context, town_report

HOME = Path(sortition.__file__).parent
ROOMS = sorted(
    file.parent.relative_to(HOME).as_posix()
    for file in HOME.rglob("words.en.toml")
    if file.parent.name
    not in {"show", "members", "sample", "seating", "letters"}  # they have no sentences
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
FOLDED = re.compile(r"<details>.*?</details>|<style>.*?</style>|<[^>]+>", re.DOTALL)
OF_SOLVERS = re.compile(
    r"\b(gini|seed|startværdi\w*|LP|dual|gap|afstand\w*|optimum|cuts?|snit)\b", re.IGNORECASE
)
HARDEST = 40  # a newspaper has about 45


def lix(text: str) -> float:
    """Words a sentence, and the percentage of words of more than six letters."""
    words = WORD.findall(text)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("room", ROOMS)
def test_sentences_are_easy_to_read(room: str, language: Language) -> None:
    texts = [text for entries in catalogue(language, room).values() for text in entries.values()]
    sentences = [re.sub(r"\{\w+\}", "10", text) for text in texts if text.endswith((".", "?"))]
    assert lix(" ".join(sentences)) <= HARDEST


def test_lix_is_what_it_is() -> None:
    assert lix("The dog is big. It runs.") == 3
    assert lix("Parliamentary representation necessitates deliberation.") == 104


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_report_has_no_word_of_solvers_unless_opened(language: Language) -> None:
    html = render_html(town_report(), context=context(), language=language)
    assert OF_SOLVERS.findall(FOLDED.sub(" ", html)) == []
    assert OF_SOLVERS.findall(html) != []
