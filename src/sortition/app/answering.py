"""What an intake asks and what it understood by itself, as lines that can be chosen in a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256

from sortition.steps.intake.located import CONSENT, Answers
from sortition.steps.intake.questions import Answer, Asking, Question, fate_words, fates_by_word
from sortition.steps.intake.result import Intake
from sortition.tables.labels import fold
from sortition.tables.matching import SAID

NOWHERE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that can be chosen.

    Attributes
    ----------
    question : Question
    chosen : str
        One of its choices: what was answered, or else understood, or else proposed; or nothing.
    open : bool
        Whether there is no pool before it is answered.
    how : str
        How it was understood without anybody, if it was.
    """

    question: Question = field(repr=False)
    chosen: str = field(repr=False)
    open: bool = False
    how: str = ""

    @property
    def name(self) -> str:
        """Of its field: by what it is about, so that it means the same in whatever order."""
        return f"q-{sha256(repr(self.question.key).encode()).hexdigest()[:16]}"


def lines_of(intake: Intake) -> list[Line]:
    """Everything that can be chosen, open or not, in the order in which it was asked."""
    asking = intake.asking
    understood = {line.question.key: line for line in _understood(intake)}
    asked = {
        key: Line(question=question, chosen=_chosen(question, asking), open=key in asking.open)
        for key, question in asking.asked.items()
    }
    return list({**understood, **asked}.values())


def answered(form: Mapping[str, str], intake: Intake) -> Asking:
    """What was answered before, with what a form says now.

    What is left as it was understood needs no answer.
    """
    answers = dict(intake.asking.answers)
    lines = lines_of(intake)
    for line in lines:
        text = form.get(line.name)
        if text is None:
            continue
        key = line.question.key
        if text not in line.question.choices:
            answers.pop(key, None)
        elif not (line.how and key not in answers and text == line.chosen):
            answers[key] = Answer(question=line.question, text=text, row=0)
    asked = {line.question.key: line.question for line in lines}
    return Asking(language=intake.options.language, answers=answers, asked=asked)


def _chosen(question: Question, asking: Asking) -> str:
    """The choice that was answered, in the words of this language; or the one proposed."""
    answer = asking.answers.get(question.key)
    said = question.proposal if answer is None else answer.text
    if answer is not None and _plain(said) == "yes" and question.proposal:
        said = question.proposal if "yes" not in map(_plain, question.choices) else said
    return next((one for one in question.choices if _plain(one) == _plain(said)), "")


@cache
def _known() -> dict[str, str]:
    """Words that an answer may have, folded, by what they mean in every language."""
    reached = {fold(word): "reached" for word in Asking.words("reached")}
    return {**SAID, **reached, **fates_by_word()}


def _plain(text: str) -> str:
    folded = fold(text.partition(":")[0]) if fold(text) not in _known() else fold(text)
    return _known().get(folded, fold(text))


def _understood(intake: Intake) -> Iterator[Line]:
    for source in intake.files.answers:
        yield from _columns(source)
        yield from _words(source, intake)


def _columns(source: Answers) -> Iterator[Line]:
    """Where each feature stands in a file, and the consent."""
    sheet = source.own.sheet
    for feature, found in source.sources.items():
        column = found.column if found else NOWHERE
        nowhere = () if found else (NOWHERE,)
        question = Question(
            about="column",
            subject=feature,
            found=sheet.file,
            rows=sheet.table.size,
            choices=(*sheet.table.header, *nowhere),
        )
        yield Line(question=question, chosen=column, how=found.how if found else "nowhere")
    known = source.own.roles[CONSENT]
    question = Question(
        about="column",
        subject=CONSENT,
        found=sheet.file,
        choices=(*(known or sheet.table.header), NOWHERE),
        proposal=known[0] if known else NOWHERE,
    )
    yield Line(question=question, chosen=source.consent or NOWHERE, how="question")


def _words(source: Answers, intake: Intake) -> Iterator[Line]:
    """Everyday words that were read by themselves, and could be read otherwise."""
    fates = fate_words(intake.options.language).values()
    for feature in intake.files.features:
        found = source.sources.get(feature.name)
        counts = found.cells.counts() if found else {}
        for cell, read in sorted(found.read.items() if found else ()):
            if read.kind != "value" or read.how != "words":
                continue
            question = Question(
                about="word",
                subject=feature.name,
                found=cell,
                rows=counts.get(cell, 0),
                choices=(*feature.labels, *fates),
                proposal=read.value,
            )
            yield Line(question=question, chosen=read.value, how="words")
