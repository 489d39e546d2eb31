from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import get_args

import pytest

from sortition.model import COMBINATION, Language, ObjectiveName
from sortition.model.dispersion import Intersection
from sortition.model.fairness import CertificateInShort, Report
from sortition.pages.context import Context
from sortition.steps.select.page import render_html
from sortition.texts import Sentence
from tests.pages.reading import LANGUAGES, Page, literals
from tests.steps.select.samples import LOTTERY_DIGEST, context, people, tiny_report, town_report

SECTIONS = ["drawn", "quotas", "panel", "fair", "chances", "tickets", "check"]
# only the comparison of rules has them
# what other pages say
ELSEWHERE = (
    *("numbers.power", "numbers.range", "nouns.invitations", "nouns.places", "rests.inputs"),
    *("conflict.", "dates.", "rehearsal.", "page_foot.", "rests.unfold"),
)
OBJECTIVES: tuple[ObjectiveName, ...] = get_args(ObjectiveName)


def crowded_report() -> Report:
    """Too many people without a chance or without a ticket to name them all."""
    report = replace(town_report(), objective="maximin", pool_size=1800)
    pool = people([0.0] * 1200 + [0.04] * 600)
    without = tuple(list(pool)[600:])
    return replace(report, people=pool, tickets=replace(report.tickets, without=without))


