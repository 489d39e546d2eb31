"""What an intake was asked to do."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sortition.model import Language
from sortition.tables.content import File

Settled = Literal["last", "first", "ask"]
CodeFor = Literal["person", "household"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOptions:
    """What an intake was asked to do.

    Attributes
    ----------
    answers : sequence of File
        What came in, in the order in which it counts where no answer says when it was given.
    quotas : File
    quotas_sheet : str or None
    size : int or None
        How many people sit on the panel; percentages need it, and values that are added.
    age_on : date or None
        The day on which ages count.
    invited : sequence of File
        Who was asked, with their codes: the lists of waves, and of other frames.
    code_for : {"person", "household"}
        Who may answer by a code.
    excluded : sequence of File
        Lists of people who cannot be drawn.
    tables : sequence of File
        Keys and what they stand for.
    given : File or None
        The table of questions, filled in.
    same : {"last", "first", "ask"}
        Which of several answers of a person counts.
    language : {"en", "da"}
    asked_in : {"en", "da"} or None
        The language of the table of questions; None: the same.
    out : Path
    overwrite : bool
    """

    answers: Sequence[File]
    quotas: File
    quotas_sheet: str | None = None
    size: int | None = None
    age_on: datetime.date | None
    invited: Sequence[File] = ()
    code_for: CodeFor = "person"
    excluded: Sequence[File] = ()
    tables: Sequence[File] = ()
    given: File | None = None
    same: Settled = "last"
    language: Language = "en"
    asked_in: Language | None = None
    out: Path
    overwrite: bool = False

    @property
    def paths(self) -> tuple[File, ...]:
        """The files that are read."""
        lists = (*self.answers, self.quotas, *self.excluded, *self.tables, *self.invited)
        return lists if self.given is None else (*lists, self.given)
