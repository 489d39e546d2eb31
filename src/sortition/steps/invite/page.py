"""The report of an invitation for people: one page that needs nothing beside itself."""

from __future__ import annotations

from fractions import Fraction

from sortition.model import Language
from sortition.pages.bars import Bar, BarRow
from sortition.pages.template import page
from sortition.pages.wording import wording
from sortition.steps.invite.designs.overlay import INSIDE
from sortition.steps.invite.facts import InviteFacts

ROOM = "steps/invite"
MOST_ROWS = 1_000  # of the strata that are listed
MOST_CHANCES = 30
MOST_BARS = 40  # of a picture that can still be taken in
DECIMALS = 3  # of a percentage: strata in proportion differ only there


def invite_html(facts: InviteFacts, *, language: Language = "en") -> str:
    """The report as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and is about strata, not people.
    """
    words = wording(language, ROOM)

    def percent(chance: float) -> str:
        return words.text("numbers.percent", number=words.decimal(100 * chance, DECIMALS))

    most = max((float(stratum.rate) for stratum in facts.strata), default=1.0) or 1.0

    def bar(name: str, rate: float) -> BarRow:
        bars = (Bar(kind="panel", length=rate / most),)
        return BarRow(name=name, bars=bars, words=percent(rate))

    people = sum(count for _, count in facts.chances)
    mean = sum((chance * count for chance, count in facts.chances), Fraction(0)) / max(people, 1)
    return page(
        ROOM,
        language,
        f=facts,
        percent=percent,
        bar=bar,
        most_bars=MOST_BARS,
        mean=float(mean),
        lowest=float(facts.chances[0][0]) if facts.chances else 0.0,
        highest=float(facts.chances[-1][0]) if facts.chances else 0.0,
        inside=INSIDE,
        most_rows=MOST_ROWS,
        most_chances=MOST_CHANCES,
        several=len(facts.strata) > 1,
    )
