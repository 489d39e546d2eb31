"""The members' questionnaire: statements to agree with or not, as a form, and as it comes back.

It asks what the guides on evaluating deliberative processes of the OECD and of Sweden's
municipalities and regions (SKR) ask for, in words of our own: how good information, time and
moderation were, whether members were heard and free, what influence and learning came of it, and
whether they would take part again. It asks for no name, and for nothing in free text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sortition.errors import Finding, InputErrors
from sortition.model import Language
from sortition.pages.wording import Wording, wording
from sortition.tables.content import File
from sortition.tables.faults import told_together
from sortition.tables.reading import read_table
from sortition.tables.rows import Table, other_sheets
from sortition.tables.written.lists import workbook_bytes

ROOM = "steps/evaluate"
LANGUAGES: tuple[Language, ...] = ("en", "da")
QUESTIONS = (
    "information",
    "balance",
    "enough_time",
    "moderation",
    "heard",
    "freedom",
    "independence",
    "influence",
    "learning",
    "again",
)
# what the numbers from 1 on stand for
SCALE = ("strongly_disagree", "disagree", "neither", "agree", "strongly_agree")
NO_ANSWER = {"", "don t know", "ved ikke"}
NUMBERED = re.compile(r"^\d+ ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came back.

    Attributes
    ----------
    people : int
        How many answered at least one question.
    points : mapping of str to tuple of int
        The answers by question, from 1 to 5; for questions that a column was found for.
    assumed : tuple of Finding
    """

    people: int
    points: Mapping[str, tuple[int, ...]] = field(repr=False)  # people's data
    assumed: tuple[Finding, ...]


def read_questionnaire(path: File, *, members: int) -> Answers:
    """Read a table with a row a person and a column a question.

    Questions are known by their words in either language or by their codes, answers by numbers from
    1 to 5 or their words. Other columns are not read.

    Parameters
    ----------
    path : File
    members : int
        How many people were ever on the panel.

    Raises
    ------
    InputErrors
        With every fault of the table.
    """
    names = _names()
    table = read_table(path, headed=lambda row: any(_key(cell) in names for cell in row))
    asked = [(names[_key(name)], name) for name in table.header if _key(name) in names]
    faults = list(_faults(table, asked))
    doubts = table.doubts([name for _, name in asked])
    doubtful = {(doubt.row, doubt.column) for doubt in doubts}
    faults += doubts
    points: dict[str, list[int | None]] = {}
    for code, name in asked:
        points[code] = [_meant().get(_letters(cell)) for cell in table.column(name)]
        unread = _unread(table, name)
        faults += told_together([one for one in unread if (one.row, name) not in doubtful])
    rows = zip(*points.values(), strict=True)
    people = sum(any(point is not None for point in row) for row in rows)
    if not people and not faults:
        faults.append(table.finding(code="questionnaire-blank"))
    if people > members:
        facts = {"answers": people, "members": members}
        faults.append(table.finding(code="questionnaire-too-many", facts=facts))
    if faults:
        raise InputErrors(tuple(faults))
    return Answers(
        people=people,
        points={code: tuple(p for p in row if p is not None) for code, row in points.items()},
        assumed=(*table.assumed, *_passed_over(table, asked)),
    )


def template_files(language: Language) -> dict[str, bytes]:
    """The questionnaire as a workbook to fill in, and as text to paste into a form, by name."""
    w = wording(language, ROOM)
    questions, scale = asked_in(w), _scale(w)
    points = [(str(number), word) for number, word in enumerate(scale, start=1)]
    sheets: dict[str, list[tuple[str, ...]]] = {
        w.text("form.answers"): [tuple(questions)],
        w.text("form.scale"): [(w.text("form.number"), w.text("form.meaning")), *points],
    }
    answers = "".join(f"   ( ) {number} – {word}\n" for number, word in points)
    asked = [f"{number}. {text}\n{answers}" for number, text in enumerate(questions, start=1)]
    parts = [w.text("form.title") + "\n", w.text("form.how") + "\n", *asked]
    return {
        "questionnaire.xlsx": workbook_bytes(sheets),
        "questionnaire.txt": "\n".join(parts).encode(),
    }


def asked_in(w: Wording) -> list[str]:
    """The questions in words, in their order."""
    return [w.text(f"questions.{code}") for code in QUESTIONS]


def _scale(w: Wording) -> list[str]:
    return [w.text(f"scale.{point}") for point in SCALE]


def _key(text: str) -> str:
    """A text for matching: its letters and figures, without a number before it."""
    return NUMBERED.sub("", _letters(text), count=1)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


@cache
def _names() -> dict[str, str]:
    """The codes of the questions by all that they are called."""
    names = {_key(code): code for code in QUESTIONS}
    for language in LANGUAGES:
        texts = map(_key, asked_in(wording(language, ROOM)))
        names |= dict(zip(texts, QUESTIONS, strict=True))
    return names


@cache
def _meant() -> dict[str, int | None]:
    """What answers mean, by all ways to write them; None for those that are none."""
    meant: dict[str, int | None] = dict.fromkeys(NO_ANSWER)
    for language in LANGUAGES:
        for number, word in enumerate(_scale(wording(language, ROOM)), start=1):
            spelt = (f"{number}", f"{number}.0", word, f"{number} {word}")
            meant |= dict.fromkeys(map(_letters, spelt), number)
    return meant


def _faults(table: Table, asked: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """No column is a question, or two are the same one."""
    if not asked:
        yield table.finding(code="questionnaire-unknown")
        yield from other_sheets(table)
    codes = [code for code, _ in asked]
    for number, (code, name) in enumerate(asked):
        if code in codes[:number]:
            yield table.finding(code="questionnaire-twice", column=name)


def _unread(table: Table, name: str) -> Iterator[Finding]:
    """The cells of a question that are no answer."""
    for row, cell in zip(table.row_numbers, table.column(name), strict=True):
        if _letters(cell) not in _meant():
            yield table.finding(code="questionnaire-answer", row=row, column=name, value=cell)


def _passed_over(table: Table, asked: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Columns are counted and not named: where the header is missing, names are answers."""
    others = len(table.header) - len(asked)
    if others:
        yield table.finding(code="questionnaire-columns", facts={"count": others})
    missing = len(QUESTIONS) - len(asked)
    if missing:
        yield table.finding(code="questionnaire-questions", facts={"count": missing})
