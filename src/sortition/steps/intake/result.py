"""What came of an intake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sortition.errors import Finding
from sortition.steps.intake.added import AddedValue
from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.questions import ASK, OUT, Asking
from sortition.steps.intake.reading import IntakeFiles
from sortition.steps.intake.values import Outcomes
from sortition.steps.intake.who.admission import Invitations, LeftOut
from sortition.steps.intake.who.given import Given, Person
from sortition.steps.intake.who.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everybody who answered, and what became of her.

    Attributes
    ----------
    options : IntakeOptions
    files : IntakeFiles
    asking : Asking
    given : sequence of Given
        Every answer.
    blank_rows : int
        Rows in which nothing is filled in.
    people : sequence of Person
    outcomes : mapping of str to mapping of str to Outcome
        By the id of a person and feature.
    out : mapping of str to LeftOut
        Who cannot be drawn, by id.
    invitations : Invitations or None
    missing : tuple of Missing
        Who was asked and has not answered.
    pool : sequence of Person
    added : sequence of AddedValue
    assumed : sequence of Finding
    """

    options: IntakeOptions
    files: IntakeFiles
    asking: Asking = field(repr=False)
    given: Sequence[Given] = field(repr=False)
    blank_rows: int
    people: Sequence[Person] = field(repr=False)
    outcomes: Outcomes = field(repr=False)
    out: Mapping[str, LeftOut]
    invitations: Invitations | None
    missing: tuple[Missing, ...]
    pool: Sequence[Person] = field(repr=False)
    added: Sequence[AddedValue]
    assumed: Sequence[Finding]

    @property
    def to_ask(self) -> list[Person]:
        """Those who are asked again before they can be drawn."""
        return [
            person for person in self.people if person.id not in self.out and self.unsaid(person)
        ]

    def unsaid(self, person: Person) -> list[str]:
        """The features that somebody is asked about again."""
        return [name for name, one in self.outcomes[person.id].items() if one.fate == ASK]

    def drawable(self, frame: Missing) -> list[Person]:
        """The people of the pool who were asked by a frame."""
        holders = self.invitations.holders if self.invitations else {}
        return [person for person in self.pool if holders.get(person.id) in frame.rows]

    @property
    def reasons(self) -> Counter[LeftOut]:
        """How many people cannot be drawn, by the reason."""
        return Counter(self.out.values())

    @property
    def several(self) -> list[Person]:
        """Those who answered more than once."""
        return [person for person in self.people if person.others]


def left_out_by_answers(people: Sequence[Person], outcomes: Outcomes) -> dict[str, LeftOut]:
    """Those who are too young for every band, or were left out where they have no value."""
    out: dict[str, LeftOut] = {}
    for person in people:
        for feature, one in outcomes[person.id].items():
            if one.fate == "young":
                out[person.id] = LeftOut(reason="young", detail=feature)
            elif one.fate == OUT:
                out[person.id] = LeftOut(reason="chosen", detail=one.reason or feature)
    return out
