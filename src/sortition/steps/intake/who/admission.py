"""Who may be drawn: consent, lists of people who may not, and the codes of those who were asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sortition.steps.intake.listed import Listed
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.who.given import Person
from sortition.steps.intake.who.people import Identity
from sortition.steps.intake.who.same import across
from sortition.tables.labels import fold
from sortition.tables.matching import NO, YES

AGREES = re.compile(
    r"(?:ja|yes|ok|accepter|accepteret|accepted|jag (?:samtycker|godkänner)"
    r"|i (?:agree|consent|accept|give)"
    r"|jeg (?:giver|accepterer|samtykker|er enig|bekræfter|har læst|gir))\b.*",
    re.DOTALL,
)
TRIAL = re.compile(r"(?:TEST|TESTER|PRØVE|PROEVE|DEMO|XXX|TESTESEN|TESTPERSON)[0-9]*")
REFUSES = re.compile(
    r"(?:nej|no|nei|i do not|jeg (?:giver|vil|ønsker|samtykker|accepterer) ikke)\b.*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Why somebody cannot be drawn.

    Attributes
    ----------
    reason : str
        ``test``, ``consent``, ``excluded``, ``code-unknown``, ``not-invited``, ``code``, ``young``
        or ``chosen``.
    detail : str
        The list that she is on, or the reason that was given; no personal data.
    """

    reason: str
    detail: str = ""


def identity_of(person: Person) -> Identity:
    """All that is known of a person, from all of her answers; what counts goes first."""
    if not person.others:
        return person.counts.person
    own = [one.person for one in person.all]

    def first(part: str) -> object:
        return next((value for one in own if (value := getattr(one, part))), None)

    return Identity(
        codes=frozenset().union(*(one.codes for one in own)),
        emails=frozenset().union(*(one.emails for one in own)),
        phones=frozenset().union(*(one.phones for one in own)),
        cpr=first("cpr"),  # type: ignore[arg-type]
        name=str(first("name") or ""),
        birth=first("birth"),  # type: ignore[arg-type]
        street=str(first("street") or ""),
        postcode=str(first("postcode") or ""),
    )


def without_consent(people: Sequence[Person], asking: Asking) -> dict[str, LeftOut]:
    """Those whose file asks for consent, and who gave none."""
    return {
        person.id: LeftOut(reason="consent")
        for person in people
        if (column := person.counts.source.consent) is not None
        and not _consents(person.counts.cell(column), asking)
    }


def _consents(cell: str, asking: Asking) -> bool:
    folded = fold(cell)
    if not folded or folded in NO or REFUSES.fullmatch(folded):
        return False
    if folded in YES or AGREES.fullmatch(folded):
        return True
    choices = (asking.word("yes"), asking.word("no"))
    question = Question(about="consent", subject="consent", found=cell, choices=choices)
    return asking.agreed(question) is not False


def on_a_list(
    people: Sequence[Person], lists: Sequence[Listed], asking: Asking
) -> dict[str, LeftOut]:
    """Those who stand on a list of people who cannot be drawn."""
    known = [identity_of(person) for person in people] if lists else []
    out: dict[str, LeftOut] = {}
    for listed in lists:
        rows = listed.sheet.table.row_numbers
        for place, row, told in across(known, listed.people):
            person = people[place]
            if person.id in out or told == "other":
                continue
            if told == "asked" and not _is_on(person, listed, rows[row], asking):
                continue
            out[person.id] = LeftOut(reason="excluded", detail=listed.sheet.file)
    return out


def _is_on(person: Person, listed: Listed, row: int, asking: Asking) -> bool:
    question = Question(
        about="excluded",
        subject=listed.sheet.file,
        found=f"{person.counts.where} · {listed.sheet.file} {row}: {person.counts.name}",
        choices=(asking.word("yes"), asking.word("no")),
    )
    return asking.agreed(question) is True


def tried_out(people: Sequence[Person]) -> dict[str, LeftOut]:
    """Those whose only code, or else whole name, says that somebody tried the form out."""
    return {
        person.id: LeftOut(reason="test")
        for person in people
        if all(
            map(
                TRIAL.fullmatch,
                (identity := identity_of(person)).codes or identity.name.upper().split() or "-",
            )
        )
    }
