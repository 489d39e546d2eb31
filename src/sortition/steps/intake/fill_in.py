"""The table of questions: written to be filled in, read when it is given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sortition.errors import InputErrors
from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.intake.questions import LANGUAGES, ROOM, Answer, Asking, Key, Question, in_full
from sortition.tables.content import File
from sortition.tables.labels import fold
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.written.lists import workbook_bytes

COLUMNS = ("question", "found", "rows", "choices", "proposal", "answer", "about", "subject")


def read_answers(path: File | None, language: Language) -> Asking:
    """The answers in a table that was filled in; those that are blank stay open.

    Raises
    ------
    InputErrors
        If it cannot be read, or is no such table.
    """
    if path is None:
        return Asking(language=language)
    table = read_table(path)
    columns = _columns(table)
    cells = {name: table.column(own) for name, own in columns.items()}
    answers: dict[Key, Answer] = {}
    faults = []
    for place, row in enumerate(table.row_numbers):
        text = cells["answer"][place]
        question = Question(
            about=cells["about"][place],
            subject=cells["subject"][place],
            found=cells["found"][place],
        )
        if not text:
            continue
        first = answers.setdefault(question.key, Answer(question=question, text=text, row=row))
        if fold(first.text) != fold(text):
            code, facts = "intake-answer-twice", {"first": first.row}
            faults.append(table.finding(code=code, row=row, value=text, facts=facts))
    if faults:
        raise InputErrors(tuple(faults))
    return Asking(language=language, answers=answers, table=table)


def _columns(table: Table) -> dict[str, str]:
    headers = [
        {name: wording(language, ROOM).text(f"table.{name}") for name in COLUMNS}
        for language in LANGUAGES
    ]
    for named in headers:
        if all(named[name] in table.header for name in ("found", "answer", "about", "subject")):
            return {name: own for name, own in named.items() if own in table.header}
    raise InputErrors((table.finding(code="intake-answers-no-table"),))


def questions_workbook(asking: Asking) -> bytes:
    """The table to fill in: what is open, then what was answered before."""
    rows = [(question, "") for question in asking.open.values()]
    return _workbook([*rows, *_kept(asking)], asking.language)


def answers_workbook(asking: Asking) -> bytes:
    """All that was answered, to be given with the next file."""
    return _workbook(_kept(asking), asking.language)


def _kept(asking: Asking) -> list[tuple[Question, str]]:
    return [
        (question, in_full(question, answer.text))
        for key, answer in asking.answers.items()
        for question in [asking.asked.get(key, answer.question)]
    ]


def _workbook(rows: Sequence[tuple[Question, str]], language: Language) -> bytes:
    w = wording(language, ROOM)
    header = tuple(w.each("table", *COLUMNS))
    cells = (header, *_rows(rows, language))
    return workbook_bytes({w.text("table.title"): cells}, ids=header)  # figures are quoted words


def _rows(rows: Sequence[tuple[Question, str]], language: Language) -> Iterator[tuple[str, ...]]:
    w = wording(language, ROOM)
    for question, answer in rows:
        yield (
            w.text(f"ask.{question.about}", subject=question.subject),
            question.found,
            str(question.rows) if question.rows else "",
            " | ".join(question.choices),
            question.proposal,
            answer,
            question.about,
            question.subject,
        )
