"""What the call list is called in each language."""

from __future__ import annotations

from typing import get_args

from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.members.calls import STATUSES
from sortition.steps.members.worksheet_names import COLUMNS, WorksheetWords


def worksheet_words(language: Language) -> WorksheetWords:
    """The words of one language."""
    w = wording(language, "steps/members")
    return WorksheetWords(
        sheet=w.text("calls.sheet"),
        columns={name: w.text(f"calls.{name}") for name in COLUMNS},
        answers=tuple(w.text("calls.answers").split(", ")),
        statuses={status: w.text(f"statuses.{status}") for status in STATUSES},
        also={status: tuple(w.text(f"also.{status}").split(", ")) for status in STATUSES},
    )


def worksheet_languages() -> tuple[WorksheetWords, ...]:
    """The words of all languages, since a list may be read back in any."""
    return tuple(worksheet_words(language) for language in get_args(Language))
