"""One person or two: known answers, and that it does not matter who comes first."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.steps.intake.who.people import Identity, name_key, phone_key, plain
from sortition.steps.intake.who.same import (
    KEYS,
    candidates,
    groups,
    names_are,
    verdict,
    within_one_letter,
)

BORN = datetime.date(1980, 5, 1)


def person(name: str = "", **known: object) -> Identity:
    several = {
        key: frozenset([known.pop(key)]) for key in ("codes", "emails", "phones") if key in known
    }
    return Identity(name=name_key(name), **several, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        # sent twice, spelled differently
        (person("Anna Bødker", emails="a@x.dk"), person("anna boedker", emails="a@x.dk"), "same"),
        (
            person("Anna Lund", phones="20304050"),
            person("Anna Marie Lund", phones="20304050"),
            "same",
        ),
        (person("Jensen, Anna", birth=BORN), person("Anna Jensen", birth=BORN), "same"),
        (person("Anna Jensen", birth=BORN), person("Anna Jensn", birth=BORN), "same"),
        (
            person("Anna Jensen", birth=BORN, emails="a@x.dk"),
            person("Anan Jensen", birth=BORN, emails="a@x.dk"),
            "same",
        ),
        (person("Anna Lund", street="elmevej1"), person("Anna Lund", street="elmevej1"), "same"),
        (person(emails="a@x.dk"), person("Anna", emails="a@x.dk"), "same"),
        (person("Anna", cpr="1"), person("Bo", cpr="1"), "same"),
        # two of one household
        (person("Anna Lund", phones="20304050"), person("Bo Lund", phones="20304050"), "other"),
        (person("Anna Lund", emails="lund@x.dk"), person("Bo Lund", emails="lund@x.dk"), "other"),
        (person("Anna Lund", codes="AB"), person("Bo Lund", codes="AB"), "other"),
        (
            person("Jens Lund", street="elmevej1", birth=BORN),
            person("Jens Lund", street="elmevej1", birth=datetime.date(1950, 1, 1)),
            "other",
        ),
        (
            person("Anna", cpr="1", emails="a@x.dk"),
            person("Anna", cpr="2", emails="a@x.dk"),
            "other",
        ),
        # nobody can know
        (
            person("Mia Bak", birth=BORN, street="elmevej1", phones="20304050", emails="bak@x.dk"),
            person("Pia Bak", birth=BORN, street="elmevej1", phones="20304050", emails="bak@x.dk"),
            "asked",
        ),
        (
            person("Anna Lund", birth=BORN, street="elmevej1", phones="20304050"),
            person("Anne Lund", birth=BORN, street="elmevej1", phones="20304051"),
            "asked",
        ),
        (person("Anna Lund", street="elmevej1"), person("Anne Lund", street="elmevej1"), "asked"),
        (
            person("Anna Lund", birth=BORN, emails="a@x.dk"),
            person("Anna Holm", birth=BORN, emails="a@x.dk"),
            "asked",
        ),
        (
            person("Anna Lund", birth=BORN, emails="a@x.dk"),
            person("Anna Lund", birth=datetime.date(1980, 1, 5), emails="a@x.dk"),
            "asked",
        ),
    ],
)
def test_one_person_or_two(one: Identity, other: Identity, told: str) -> None:
    ((pair, key),) = candidates([one, other]).items()
    assert pair == (0, 1)
    assert verdict(one, other, key) == verdict(other, one, key) == told


def test_a_name_alone_makes_nobody_the_same() -> None:
    assert candidates([person("Anna Lund"), person("Anna Lund")]) == {}


def test_homes_with_other_postcodes_are_others() -> None:
    one = person("Anna Lund", street="elmevej1", postcode="9990")
    other = person("Anna Lund", street="elmevej1", postcode="9991")
    assert candidates([one, other]) == {}


@given(st.text("abæ", max_size=6), st.text("abæ", max_size=6))
def test_within_one_letter_is_what_it_says(one: str, other: str) -> None:
    letters = "abæ"
    shorter = {one[:n] + one[n + 1 :] for n in range(len(one))}
    longer = {one[:n] + a + one[n:] for n, a in product(range(len(one) + 1), letters)}
    others = {one[:n] + a + one[n + 1 :] for n, a in product(range(len(one)), letters)}
    swapped = {one[:n] + one[n + 1] + one[n] + one[n + 2 :] for n in range(len(one) - 1)}
    near = {one} | shorter | longer | others | swapped
    assert within_one_letter(one, other) == (other in near)


@given(st.lists(st.sampled_from(["anna lund", "anne lund", "bo lund", ""]), min_size=2, max_size=2))
def test_names_compare_either_way(names: list[str]) -> None:
    assert names_are(*names) == names_are(*reversed(names))


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=12),
        )
    )
)
def test_groups_are_what_hangs_together(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, pairs = drawn
    reached = [{place} for place in range(count)]
    for _ in range(count):
        for one, other in pairs:
            both = reached[one] | reached[other]
            for place in both:
                reached[place] = both
    found = list(groups(count, pairs))
    assert sorted(place for group in found for place in group) == list(range(count))
    assert all(set(group) == reached[group[0]] for group in found)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_hundreds_is_compared_by_name(key: str) -> None:
    everybody = [
        person(
            f"Anna {'b' * (1 + place % 150)}",
            codes="TEST",
            emails="borger@kommune.dk",
            phones="12345678",
            street="torvet1",
            birth=BORN,
        )
        for place in range(300)
    ]
    same = {pair for pair, own in candidates(everybody).items() if own in {key, "code"}}
    assert {(place, place + 150) for place in range(150)} <= same
    assert len(same) < 5000


def test_one_spelling() -> None:
    assert plain("Åse ÆRØ-Müller é") == "aase aeroe-muller e"
    assert phone_key("+45 20 30 40 50") == phone_key("0045 20304050") == "20304050"
    assert phone_key("123") == ""
