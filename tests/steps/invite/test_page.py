"""The page of an invitation: both languages, every design, and text that stays text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

import sortition
from sortition.errors import Finding
from sortition.model import Language
from sortition.model.choices import DesignName
from sortition.steps.invite.designs.clusters import FirstStage
from sortition.steps.invite.designs.strata import CLUSTERED
from sortition.steps.invite.facts import GroupChances, InviteFacts, OverlayFacts, StratumFacts
from sortition.steps.invite.page import invite_html

ROOM = Path(sortition.__file__).parent / "steps" / "invite"
STAGE = FirstStage(
    letters={"A": 6, "<B>": 6},
    count=2,
    certain=0,
    outcome=5,
    outcomes=12,
    chances={"A": Fraction(1, 2), "<B>": Fraction(3, 4), "C": Fraction(3, 4)},
)
FACTS = InviteFacts(
    registry="r.csv",
    design="hamilton",
    seed="<seed>",
    seed_hash="ab" * 32,
    domain="invite/2",
    home_domain="",
    wave=2,
    pseudonyms=False,
    key_made=False,
    people=1_300,
    excluded=0,
    left_out=(),
    units="people",
    population=1_300,
    asked=12,
    invited=12,
    part=False,
    merged=False,
    columns=("sted",),
    strata=(
        StratumFacts(values=("A",), population=100, letters=6, drawn=6, last_ticket="0a" * 32),
        StratumFacts(values=("<B>",), population=1_200, letters=6, drawn=6, last_ticket="0b" * 32),
    ),
    chances=((Fraction(1, 200), 1_200), (Fraction(3, 50), 100)),
    groups=(),
    overlay=None,
    first_stage=None,
    channel="post",
    channels={"": 2, "<digital>": 10},
    assumptions=(Finding(code="map-renamed", column="<Køn>", value="sex"),),
    versions={"sortition": "1"},
)


def test_every_word_is_used() -> None:
    template = (ROOM / "templates" / "page.html").read_text(encoding="utf-8")
    words = tomllib.loads((ROOM / "words.en.toml").read_text(encoding="utf-8"))["invite"]
    built = {f"design_{name}" for name in (*get_args(DesignName), "allocated", "overlay")}
    built |= {f"clusters_{name}" for name in CLUSTERED} | {"people", "addresses"}
    named = set(re.findall(r'"invite\.(\w+)"', template))
    for names in re.findall(r'each\("invite", (.*?)\)', template):
        named |= set(re.findall(r'"(\w+)"', names))
    assert set(words) - named == built


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("design", [*get_args(DesignName), None])
@pytest.mark.parametrize("households", [False, True])
def test_every_design_has_a_page(
    language: Language, design: DesignName | None, households: bool
) -> None:
    group = GroupChances(
        values=("<B>",), people=9, lowest=Fraction(1, 9), mean=Fraction(1, 5), highest=Fraction(1)
    )
    facts = replace(
        FACTS,
        design=design,
        first_stage=STAGE if design in CLUSTERED else None,
        part=design is None,
        pseudonyms=households,
        home_domain="invite/2/household" if households else "",
        units="addresses" if households else "people",
        groups=(group, group) if households else (),
        excluded=5 if households else 0,
        invited=11 if households else 12,
    )
    page = invite_html(facts, language=language)
    assert "<B>" not in page
    assert "<seed>" not in page
    assert "&lt;digital&gt;" in page
    read = "Denne kolonne blev læst som" if language == "da" else "This column was read as"
    assert f"&lt;Køn&gt;: {read} “sex”." in page
    assert "<script" not in page
    assert f"{'ab' * 32}|invite/2|" in page
    assert ("invite/2/household" in page) == households


def test_an_overlay_shows_both_rates() -> None:
    overlay = OverlayFacts(
        column="kvintil",
        values=("1",),
        share=Fraction(1, 5),
        inside=(20_000, 2_880),
        outside=(80_000, 5_120),
    )
    page = invite_html(replace(FACTS, overlay=overlay))
    for words in ("2,880", "5,120", "14.400%", "6.400%", "2.25 times"):
        assert words in page
