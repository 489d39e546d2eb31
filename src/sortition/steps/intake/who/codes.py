"""Whether those who answered were asked: by the code of their letter, or by what tells who it is.

A code of the list says who; without one, or with one that is not on the list, name, address and the
like do. Who has another's code is asked about, and so are a code within a letter of another and
somebody who has nothing but the name of one who was asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sortition.steps.intake.options import CodeFor
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.who.admission import LeftOut, identity_of
from sortition.steps.intake.who.given import Person
from sortition.steps.intake.who.people import Identity
from sortition.steps.intake.who.same import across, names_are, within_one_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """Who was asked, by the ids of those who answered.

    Attributes
    ----------
    holders : mapping of str to int
        The row of each person in the list of those asked, from 0.
    refused : mapping of str to LeftOut
    by_other : int
        How many were found by name and address and the like, without their code.
    """

    holders: Mapping[str, int]
    refused: Mapping[str, LeftOut]
    by_other: int


def check_invitations(
    people: Sequence[Person], invited: Sequence[Identity], code_for: CodeFor, asking: Asking
) -> Invitations:
    """Find everybody among those who were asked, and refuse who is not one of them."""
    known = [identity_of(person) for person in people]
    by_code = {code: row for row, one in enumerate(invited) for code in one.codes}
    alike, called = _alike(known, invited)
    coded = {by_code[code] for one in known for code in one.codes if code in by_code}
    holders: dict[int, int] = {}
    refused: dict[str, LeftOut] = {}
    claims: defaultdict[int, list[int]] = defaultdict(list)
    by_other = 0
    for place, (person, one) in enumerate(zip(people, known, strict=True)):
        free = [row for row in called[place] if row not in coded]
        row = min((by_code[code] for code in one.codes if code in by_code), default=None)
        if row is None and place in alike:
            row, by_other = alike[place], by_other + 1
        near = next(_near(one.codes, by_code), None) if row is None else None
        agreed = False if near is None else _code_agreed(person, near, asking)
        if near is not None and agreed:
            row = by_code[near]
        # one question at a time: what is said of the code may answer it
        if row is None and agreed is False and len(free) == 1 and _is_called_so(person, asking):
            row, by_other = free[0], by_other + 1
        if row is None:
            reason = "code-unknown" if one.codes else "not-invited"
            refused[person.id] = LeftOut(reason=reason)
        else:
            claims[row].append(place)
    for row, places in claims.items():
        for place in places:
            by_name = _is_holder(known[place], invited[row], alone=len(places) == 1)
            if code_for == "household" or by_name or _may(people[place], len(places), asking):
                holders[place] = row
            else:
                refused[people[place].id] = LeftOut(reason="code")
    by_id = {people[place].id: row for place, row in holders.items()}
    return Invitations(holders=by_id, refused=refused, by_other=by_other)


def _alike(
    known: Sequence[Identity], invited: Sequence[Identity]
) -> tuple[dict[int, int], defaultdict[int, list[int]]]:
    """Who was asked for sure, by what tells who it is, and whose name alone was asked."""
    sure: dict[int, int] = {}
    perhaps: defaultdict[int, list[int]] = defaultdict(list)
    for place, row, told in across(known, invited):
        if told == "same":
            sure.setdefault(place, row)
        elif told == "asked":
            perhaps[place].append(row)
    return sure, perhaps


def _near(codes: frozenset[str], known: Mapping[str, int]) -> Iterator[str]:
    """The one code that each of some codes may have been, if there is one alone."""
    for code in sorted(codes):
        found = [other for other in known if within_one_letter(code, other)]
        if len(found) == 1:
            yield found[0]


def _code_agreed(person: Person, near: str, asking: Asking) -> bool | None:
    """Whether somebody's code must be the one that it is near to; None if nobody said yet."""
    question = Question(
        about="code",
        subject="near",
        found=f"{person.counts.where}: {' '.join(person.counts.cells('code'))} → {near}",
        choices=(asking.word("yes"), asking.word("no")),
        proposal=asking.word("yes"),
    )
    return asking.agreed(question)


def _is_called_so(person: Person, asking: Asking) -> bool:
    """Whether somebody is who was asked, though nothing but a name says so."""
    question = Question(
        about="code",
        subject="name",
        found=f"{person.counts.where}: {person.counts.name}",
        choices=(asking.word("yes"), asking.word("no")),
    )
    return asking.agreed(question) is True


def _is_holder(person: Identity, holder: Identity, *, alone: bool) -> bool:
    """Whether a code was sent to somebody by her name; who alone used it, and has none, is."""
    names = names_are(person.name, holder.name)
    return names in {"same", "near"} or (names == "unknown" and alone)


def _may(person: Person, count: int, asking: Asking) -> bool:
    """Whether somebody may answer by another's code, which so many people used."""
    question = Question(
        about="code",
        subject="other",
        found=f"{person.counts.where}: {person.counts.name}",
        rows=count,
        choices=(asking.word("yes"), asking.word("no")),
        proposal=asking.word("no"),
    )
    return asking.agreed(question) is True
