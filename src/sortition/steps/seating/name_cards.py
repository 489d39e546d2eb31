"""Name cards: for each person, where to sit in each session; one page to print and cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sortition.model import Language
from sortition.pages.template import page
from sortition.pages.wording import wording
from sortition.steps.seating.plan import Seating
from sortition.steps.seating.plan_files import PlanWords

ROOM = "steps/seating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The card of one person.

    Attributes
    ----------
    name : str
        The id if there is no name.
    id : str
        Empty if it is the name.
    tables : tuple of (int or None)
        One for each session.
    """

    name: str
    id: str
    tables: tuple[int | None, ...]


def name_cards(
    seating: Seating, *, names: Sequence[Sequence[str]], language: Language = "en"
) -> str:
    """The cards of everybody, by name; two beside each other, for A4 paper.

    Parameters
    ----------
    seating : Seating
    names : sequence of sequence of str
        The parts of each person's name, in the order of the guests.
    language : {"en", "da"}
    """
    cards = [
        _card(guest.id, parts, tuple(tables[number] for tables in seating.seats))
        for number, (guest, parts) in enumerate(zip(seating.problem.guests, names, strict=True))
    ]
    return page(
        ROOM,
        language,
        "name_cards.html",
        cards=sorted(cards, key=lambda card: (card.name.casefold(), card.id)),
        sessions=seating.problem.sessions,
    )


def plan_words(language: Language) -> PlanWords:
    """What the columns and sheets of a plan are called in a language."""
    texts = wording(language, ROOM).texts
    return PlanWords(
        plan=texts["seating.plan"],
        session=texts["seating.session"],
        table=texts["seating.table"],
    )


def _card(id: str, parts: Sequence[str], tables: tuple[int | None, ...]) -> Card:
    name = " ".join(part for part in parts if part)
    return Card(name=name or id, id=id if name else "", tables=tables)