def crowded_context() -> Context:
    """The first half of those without a chance are on no panel."""
    impossible = tuple(list(crowded_report().people)[:600])
    return replace(bare_context(), rows_numbered=True, impossible=impossible)


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
    yield crowded_report(), crowded_context()
    yield crowded_report(), replace(crowded_context(), complete=False)
    yield single_report(), bare_context()
    yield tiny_report(), replace(context(), mixed=(("alder", "køn"),), settled=False)
    yield replace(town_report(), seed=None), replace(context(), published=True)
    first, *others = town_report().quotas
    combined = replace(first, feature=COMBINATION, value="køn=Mand & alder=26+")
    yield replace(town_report(), quotas=(combined, *others)), context()
    for objective in OBJECTIVES:
        yield replace(town_report(), objective=objective), context()


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
    report = replace(report, quotas=quotas, tickets=tickets, seed=evil)
    surroundings = replace(
        context(),
        panel=(evil,),
        impossible=(evil,),
        pool_file=evil,
        quotas_file=evil,
        household_columns=(evil,),
        assumptions=(Sentence(text=evil, language="en"),),
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
    for room in ("pages", "steps/select"):
        for key, literal in literals(language, room):
            assert literal in words or key.startswith(ELSEWHERE), key


ENGLISH_FACTS = [
    "36 people drawn by lot from 500 volunteers",
    "Ticket 036 was drawn from 1,000 tickets, numbered 000 to 999.",
    "The panel: 36 people, by id P0003 P0421",
    "It also holds at most 1 person of each household; people with the same entries under Vej, "
    "Husnr. are one household.",
    "then does the same for the next lowest chance",
    "and so on through the whole pool. The lottery here is that one.",
    "could give everybody who can be selected more than 3.12%. This one gives each of them at "
    "least 3.12%. How exactly The gap between the two figures is at most 0.0001 percentage points.",
    "each true of every possible panel: 12.",
    "Quotas met by the panel: 3 of 3.",
    "16–25 år 31 6.2% 5–6 5.20 6",
    "Allowed: 5 to 6. Selected: 6. In proportion to the pool: 2.23.",
    "Mand 199 39.8% 18 18.00 18",
    "If everybody in the pool had the same chance, it would be 7.20% (about 1 in 14).",
    "lowest 3.12% highest 30.8% all the same: 7.20%",
    "Gini coefficient 0.346",
    "Everybody in the pool can be selected",
    "Nobody’s share of the tickets is more than 0.047 percentage points from the exact chance.",
    "The lowest share of anybody who can be selected is 3.10%.",
    "Everybody who has a chance is on at least one ticket.",
    "The 1,000 tickets hold 1,000 different panels of 987 different compositions.",
    "6.17% are on no ticket together. If everybody were laid onto tickets without regard to the "
    "others, it would be 5.68% on average.",
    "is on 29.7% of her tickets, for the typical (median) person.",
    "Nobody is on nine tenths or more of another’s tickets.",
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
    "16–25 år 31 6,2\u00a0% 5–6 5,20 6",
    "Tilladt: 5 til 6. Udtrukket: 6. Forholdsmæssigt efter puljen: 2,23.",
    "ville den være 7,20\u00a0% (omkring 1 ud af 14).",
    "mindste 3,12\u00a0% største 30,8\u00a0% alle lige: 7,20\u00a0%",
    "afviger mere end 0,047 procentpoint",
    "De 1.000 lodder rummer 1.000 forskellige paneler med 987 forskellige sammensætninger.",
    "er 6,17\u00a0% ikke på noget lod sammen",
    "læsning af filerne 0,21",
]


@pytest.mark.parametrize(
    ("language", "facts"), [("en", ENGLISH_FACTS), ("da", DANISH_FACTS)], ids=["en", "da"]
)
def test_page_states_the_facts(language: Language, facts: list[str]) -> None:
    words = Page(render_html(town_report(), context=context(), language=language)).words
    for fact in facts:
        assert fact in words


def test_it_says_how_many_combinations_of_two_features_have_seats() -> None:
    report = town_report()
    cells = tuple(
        Intersection(
            features=("Alder", "Køn"),
            values=("16–25 år", value),
            pool=9,
            mean=1.0,
            fewest=fewest,
            most=most,
            near=0.5,
        )
        for value, fewest, most in (("Kvinde", 1, 3), ("Mand", 0, 2), ("Andet", 0, 0))
    )
    report = replace(report, dispersion=replace(report.dispersion, intersections=cells))
    words = Page(render_html(report, context=context(), language="da")).words
    assert "har 1 en plads på hvert lod, 1 på nogle lodder og 1 på intet lod." in words


def test_a_sentence_in_another_language_says_so() -> None:
    def languages(page: Language, assumption: Language) -> list[str]:
        assumed = (Sentence(text="Something.", language=assumption),)
        surroundings = replace(context(), assumptions=assumed)
        html = render_html(town_report(), context=surroundings, language=page)
        return Page(html).values("lang")

    assert languages("en", "en") == ["en"]
    assert languages("da", "da") == ["da"]
    assert languages("da", "en") == ["da", "en"]


def words_of(report: Report, surroundings: Context, language: Language = "en") -> str:
    return Page(render_html(report, context=surroundings, language=language)).words


@pytest.mark.parametrize(
    ("objective", "meaning", "proof"),
    [
        (
            "maximin",
            "it is the one whose highest chance is as low as possible",
            "could give everybody who can be selected more than 20.0%. This one gives each of "
            "them at least 19.0%. How exactly The gap between the two figures is at most 1.0 "
            "percentage",
        ),
        (
            "nash",
            "multiplied together, give the highest product",
            "be above 20.0%. In this one it is 19.0%. How exactly The gap between the two figures "
            "is at most "
            "1.0 percentage points.",
        ),
        (
            "minimax",
            "the highest chance is as low as possible, so that nobody",
            "could keep everybody’s chance below 20.0%. In this one nobody’s chance is above "
            "21.0%. How exactly The gap between the two figures is at most 1.0 percentage points.",
        ),
        (
            "goldilocks",
            "plus gamma, here 0.5, times the mean divided by the lowest chance; all three are "
            "over those who can be selected. The lower the measure, the fairer. If all had the "
            "same chance, it would be 1.5.",
            "could the measure be below 0.2000. In this one it is 0.2100. How exactly The gap "
            "between the "
            "two figures is at most 0.010.",
        ),
    ],
)
def test_each_objective_has_its_meaning_and_its_proof(
    objective: ObjectiveName, meaning: str, proof: str
) -> None:
    report = replace(
        town_report(),
        objective=objective,
        certificate=CertificateInShort(bound=0.2, gap=0.01, cuts=3),
    )
    words = words_of(report, replace(context(), gamma=0.5))
    assert f"Objective {objective}" in words
    assert meaning in words
    assert proof in words
    assert "through the whole pool" not in words


def test_a_run_that_ran_out_of_time_says_so() -> None:
    report = replace(town_report(), certificate=CertificateInShort(bound=0.2, gap=0.01234, cuts=0))
    words = words_of(report, replace(context(), complete=False))
    assert (
        "The time was up before the best lottery was found. This one is at most 1.3 percentage "
        "points away from what no lottery can better."
    ) in words
    assert "there can be a fairer one" in words
    assert "is that one" not in words
    assert "another run may find other chances" in words
    assert "everybody’s chance to within" not in words
    assert "time was up" not in words_of(report, context())


@pytest.mark.parametrize(
    ("language", "everywhere", "settled", "versions"),
    [
        ("en", "everybody’s chance to within 10⁻⁹", True, "were the same with every version"),
        ("da", "alles chance på nær 10⁻⁹", True, "var de samme med hver version"),
        ("en", "to within 10⁻⁹", False, "others may reach the same chances with other"),
        ("da", "på nær 10⁻⁹", False, "Andre kan nå de samme chancer"),
    ],
)
def test_what_is_the_same_is_said(
    language: Language, everywhere: str, settled: bool, versions: str
) -> None:
    words = words_of(town_report(), replace(context(), settled=settled), language)
    assert everywhere in words
    assert versions in words


def test_zeros_of_a_run_that_ran_out_of_time_are_not_explained_away() -> None:
    report = replace(town_report(), people=people([0.0] + [0.05] * 499))
    words = words_of(report, replace(context(), complete=False))
    assert "1 person cannot be drawn in this lottery. The time was up" in words
    assert "before it was known whether the quotas exclude them. P0001 " in words
    assert "Everybody in the pool can be selected" not in words
    assert "could be selected" not in words


@pytest.mark.parametrize(
    ("language", "excluded", "no_chance", "ticketless"),
    [
        (
            "en",
            "2 people cannot be selected, because no panel with them meets the quotas. This is "
            "not an error, and it would be the same in any lottery with this pool and these "
            "quotas. Other quotas could change it. P0001 P0002 ",
            "1 person could be selected under the quotas, but not by this lottery: its objective "
            "asks for other things first. Another objective could change it: leximin "
            "gives a chance to everybody who can be selected. P0003 ",
            "makes room for them: here it was 1,000. P0007 P0009 ",
        ),
        (
            "da",
            "Andre kvoter kan ændre det. P0001 P0002 ",
            "leximin giver en chance til alle, der kan udtrækkes. P0003 ",
            "her var det 1.000. P0007 P0009 ",
        ),
    ],
)
def test_people_who_could_not_be_drawn_are_named_with_the_reason(
    language: Language, excluded: str, no_chance: str, ticketless: str
) -> None:
    report = town_report()
    report = replace(
        report,
        people=people([0.0] * 3 + [0.05] * 497),
        tickets=replace(report.tickets, without=("P0003", "P0007", "P0009")),
    )
    words = words_of(report, replace(context(), impossible=("P0001", "P0002")), language)
    assert excluded in words
    assert no_chance in words
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
    without = tuple(list(pool)[30_000:])
    report = replace(report, people=pool, tickets=replace(report.tickets, without=without))
    impossible = tuple(list(pool)[:20_000])
    html = render_html(report, context=replace(context(), impossible=impossible))
    assert len(html) < 75_000
    assert "And 19,500 more" in html
    assert "And 9,500 more" in html
    assert "And 69,500 more" in html
