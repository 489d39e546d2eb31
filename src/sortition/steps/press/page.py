"""The pages: sentences and pictures, no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from sortition.model import COMBINATION, Language
from sortition.pages.template import page
from sortition.steps.members import StandingFolder, quotas_now
from sortition.steps.press.groups import SMALLEST, features_of
from sortition.steps.press.tickets import chances_of, tickets_of

ROOM = "steps/press"
RAISES_THE_LOWEST = ("leximin", "maximin")
LEVEL = 0.02  # a chance that is this near to the equal one, in proportion, is called equal


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose assembly it is; what is not known is empty."""

    assembly: str = ""
    organiser: str = ""
    contact: str = ""
    days: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A chance as a bar: its name in the catalogue, itself, and its length from 0 to 1."""

    name: str
    chance: Fraction
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A group that somebody belongs to, and what it does to her chance.

    Attributes
    ----------
    feature, value : str
    people : int
        Of the volunteers.
    lower, upper : int
        Seats.
    effect : {"raises", "lowers", "neither"}
    """

    feature: str
    value: str
    people: int
    lower: int
    upper: int
    effect: str


def press_html(
    panel: StandingFolder,
    population: Mapping[tuple[str, str], Fraction],
    *,
    about: About,
    digest: str,
    language: Language,
) -> str:
    """The page for citizens and media; it names nobody, and has no group that is small.

    Parameters
    ----------
    panel : StandingFolder
    population : mapping of (str, str) to Fraction
        Shares by feature and value, as far as they are known.
    about : About
    digest : str
        By which the lottery is known: the announced one, where it was published.
    language : {"en", "da"}
    """
    lottery = panel.folder.lottery
    features = features_of(
        panel.instance, quotas_now(panel.rules, panel.standing.panel), population
    )
    chances = chances_of(lottery)
    bars = [
        Bar(name=name, chance=chance, length=float(chance / chances.highest))
        for name, chance in (
            ("lowest", chances.lowest),
            ("equal", chances.equal),
            ("highest", chances.highest),
        )
    ]
    return page(
        ROOM,
        language,
        "page.html",
        about=about,
        features=features,
        compared=bool(population),
        people=len(panel.standing.panel),
        pool=len(lottery.people),
        tickets=lottery.ticket_count,
        ticket=_numbered(panel.folder.ticket, lottery.ticket_count),
        by_hand=panel.folder.seed is None,
        seed=panel.folder.seed,
        published=panel.published,
        rounds=panel.standing.rounds,
        digest=digest,
        bars=bars,
        without=chances.without,
        fairest=panel.objective in RAISES_THE_LOWEST,
        smallest=SMALLEST,
        rehearsal=panel.is_rehearsal,
    )


def chance_html(panel: StandingFolder, id: str, *, language: Language) -> str:
    """One volunteer's page: her chance, her tickets, and what made it so. It is hers alone."""
    lottery, name = panel.folder.lottery, panel.folder.tokens[id]
    numbers = tickets_of(lottery, name)
    chance = Fraction(len(numbers), lottery.ticket_count)
    equal = Fraction(lottery.panel_size, len(lottery.people))
    return page(
        ROOM,
        language,
        "chance.html",
        id=id,
        name=name,
        published=panel.published,
        drawn=panel.folder.ticket in numbers,
        now=name in panel.standing.panel,
        reserve=name in panel.standing.reserve,
        chance=chance,
        equal=equal,
        than=_than(float(chance), float(equal)),
        on=len(numbers),
        tickets=lottery.ticket_count,
        ticket=_numbered(panel.folder.ticket, lottery.ticket_count),
        numbers=_runs_of(numbers, lottery.ticket_count),
        reasons=_reasons(panel, name, equal),
        pool=len(lottery.people),
        seats=lottery.panel_size,
        rehearsal=panel.is_rehearsal,
    )


def _numbered(ticket: int, count: int) -> str:
    return f"{ticket:0{len(str(count - 1))}d}"


def _runs_of(numbers: Sequence[int], count: int) -> str:
    """All of them, as the draw reads them out: ``003, 005–009, 012``."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0])
    ]
    ends = [
        [_numbered(number, count) for number in dict.fromkeys((run[0], run[-1]))] for run in runs
    ]
    return ", ".join(map("–".join, ends))


def _than(chance: float, equal: float) -> str:
    if chance == 0:
        return "none"
    if abs(chance / equal - 1) <= LEVEL:
        return "level"
    return "higher" if chance > equal else "lower"


def _reasons(panel: StandingFolder, name: str, equal: Fraction) -> list[Reason]:
    """Her groups: a quota above its share raises her chance, one below its share lowers it."""
    found = []
    for quota in panel.rules.quotas:
        if quota.category == COMBINATION or name not in quota.members:
            continue
        people = len(quota.members)
        due = equal * people
        effect = "raises" if quota.lower > due else "lowers" if quota.upper < due else "neither"
        found.append(
            Reason(
                feature=quota.category,
                value=quota.value,
                people=people,
                lower=quota.lower,
                upper=quota.upper,
                effect=effect,
            )
        )
    return found
