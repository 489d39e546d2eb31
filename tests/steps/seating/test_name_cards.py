from __future__ import annotations

from sortition.steps.seating.name_cards import name_cards, plan_words
from sortition.steps.seating.plan import seat
from tests.pages.reading import Page
from tests.steps.seating.plan.making import party


def test_the_headers_of_a_plan_are_in_the_language() -> None:
    assert (plan_words("en").session, plan_words("da").session) == ("session {n}", "runde {n}")


def test_cards_are_in_order_of_names_and_say_who_is_not_there() -> None:
    seating = seat(party(4, 2, 2, absent=[(1, 0)]), seed="1", steps=10)
    names = [("Øjvind", "B"), ("anna", ""), (), ("", "")]
    page = Page(name_cards(seating, names=names, language="en"))
    order = [page.words.index(name) for name in ("002", "003", "anna", "Øjvind B")]
    assert order == sorted(order)
    assert page.words.count("not there") == 1
    # the id stands below a name, and alone where there is none
    assert page.words.count("000") == page.words.count("002") == 1


def test_names_stay_text() -> None:
    seating = seat(party(2, 1, 1), seed="1", steps=10)
    page = Page(name_cards(seating, names=[("<script>", ""), ("&amp;",)]))
    assert "script" not in page.tags
    assert "<script>" in page.words
    assert "&amp;" in page.words
