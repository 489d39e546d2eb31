from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from string import Formatter

import pytest

from sortition.fairness import Report
from sortition.report import Context, Language, render_html
from sortition.report.wording import wording

from .samples import LOTTERY_DIGEST, context, people, tiny_report, town_report

VOID = {"meta", "link", "br", "hr", "img", "input"}
SECTIONS = ["drawn", "fair", "quotas", "chances", "tickets", "check"]
LANGUAGES: list[Language] = ["en", "da"]


class Page(HTMLParser):
    """A page that was read: its tags, its attributes, and its words with single spaces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        self.words = re.sub("[ \n]+", " ", " ".join(self.pieces))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.pieces += [value or "" for name, value in attrs if name == "aria-label"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.pieces.append(data)

    def values(self, name: str) -> list[str]:
        return [value for attribute, value in self.attributes if attribute == name]


def crowded_report() -> Report:
    """Too many excluded and ticketless people to name them all."""
    report = replace(town_report(), objective="maximin", pool_size=1500)
    pool = people([0.0] * 600 + [0.04] * 900)
    without = tuple(person.id for person in pool[600:1200])
    return replace(report, people=pool, tickets=replace(report.tickets, without=without))


def single_report() -> Report:
    report = replace(tiny_report(), pool_size=1, panel_size=1, people=people([1.0]))
    return replace(report, tickets=replace(report.tickets, count=1, without=()))


def bare_context() -> Context:
    return replace(
        context(), household_rule=False, household_columns=(), assumptions=(), ticket_drawn=0
    )


def variants() -> Iterator[tuple[Report, Context]]:
    yield town_report(), context()
    yield tiny_report(), replace(context(), ticket_drawn=3)
    yield crowded_report(), replace(bare_context(), rows_numbered=True)
    yield single_report(), bare_context()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed_and_whole(language: Language) -> None:
    for report, surroundings in variants():
        page = Page(render_html(report, context=surroundings, language=language))
        assert page.open == []
        assert page.values("lang")[0] == language
        assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") - 1 == 1
        ids = page.values("id")
        assert [id for id in ids if id in SECTIONS] == SECTIONS
        assert len(ids) == len(set(ids))
        assert {id for value in page.values("aria-labelledby") for id in value.split()} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_loads_nothing(language: Language) -> None:
    html = render_html(town_report(), context=context(), language=language)
    page = Page(html)
    assert "http:" not in html
    assert "https:" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert not page.values("src") + page.values("href")


def test_what_people_wrote_stays_text() -> None:
    evil = "<script>alert('x')</script>\"&"
    report = town_report()
    quotas = (replace(report.quotas[0], feature=evil, value=evil), *report.quotas[1:])
    tickets = replace(report.tickets, without=(evil,))
    pool = (replace(report.people[0], id=evil, probability=0.0), *report.people[1:])
    report = replace(report, quotas=quotas, tickets=tickets, people=pool, seed=evil)
    surroundings = replace(
        context(),
        panel=(evil,),
        pool_file=evil,
        quotas_file=evil,
        household_columns=(evil,),
        assumptions=(evil,),
        versions={evil: evil},
    )
    page = Page(render_html(report, context=surroundings))
    assert "script" not in page.tags
    # feature, value, excluded, ticketless, seed twice, panel, two files, columns, assumption,
    # version twice
    assert page.words.count(evil) == 13


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_used(language: Language) -> None:
    words = " ".join(
        Page(render_html(report, context=surroundings, language=language)).words
        for report, surroundings in variants()
    )
    for key, text in wording(language).texts.items():
        for literal, *_ in Formatter().parse(text):
            assert literal.strip(" ") in words, key


ENGLISH_FACTS = [
    "36 people drawn by lot from 500 volunteers",
    "Ticket 036 was drawn from 1,000 tickets, numbered 000 to 999.",
    "The panel: 36 people, by id P0003 P0421",
    "the same entries under Vej, Husnr. are one household",
    "Then it does the same for the next lowest chance",
    "could give everybody who can be selected more than 3.12%. This one gives each of them at "
    "least 3.12%. The two figures are at most 0.0001 percentage points apart.",
    "each true of every possible panel: 12.",
    "Quotas met by the panel: 3 of 3.",
    "16–25 år 31 6.20% 5–6 5.20 6",
    "Allowed: 5 to 6. Selected: 6. In proportion to the pool: 2.23.",
    "Mand 199 39.8% 18 18.00 18",
    "If everybody in the pool had the same chance, it would be 7.20% (about 1 in 14).",
    "lowest 3.12% highest 30.8% all the same: 7.20%",
    "Gini coefficient 0.346",
    "Everybody in the pool can be selected",
    "Nobody’s share of the tickets is more than 0.047 percentage points from the exact chance.",
    "The lowest share of anybody who can be selected is 3.10%.",
    "Everybody who can be selected is on at least one ticket.",
    "Pool file pulje.xlsx, SHA-256 " + "ab" * 32,
    "Quota file kvoter.csv, SHA-256 " + "cd" * 32,
    "pulje.xlsx was read as Windows-1252.",
    "sortition 0.1.0 python 3.12.4",
    "reading the files 0.21 finding the chances 3.41 making the tickets < 0.01 in all 3.63",
]

DANISH_FACTS = [
    "36 personer udtrukket ved lodtrækning blandt 500 frivillige",
    "Lod nummer 036 blev trukket blandt 1.000 lodder, nummereret fra 000 til 999.",
    "en større chance end 3,12\u00a0%. Denne giver hver af dem mindst 3,12\u00a0%.",
    "16–25 år 31 6,20\u00a0% 5–6 5,20 6",
    "Tilladt: 5 til 6. Udtrukket: 6. Forholdsmæssigt efter puljen: 2,23.",
    "ville den være 7,20\u00a0% (omkring 1 ud af 14).",
    "mindste 3,12\u00a0% største 30,8\u00a0% alle lige: 7,20\u00a0%",
    "afviger mere end 0,047 procentpoint",
    "læsning af filerne 0,21",
]


@pytest.mark.parametrize(
    ("language", "facts"), [("en", ENGLISH_FACTS), ("da", DANISH_FACTS)], ids=["en", "da"]
)
def test_page_states_the_facts(language: Language, facts: list[str]) -> None:
    words = Page(render_html(town_report(), context=context(), language=language)).words
    for fact in facts:
        assert fact in words


def test_objectives_are_explained_apart() -> None:
    report = replace(town_report(), objective="maximin")
    words = Page(render_html(report, context=context())).words
    assert "It does not even out the chances above the lowest one." in words
    assert "next lowest" not in words


def test_an_objective_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        render_html(replace(town_report(), objective="nash"), context=context())


@pytest.mark.parametrize(
    ("language", "excluded", "ticketless"),
    [
        (
            "en",
            "2 people cannot be selected, because no panel with them meets the quotas. This is "
            "not an error, and it would be the same in any lottery with this pool and these "
            "quotas. Other quotas could change it. P0001 P0002 ",
            "makes room for them: here it was 1,000. P0007 P0009 ",
        ),
        (
            "da",
            "Andre kvoter kan ændre det. P0001 P0002 ",
            "her var det 1.000. P0007 P0009 ",
        ),
    ],
)
def test_excluded_and_ticketless_people_are_named(
    language: Language, excluded: str, ticketless: str
) -> None:
    report = town_report()
    report = replace(
        report,
        people=people([0.0] * 2 + [0.05] * 498),
        tickets=replace(report.tickets, without=("P0007", "P0009")),
    )
    words = Page(render_html(report, context=context(), language=language)).words
    assert excluded in words
    assert ticketless in words
    assert "--tickets" in words


def test_the_text_for_the_draw_gives_the_ticket() -> None:
    words = Page(render_html(town_report(), context=context())).words
    text = next(word for word in words.split() if f"|draw/{LOTTERY_DIGEST}|" in word)
    number = int.from_bytes(sha256(text.encode()).digest(), "big")
    assert number % 1000 == 36


def test_size_does_not_grow_with_the_pool() -> None:
    report = replace(crowded_report(), pool_size=100_000)
    pool = people([0.0] * 30_000 + [n / 1e6 for n in range(1, 70_001)])
    without = tuple(person.id for person in pool[30_000:])
    report = replace(report, people=pool, tickets=replace(report.tickets, without=without))
    html = render_html(report, context=context())
    assert len(html) < 60_000
    assert "And 29,500 more" in html
    assert "And 69,500 more" in html
