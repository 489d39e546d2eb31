from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sortition.errors import Finding
from sortition.model import Language
from sortition.selection.compared import Comparison
from sortition.steps.compare.page import compare_html
from tests.pages.reading import LANGUAGES, Page, literals

from .compared import (
    compare_context,
    exact,
    huge,
    objectives_alone,
    walked,
    with_lies,
    without_nash,
)

SAID = (
    "compare.",
    "numbers.power",
    "numbers.range",
    "rests.inputs",
    "nouns.rules_other",
    "nouns.panels_other",
)


def variants() -> Iterator[Comparison]:
    yield exact()
    yield huge()
    yield walked(r_hat=1.2)
    yield with_lies()
    yield objectives_alone()
    yield without_nash()


def words_of(comparison: Comparison, language: Language = "en") -> str:
    return Page(compare_html(comparison, context=compare_context(), language=language)).words


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed_and_loads_nothing(language: Language) -> None:
    for comparison in variants():
        html = compare_html(comparison, context=compare_context(), language=language)
        page = Page(html)
        assert page.open == []
        assert page.values("lang")[0] == language
        ids = page.values("id")
        assert [id for id in ids if id in {"chances", "seats", "found"}] == [
            *("chances", "seats", "found")
        ]
        assert len(ids) == len(set(ids))
        assert {id for value in page.values("aria-labelledby") for id in value.split()} <= set(ids)
        assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
        assert not any(text in html for text in ("http:", "https:", "url(", "@import"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_used(language: Language) -> None:
    words = " ".join(words_of(comparison, language) for comparison in variants())
    for room in ("pages", "steps/compare"):
        for key, literal in literals(language, room):
            if key.startswith(SAID):
                assert literal in words, key


def test_page_names_nobody() -> None:
    for comparison in variants():
        assert not {f"P{number}" for number in range(1, 10)} & set(words_of(comparison).split())


def test_every_rule_has_its_line_its_label_and_its_own_dashes() -> None:
    html = compare_html(exact(), context=compare_context())
    style = html[html.index("<style>") : html.index("</style>")]
    patterns = set()
    for outcome in exact().rules:
        assert f'<path class="rule {outcome.rule}" d="M64 ' in html
        assert f">{outcome.rule}</text>" in html
        start = style.index(f".{outcome.rule} {{ stroke: ")
        look = style[start : style.index("}", start)]
        patterns.add(look.partition("stroke-dasharray: ")[2])
    assert len(patterns) == 7


def test_page_states_the_facts() -> None:
    words = words_of(exact())
    for fact in (
        "The chances that 7 rules give 9 volunteers",
        "A panel of 3 people is to be drawn by lot.",
        "If everybody had the same chance, it would be 33.3% (1 in 3).",
        "goldilocks, gamma 0.5: no chance too low",
        "uniform: every panel that meets the quotas is as likely as every other",
        "leximin 25.0% 62.5% 30.6% 0.194 0 maximin",
        "minimax 33.3% 50.0% 0% 0.185 1 goldilocks",
        "uniform 4.00% 64.0% 27.1% 0.258 0 legacy",
        "A geometric mean of 0% means that somebody who can be selected has no chance",
        "Everybody in the pool can be selected",
        "Value Allowed leximin maximin nash minimax goldilocks uniform legacy N 0–3 1.75 1.75 1.82 "
        "2.00 1.75 1.72",
        "leximin exact 0 percentage points",
        "uniform: 25 panels can be drawn, and all of them were counted.",
        "legacy: estimated from 2,000 panels, for which the rule was started 2,000 times.",
        "Pool file pulje.xlsx, SHA-256 " + "ab" * 32,
        "pulje.csv: The text is not UTF-8; Windows-1252 was assumed.",
        "sortition 0.1.0 python 3.12.4",
    ):
        assert fact in words, fact
    assert "cannot be" not in words


def test_limits_stand_below_the_estimates() -> None:
    lowest = exact().legacy.people
    words = words_of(exact())
    row = words[words.index("legacy", words.index("Key figures")) :].split()
    low, to_low, lower, word, upper = row[1], row[1], row[2], row[3], row[4]
    assert word == "to"
    assert float(lower[:-1]) < float(low[:-1]) < float(upper[:-1])
    smallest = min(estimated.probability for estimated in lowest.values())
    assert to_low == f"{100 * smallest:.1f}%"


def test_what_is_not_exact_says_so() -> None:
    words = words_of(walked(r_hat=1.008))
    assert "uniform approximate" in words
    assert (
        "512 random walks among them stand for them all, with 32,768 swaps of one person for "
        "another each. The standard error of anybody’s chance is at most 0.12 percentage points. "
        "Their R-hat is 1.008; walks that agree have at most 1.01."
    ) in words
    assert "take the figures of uniform with care" not in words
    assert "Somebody whom it never drew can still have a chance of up to 0.190%." in words
    assert "take the figures of uniform with care" in words_of(walked(r_hat=1.2))


def test_what_could_not_be_found_is_missing_and_said() -> None:
    words = words_of(objectives_alone())
    assert "The chances that 5 rules give 9 volunteers" in words
    assert "uniform: there are no figures" in words
    assert "the rule was started 2,048 times and never met the quotas" in words
    assert (
        "On no panel that meets the quotas, and so without a chance under any rule: 3 people."
        in words
    )


def test_more_panels_than_anybody_can_read_out() -> None:
    assert "uniform: about 1.23 × 10⁴⁵ panels can be drawn" in words_of(huge())
    assert "uniform: omkring 1,23 × 10⁴⁵ paneler kan udtrækkes" in words_of(huge(), "da")


def test_what_people_wrote_stays_text() -> None:
    evil = "<script>alert('x')</script>\"&"
    comparison = exact()
    quotas = (replace(comparison.quotas[0], feature=evil, value=evil), *comparison.quotas[1:])
    context = replace(
        compare_context(),
        files={"pool": evil, "quotas": evil},
        assumptions=(Finding(code="quota-columns-not-used", facts={"columns": evil}),),
        versions={evil: evil},
    )
    page = Page(compare_html(replace(comparison, quotas=quotas), context=context))
    assert "script" not in page.tags
    assert page.words.count(evil) == 7
