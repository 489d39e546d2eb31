"""What went wrong, in the words of somebody who looks at a page.

The sentences are those of the commands and name options, such as ``--size``; here that is the
field of a form. Where a form does otherwise than a terminal, ours stand in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from sortition.errors import (
    Finding,
    InputErrors,
    SolverFailed,
    SortitionError,
    VerificationFailed,
)
from sortition.model import InfeasibleQuotas, Language
from sortition.pages.wording import Wording
from sortition.texts import Sentence, describe, sentences
from sortition.texts.grouping import counted
from sortition.texts.speech import SPOKEN

OPTION = re.compile(r"--([a-z][a-z-]*)(?: (?:\"[^\"]*\"|\d[\d,+-]*))?")


def told(error: SortitionError, w: Wording) -> tuple[Sentence, ...]:
    """Why something could not be done, a sentence for each fault; a clash is shown elsewhere."""
    if isinstance(error, InputErrors):
        return said(error.faults, w)
    if isinstance(error, VerificationFailed):
        return (_ours(w, "problems.does_not_hold"), *said(error.findings, w))
    if isinstance(error, InfeasibleQuotas):
        return (_ours(w, "problems.infeasible"),)
    if isinstance(error, SolverFailed):
        return (_ours(w, "problems.solver"),)
    return (_ours(w, "problems.stopped"),)


def said(findings: Iterable[Finding], w: Wording) -> tuple[Sentence, ...]:
    """Findings in words; those that have no sentence in the language of the page in English."""
    found = list(findings)
    known = sentences(w.language)
    ours = [finding for finding in found if finding.code in known]
    others = [finding for finding in found if finding.code not in known]
    return (*_lines(ours, w.language, w), *_lines(others, "en", w))


def _lines(findings: list[Finding], language: Language, w: Wording) -> tuple[Sentence, ...]:
    before = SPOKEN.set(language)  # of the small words between sentences
    try:
        lines = counted(findings, partial(_described, language=language, w=w))[0]
    finally:
        SPOKEN.reset(before)
    return tuple(Sentence(text=line, language=language) for line in lines)


def _described(finding: Finding, *, language: Language, w: Wording) -> str:
    ours = f"instead.{finding.code.replace('-', '_')}" if language == w.language else ""

    def spelled(words: str) -> str:
        return OPTION.sub(partial(_field, w), words)

    return describe(finding, language, spelled, w.texts.get(ours))


def _field(w: Wording, option: re.Match[str]) -> str:
    """What a form calls an option; one that no form has is called as the commands do."""
    key = f"options.{option[1].replace('-', '_')}"
    return f"“{w.text(key)}”" if key in w.texts else option[0]


def _ours(w: Wording, key: str) -> Sentence:
    return Sentence(text=w.text(key), language=w.language)
