"""What a person has to say before there is a pool.

An answer is kept by what it is about, never by its place, so that it holds for the next file too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sortition.errors import Finding
from sortition.model import Language
from sortition.pages.wording import wording
from sortition.tables.labels import fold, listed
from sortition.tables.matching import SAID, YES
from sortition.tables.rows import Table

ROOM = "steps/intake"
LANGUAGES: tuple[Language, ...] = ("en", "da")
# what can become of somebody who has no value of a feature
OWN, NONE, ASK, OUT = "own", "none", "ask", "out"
FATES = (OWN, NONE, ASK, OUT)
ONCE = {
    "other",
    "untold",
    "blank",
    "births",
    "short",
    "day",
}  # asked once of a feature, whatever was found
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to be asked.

    Attributes
    ----------
    about : str
        ``column``, ``word``, ``other``, ``untold``, ``blank``, ``births``, ``short``, ``day``,
        ``consent``, ``sheet``, ``same``, ``which``, ``code`` or ``excluded``.
    subject : str
        The feature, or what else it is about.
    found : str
        What stands in the files.
    rows : int
        In how many rows.
    choices : tuple of str
        What may be answered, as it is written in the language of the table.
    proposal : str
    """

    about: str
    subject: str
    found: str = field(repr=False)
    rows: int = 0
    choices: tuple[str, ...] = ()
    proposal: str = field(default="", repr=False)

    @property
    def key(self) -> Key:
        """By what its answer is kept."""
        found = "" if self.about in ONCE else fold(self.found)
        return self.about, fold(self.subject), found


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, and in which row of the table."""

    question: Question
    text: str = field(repr=False)
    row: int


@dataclass(slots=True, kw_only=True)
class Asking:
    """The questions of a run: those that were answered before, and those that are open.

    Attributes
    ----------
    language : {"en", "da"}
        Of the table of questions.
    answers : mapping of Key to Answer
    table : Table or None
        The one that was given back.
    open : dict of Key to Question
    asked : dict of Key to Question
        All of them.
    faults : list of Finding
        Answers that mean nothing.
    """

    language: Language
    answers: Mapping[Key, Answer] = field(default_factory=dict)
    table: Table | None = None
    open: dict[Key, Question] = field(default_factory=dict)
    asked: dict[Key, Question] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    def ask(self, question: Question) -> str | None:
        """What was answered; None, and the question is open, if nothing was."""
        answer = self.answers.get(question.key)
        self.asked.setdefault(question.key, question)
        if answer is None:
            self.open.setdefault(question.key, question)
            return None
        return in_full(question, answer.text)

    def choose(self, question: Question, choices: Mapping[str, str]) -> str | None:
        """The choice that was answered, by the words for it, folded; None if it is open.

        An answer that is none of them is a fault.
        """
        said = self.ask(question)
        if said is None:
            return None
        if fold(said) in choices:
            return choices[fold(said)]
        self.refuse(question)
        return None

    def agreed(self, question: Question) -> bool | None:
        """A yes or a no; None if it is open."""
        said = self.choose(question, SAID)
        return None if said is None else said == "yes"

    def is_answered(self, about: str, subject: str, found: str) -> bool:
        """Whether somebody said something about what was understood without her."""
        return Question(about=about, subject=subject, found=found).key in self.answers

    def of_subject(self, about: str, subject: str) -> list[str]:
        """Every answer about something, whatever was found."""
        return [
            answer.text
            for (kind, name, _), answer in self.answers.items()
            if (kind, name) == (about, fold(subject))
        ]

    def word(self, name: str) -> str:
        """A word that can be answered, in the language of the table."""
        return wording(self.language, ROOM).text(f"words.{name}")

    @staticmethod
    def words(name: str) -> list[str]:
        """The same word in every language."""
        return [wording(language, ROOM).text(f"words.{name}") for language in LANGUAGES]

    def refuse(self, question: Question) -> None:
        """Note that an answer means nothing."""
        answer = self.answers[question.key]
        if self.table is not None:
            found = answer.question.found or question.found
            facts = {"found": found, "choices": listed(question.choices)}
            code = "intake-answer-unknown"
            fault = self.table.finding(code=code, row=answer.row, value=answer.text, facts=facts)
            if fault not in self.faults:  # one answer can be to many cells
                self.faults.append(fault)


def in_full(question: Question, text: str) -> str:
    """An answer without a yes to a proposal, since the next proposal may be another."""
    agreed = fold(text) in YES and fold(text) not in map(fold, question.choices)
    return question.proposal if agreed and question.proposal else text


def fate_words(language: Language) -> dict[str, str]:
    """How a table writes what can become of somebody without a value, by `FATES`."""
    w = wording(language, ROOM)
    return dict(zip(FATES, w.each("fates", *FATES), strict=True))


def fates_by_word() -> dict[str, str]:
    """What can become of somebody, by the folded words for it in every language."""
    return {
        fold(word): fate for language in LANGUAGES for fate, word in fate_words(language).items()
    } | {fate: fate for fate in FATES}
