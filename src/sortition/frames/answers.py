"""A pool from everything that came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from sortition.core.progress import Silent
from sortition.frames.showing import Shown, findings_frame
from sortition.frames.sources import Place, Source, Sources, file_of, files_of, path_of
from sortition.frames.telling import telling
from sortition.model.choices import BothLanguages
from sortition.steps.intake.options import CodeFor, IntakeOptions, Settled
from sortition.steps.intake.run import POOL, QUOTAS, TakenIn, take_in
from sortition.tables.reading import read_table
from sortition.tables.rows import Table


class IntakeResult(Shown):
    """What came of answers; true if there is a pool. See `intake`.

    `pool` has a row a person, `questions` what has to be said before there is one, `quotas` the
    quotas with values that were added, `left_out` how many cannot be drawn, and why.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> quotas = pd.DataFrame({"feature": "sex", "value": ["f", "m"], "min": 1, "max": 1})
    >>> form = pd.DataFrame({"E-mail": ["a@x.dk", "b@x.dk"], "Sex": ["Woman", "m"]})
    >>> sortition.intake(form, quotas).pool["sex"].to_list()
    ['f', 'm']
    """

    def __init__(self, taken: TakenIn, lists: Mapping[str, Table]) -> None:
        """Made by `sortition.intake`."""
        self._taken, self._lists = taken, lists

    def __bool__(self) -> bool:
        return not self._taken.questions

    @property
    def pool(self) -> pd.DataFrame:
        """A row a person, with an id of her own; empty while there are questions."""
        return self._frame(POOL)

    @property
    def quotas(self) -> pd.DataFrame | None:
        """The quotas with the values that were added; None if none were."""
        return self._frame(QUOTAS) if QUOTAS in self._lists else None

    @property
    def questions(self) -> pd.DataFrame:
        """What is open: fill in its column of answers, and give it back as ``given``."""
        return self._frame(self._taken.questions)

    def _frame(self, name: str) -> pd.DataFrame:
        table = self._lists.get(name)
        if table is None:
            return pd.DataFrame()
        return pd.DataFrame(table.rows, columns=list(table.header), dtype="str")

    @property
    def left_out(self) -> pd.DataFrame:
        """How many cannot be drawn, by reason; ``detail`` is the list, or what was answered."""
        reasons = self._taken.intake.reasons
        rows = [(one.reason, one.detail, count) for one, count in reasons.items()]
        return pd.DataFrame(sorted(rows), columns=["reason", "detail", "people"])

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed when the files were read, a row each."""
        return findings_frame(self._taken.intake.assumed)

    def _headline(self) -> str:
        intake = self._taken.intake
        if self:
            return f"{len(intake.pool)} people can be drawn."
        return f"{len(intake.asking.open)} questions are open, so there is no pool yet."

    def _facts(self) -> Mapping[str, str]:
        intake = self._taken.intake
        return {
            "answers": str(len(intake.given)),
            "people": str(len(intake.people)),
            "left out": str(len(intake.out)),
        }


@telling
def intake(
    answers: Sources,
    quotas: Source,
    *,
    size: int | None = None,
    age_on: date | None = None,
    invited: Sources | None = None,
    code_for: CodeFor = "person",
    exclude: Sources | None = None,
    table: Sources | None = None,
    given: Source | None = None,
    same: Settled = "last",
    out: Place | None = None,
    language: BothLanguages = "en",
    overwrite: bool = False,
) -> IntakeResult:
    """Make a pool of everything that came in: one person, one row, nobody lost, nobody twice.

    Parameters
    ----------
    answers : DataFrame, str or PathLike, or a sequence of them
        A row an answer, as forms export them. Read all of it as text (``dtype=str``).
    quotas : DataFrame, str or PathLike
        As `sortition.lottery` takes them; their features are what is looked for in the answers.
    size : int, optional
        How many people sit on the panel; for percentages and for values that are added.
    age_on : date, optional
        The day on which ages count.
    invited : DataFrame, str or PathLike, or a sequence of them, optional
        Who was asked, with codes.
    code_for : {"person", "household"}
        Who may answer by a code.
    exclude : DataFrame, str or PathLike, or a sequence of them, optional
        People who cannot be drawn.
    table : DataFrame, str or PathLike, or a sequence of them, optional
        Keys and what they stand for.
    given : DataFrame, str or PathLike, optional
        The questions of a former run, with answers.
    same : {"last", "first", "ask"}
        Which answer counts if somebody answered more than once.
    out : str or PathLike, optional
        A folder for what ``sortition intake`` writes.
    language : {"en", "da"}
        Of the page and the questions.
    overwrite : bool
        Whether a former intake may be replaced.

    Returns
    -------
    IntakeResult

    Raises
    ------
    InputErrors
        With every fault of the inputs, in words in its notes.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> quotas = pd.DataFrame({"feature": "sex", "value": ["f", "m"], "min": 1, "max": 1})
    >>> form = pd.DataFrame({"E-mail": ["a@x.dk", "b@x.dk"], "Sex": ["woman", "Andet"]})
    >>> asked = sortition.intake(form, quotas, size=2)
    >>> bool(asked)
    False
    >>> filled = asked.questions.assign(Answer="leave out")
    >>> len(sortition.intake(form, quotas, size=2, given=filled).pool)
    1
    """
    with TemporaryDirectory() as private:
        folder = path_of(out) or Path(private) / "intake"
        options = IntakeOptions(
            answers=files_of(answers, "answers"),
            quotas=file_of(quotas, "quotas.csv"),
            size=size,
            age_on=age_on,
            invited=files_of(invited, "invited"),
            code_for=code_for,
            excluded=files_of(exclude, "exclude"),
            tables=files_of(table, "table"),
            given=None if given is None else file_of(given, "given.csv"),
            same=same,
            language=language,
            out=folder,
            overwrite=overwrite,
        )
        taken = take_in(options, Silent())
        wanted = (POOL, QUOTAS, taken.questions)
        lists = {name: read_table(folder / name) for name in wanted if name in taken.files}
    return IntakeResult(taken, lists)
