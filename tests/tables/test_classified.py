"""Everyday words and the values that they must mean; and what stays open."""

from __future__ import annotations

import pytest

from sortition.tables.classified.meaning import (
    CLASSIFICATIONS,
    UNSAID,
    classification,
    known_word,
    meant,
    unsaid,
)

DANISH = (
    *("Grundskole", "Erhvervsuddannelse", "Gymnasial uddannelse"),
    *("Kort eller mellemlang videregående", "Lang videregående"),
)
ISCED = ("Primary and lower secondary", "Upper secondary", "Higher education")
SWEDISH = ("Grundskola", "Gymnasieskola", "Eftergymnasial utbildning")
NORWEGIAN = ("Grunnskole", "Videregående skole", "Høyere utdanning")


def test_a_word_that_begins_another_value_is_not_taken_for_what_danes_mean() -> None:
    assert meant("Videregående", NORWEGIAN) is None  # upper secondary there, higher here
    assert meant("Videregående", ("Grundskole", "Videregående uddannelse"))


@pytest.mark.parametrize("name", [*CLASSIFICATIONS, UNSAID])
def test_a_classification_says_whose_it_is(name: str) -> None:
    kind = classification(name)
    assert kind.source
    assert set().union(*kind.words.values()) == set(kind.codes)


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("HF", "Gymnasial uddannelse"),
        ("STX", "Gymnasial uddannelse"),
        ("hhx", "Gymnasial uddannelse"),
        ("HTX", "Gymnasial uddannelse"),
        ("EUD", "Erhvervsuddannelse"),
        ("faglært", "Erhvervsuddannelse"),
        ("Svend", "Erhvervsuddannelse"),
        ("KVU", "Kort eller mellemlang videregående"),
        ("MVU", "Kort eller mellemlang videregående"),
        ("Professionsbachelor (fx lærer)", "Kort eller mellemlang videregående"),
        ("LVU", "Lang videregående"),
        ("Kandidat", "Lang videregående"),
        ("cand.merc.", "Lang videregående"),
        ("Cand. mag. i historie", "Lang videregående"),
        ("ph.d.", "Lang videregående"),
        ("9. klasse", "Grundskole"),
        ("9./10. klasse", "Grundskole"),
        ("10. klasse", "Grundskole"),
        ("HF eller STX", "Gymnasial uddannelse"),
        ("Folkeskole eller lign.", "Grundskole"),
        ("Faglært e.l.", "Erhvervsuddannelse"),
        ("Ingen uddannelse", None),
        ("Bachelor", None),  # professional or academic
        ("videregående uddannelse", None),
        ("HF, Kandidat", None),
        ("Livets skole", None),
        ("", None),
    ],
)
def test_danish_education(cell: str, label: str | None) -> None:
    assert meant(cell, DANISH) == label


@pytest.mark.parametrize(
    ("cell", "labels", "label"),
    [
        ("Bachelor's degree", ISCED, "Higher education"),
        ("HF", ISCED, "Upper secondary"),
        ("Vocational training", ISCED, "Upper secondary"),
        ("Folkskola", SWEDISH, "Grundskola"),
        ("Kandidatexamen", SWEDISH, "Eftergymnasial utbildning"),
        ("Fagbrev", NORWEGIAN, "Videregående skole"),
        ("Mastergrad", NORWEGIAN, "Høyere utdanning"),
        ("k", ("Kvinde", "Mand"), "Kvinde"),
        ("nonbinary", ("Kvinde", "Mand"), None),
        ("nonbinary", ("Kvinde", "Mand", "Andet"), "Andet"),
        ("Folkepensionist", ("I arbejde", "Pensionist", "Studerende"), "Pensionist"),
        ("Almen bolig", ("Ejerbolig", "Lejebolig", "Andelsbolig"), "Lejebolig"),
        ("Københavns Kommune", ("0101", "0147"), "0101"),
        ("0851", ("Aalborg", "Aarhus"), "Aalborg"),
        ("Ålborg Kommune", ("Aalborg", "Aarhus"), "Aalborg"),
        ("HF", ("Grundskole", "Drageflyver"), None),  # a value that is in no classification
    ],
)
def test_other_words(cell: str, labels: tuple[str, ...], label: str | None) -> None:
    assert meant(cell, labels) == label


def test_a_doctorate_is_apart_where_there_is_a_value_for_it() -> None:
    assert meant("Kandidat", ("Lang videregående", "Ph.d.")) == "Lang videregående"
    assert meant("doktorgrad", ("Lang videregående", "Ph.d.")) == "Ph.d."


def test_a_special_value_goes_before_a_general_one() -> None:
    labels = ("Primary school", "Upper secondary", "Vocational training", "Higher education")
    assert meant("EUD", labels) == "Vocational training"
    assert meant("HF", labels) == "Upper secondary"


def test_there_are_ninety_eight_municipalities_and_an_island() -> None:
    assert len(classification("municipalities").codes) == 99


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("Andet", "other"), ("Andet: ingen af delene", "other"), ("Ønsker ikke at oplyse", "untold")],
)
def test_what_is_left_unsaid(cell: str, kind: str) -> None:
    assert unsaid(cell) == kind
    assert unsaid("Kvinde") is None


def test_the_word_is_told_without_what_else_stands_there() -> None:
    assert known_word("Faglært (Anna Lund, 20304050)", DANISH) == "faglært"
