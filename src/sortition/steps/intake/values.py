"""What everybody's value of each feature is, or what becomes of her without one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sortition.steps.intake.meanings import Feature, Meaning
from sortition.steps.intake.questions import (
    ASK,
    NONE,
    OWN,
    Asking,
    Question,
    fate_words,
    fates_by_word,
)
from sortition.steps.intake.who.given import Person
from sortition.tables.classified.meaning import known_word
from sortition.tables.labels import fold

WITHOUT = ("other", "untold", "blank")  # kinds of answers that are no value
PROPOSED = {"other": OWN, "untold": OWN, "blank": ASK}
REACHED = "reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an answer.

    Attributes
    ----------
    fate : str
        ``value``, ``own``, ``none``, ``ask``, ``out``, ``young``; or ``open`` while a question is.
    value : str
    kind : str
        How it was read: a way of `Meaning`, ``answered``, or ``other``, ``untold``, ``blank``.
    reason : str
        For ``out``: the reason that was given.
    word : str
        The everyday word that was read, from our own lists.
    """

    fate: str
    value: str = ""
    kind: str = ""
    reason: str = ""
    word: str = ""


Outcomes = Mapping[str, Mapping[str, Outcome]]  # by the id of a person and feature


class Values:
    """Reads the values of everybody, and asks where nobody can know.

    Parameters
    ----------
    features : sequence of Feature
    asking : Asking
    names : mapping of str to str
        What the values are called that are added, by kind.
    """

    def __init__(
        self, features: Sequence[Feature], asking: Asking, names: Mapping[str, str]
    ) -> None:
        self._features = features
        self._asking = asking
        self._names = names
        self._fates = fates_by_word()
        self._words = fate_words(asking.language)

    def of(self, people: Sequence[Person]) -> Outcomes:
        """What became of each person's answer to each feature."""
        found: dict[str, dict[str, Outcome]] = {person.id: {} for person in people}
        for feature in self._features:
            saying: defaultdict[tuple[str, Meaning] | None, list[str]] = defaultdict(list)
            for person in people:
                saying[person.answer(feature.name)].append(person.id)
            settled: dict[tuple[str, Meaning] | None, Outcome] = {None: Outcome(fate="open")}
            counts = {one: len(ids) for one, ids in saying.items() if one is not None}
            kinds: Counter[str] = Counter()
            for (_, meant), count in counts.items():
                kinds[meant.kind] += count
            for one in sorted(counts, key=lambda one: (-counts[one], one[0])):
                settled[one] = self._outcome(feature, *one, counts[one], kinds[one[1].kind])
            for said, ids in saying.items():
                for id in ids:
                    found[id][feature.name] = settled[said]
        return found

    def _outcome(
        self, feature: Feature, cell: str, read: Meaning, count: int, of_kind: int
    ) -> Outcome:
        if read.how == "words" and self._asking.is_answered("word", feature.name, cell):
            return self._asked(feature, cell, read, count)
        if read.kind == "value":
            word = known_word(cell, feature.labels) if read.how == "words" else ""
            return Outcome(fate="value", value=read.value, kind=read.how, word=word)
        if read.kind in {"young", "undated"}:
            return Outcome(fate="young" if read.kind == "young" else "open", kind=read.how)
        if read.kind in {"births", "short"}:
            ask = self._birth if read.kind == "births" else self._short
            return ask(feature, cell, read, of_kind)
        if read.kind in WITHOUT:
            return self._without(feature, read.kind, cell, of_kind)
        return self._asked(feature, cell, read, count)

    def _birth(self, feature: Feature, _cell: str, read: Meaning, of_kind: int) -> Outcome:
        """A year of which some were and some were not in the band by the day."""
        reached = self._asking.word("reached")
        question = Question(
            about="births",
            subject=feature.name,
            found=str(feature.day.year) if feature.day else "",
            rows=of_kind,
            choices=(reached, self._words[ASK]),
            proposal=reached,
        )
        words = {fold(word): REACHED for word in self._asking.words("reached")}
        said = self._asking.choose(question, words | self._only(ASK))
        if said is None:
            return Outcome(fate="open")
        return (
            Outcome(fate="value", value=read.value, kind="year")
            if said == REACHED
            else Outcome(fate=ASK, kind="births")
        )

    def _short(self, feature: Feature, cell: str, _read: Meaning, of_kind: int) -> Outcome:
        """A number of two digits below a question about the birth: an age, or the end of a year."""
        age, year = self._asking.word("age"), self._asking.word("year")
        question = Question(
            about="short",
            subject=feature.name,
            found=cell,
            rows=of_kind,
            choices=(age, year, self._words[ASK]),
        )
        words = {fold(word): "age" for word in self._asking.words("age")}
        words |= {fold(word): "year" for word in self._asking.words("year")}
        said = self._asking.choose(question, words | self._only(ASK))
        if said is None:
            return Outcome(fate="open")
        if said == ASK:
            return Outcome(fate=ASK, kind="short")
        meant = f"{cell} years" if said == "age" else f"'{cell.zfill(2)}"
        read = feature.read({meant}, of_birth=True)[meant]
        if read.kind == "asked":
            return self._asked(feature, cell, read, of_kind)
        return self._outcome(feature, meant, read, of_kind, of_kind)

    def _without(self, feature: Feature, kind: str, cell: str, of_kind: int) -> Outcome:
        question = Question(
            about=kind,
            subject=feature.name,
            found=cell,
            rows=of_kind,
            choices=tuple(self._words.values()),
            proposal=self._words[PROPOSED[kind]],
        )
        fate = self._fate(question)
        return fate or Outcome(fate="open", kind=kind)

    def _asked(self, feature: Feature, cell: str, read: Meaning, count: int) -> Outcome:
        question = Question(
            about="word",
            subject=feature.name,
            found=cell,
            rows=count,
            choices=(*feature.labels, *self._words.values()),
            proposal=read.guess or read.value,
        )
        said = self._asking.ask(question)
        if said is None:
            return Outcome(fate="open")
        meant = feature.read({said}, of_birth=False)[said]
        if meant.kind == "value":
            return Outcome(fate="value", value=meant.value, kind="answered")
        return self._fate(question) or Outcome(fate="open")

    def _fate(self, question: Question) -> Outcome | None:
        """What was chosen for those without a value; None if nothing was, or nothing known."""
        said = self._asking.ask(question)
        if said is None:
            return None
        word, _, reason = said.partition(":")
        fate = self._fates.get(fold(word))
        if fate is None:
            self._asking.refuse(question)
            return None
        kind = question.about if question.about in WITHOUT else "other"
        value = self._names[kind] if fate in {OWN, NONE} else ""
        return Outcome(fate=fate, value=value, kind=kind, reason=reason.strip())

    def _only(self, fate: str) -> dict[str, str]:
        return {word: own for word, own in self._fates.items() if own == fate}


def added(outcomes: Outcomes, feature: str) -> dict[str, tuple[str, int]]:
    """The values that a feature gets besides those of its quotas, with their fate and people."""
    found: dict[str, tuple[str, int]] = {}
    for own in outcomes.values():
        one = own[feature]
        if one.fate in {OWN, NONE}:
            fate, count = found.get(one.value, (one.fate, 0))
            found[one.value] = (OWN if OWN in (fate, one.fate) else NONE, count + 1)
    return found
