"""Who may be drawn: consent, lists of people who may not, and the codes of those who were asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sortition.steps.intake.listed import Listed
from sortition.steps.intake.options import CodeFor
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.who.given import Person
from sortition.steps.intake.who.people import Identity
from sortition.steps.intake.who.same import across, names_are, within_one_letter
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

    holders: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, LeftOut] = field(default_factory=dict)
    by_other: int = 0


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


def check_invitations(
    people: Sequence[Person], invited: Sequence[Identity], code_for: CodeFor, asking: Asking
) -> Invitations:
    """Find everybody among those who were asked.

    A code of the list says who; without one, or with one that is not on the list, name, address and
    the like do. Who has another's code is asked about, and so is a code within a letter of another.
    """
    known = [identity_of(person) for person in people]
    by_code = {code: row for row, one in enumerate(invited) for code in one.codes}
    others: dict[int, int] = {}
    for place, row, told in across(known, invited):
        if told == "same":
            others.setdefault(place, row)
    holders: dict[str, int] = {}
    refused: dict[str, LeftOut] = {}
    claims: dict[int, list[int]] = defaultdict(list)
    by_other = 0
    for place, one in enumerate(known):
        rows = sorted({by_code[code] for code in one.codes if code in by_code})
        if not rows and place in others:
            rows, by_other = [others[place]], by_other + 1
        if not rows:
            near = next(_near(one.codes, by_code), None)
            if near is not None and _code_agreed(people[place], near, asking):
                rows = [by_code[near]]
        if rows:
            claims[rows[0]].append(place)
        else:
            refused[people[place].id] = LeftOut(reason=_uninvited(one.codes))
    for row, places in claims.items():
        holder = invited[row]
        for place in places:
            by_name = _is_holder(known[place], holder, alone=len(places) == 1)
            if code_for == "household" or by_name or _may(people[place], len(places), asking):
                holders[people[place].id] = row
            else:
                refused[people[place].id] = LeftOut(reason="code")
    return Invitations(holders=holders, refused=refused, by_other=by_other)


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


def _uninvited(codes: frozenset[str]) -> str:
    """Why somebody who was not found counts as not asked: her code is unknown, or she has none."""
    return "code-unknown" if codes else "not-invited"


def _near(codes: frozenset[str], known: Mapping[str, int]) -> Iterator[str]:
    """The one code that each of some codes may have been, if there is one alone."""
    for code in sorted(codes):
        found = [other for other in known if within_one_letter(code, other)]
        if len(found) == 1:
            yield found[0]


def _code_agreed(person: Person, near: str, asking: Asking) -> bool:
    question = Question(
        about="code",
        subject="near",
        found=f"{person.counts.where}: {' '.join(person.counts.cells('code'))} → {near}",
        choices=(asking.word("yes"), asking.word("no")),
        proposal=asking.word("yes"),
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
