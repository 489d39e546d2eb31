"""A panel at mixed tables, over several sessions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sortition.core.progress import Silent
from sortition.frames.showing import Shown, findings_frame
from sortition.frames.sources import Names, Place, Source, file_of, names_of
from sortition.frames.telling import telling
from sortition.model.choices import BothLanguages
from sortition.steps.seating.options import GroupsOptions
from sortition.steps.seating.run import Groups, seat_people, write_plan
from sortition.tables.content import File
from sortition.tables.cpr.rules import CprRules


class SeatingResult(Shown):
    """A seating plan; see `seat`.

    `tables` has everybody's table in each session; `save` writes plan and name cards.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> people = pd.DataFrame({"id": list("ABCDEF"), "sex": list("ffffmm")})
    >>> sortition.seat(people, tables=2, mix="sex").tables["session 1"].value_counts().to_list()
    [3, 3]
    """

    def __init__(self, options: GroupsOptions, groups: Groups) -> None:
        """Made by `sortition.seat`."""
        self._options, self._groups = options, groups

    @property
    def tables(self) -> pd.DataFrame:
        """The table of each person in each session; missing where she is not there."""
        sessions = {
            f"session {number}": list(seats)
            for number, seats in enumerate(self._groups.seating.seats, start=1)
        }
        ids = pd.Index(self._groups.read.people.ids, name="id")
        return pd.DataFrame(sessions, index=ids).astype("Int64")

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed."""
        return findings_frame(self._groups.assumed)

    @telling
    def save(self, folder: Place, *, overwrite: bool = False) -> Path:
        """Write plan and name cards, as ``sortition groups`` does, all files or none.

        Parameters
        ----------
        folder : str or PathLike
            Where to; it is made if it is not there.
        overwrite : bool
            Whether a former plan may be replaced.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputErrors
            If there is a former plan, or the folder cannot be written to.
        """
        write_plan(self._groups, self._options, Path(folder), overwrite=overwrite)
        return Path(folder)

    def _headline(self) -> str:
        seating = self._groups.seating
        return (
            f"Seating: {seating.problem.tables} tables, {self._options.sessions} sessions, "
            f"{seating.figures.meetings} of at most {seating.most} meetings"
        )

    def _facts(self) -> Mapping[str, str]:
        return {"seed": self._groups.seed}


@telling
def seat(
    people: Source,
    *,
    tables: int | None = None,
    chairs: str | None = None,
    sessions: int = 1,
    mix: Names | None = None,
    names: Names = (),
    id: str | None = None,
    rules: Source | None = None,
    attendance: Source | None = None,
    keep: Source | None = None,
    from_session: int | None = None,
    seed: str | None = None,
    effort: int = 1,
    language: BothLanguages = "en",
) -> SeatingResult:
    """Seat people at mixed tables, so that as many different people meet as possible.

    Parameters
    ----------
    people : DataFrame, str or PathLike
        A list of people, or the folder of a panel.
    tables : int, optional
        How many there are.
    chairs : str, optional
        In place of `tables`: at most so many people at a table (``6``), so many (``6-8``), or the
        chairs of each table (``4,6,8``).
    sessions : int
        How often people are seated anew.
    mix : str or sequence of str, optional
        The columns to mix tables on; without it, the features that have quotas.
    names : str or sequence of str
        The columns of people's names, for the cards.
    id : str, optional
        The column that tells people apart.
    rules, attendance, keep : DataFrame, str or PathLike, optional
        Who must or must not share a table, who comes to which session, and a former plan to keep.
    from_session : int, optional
        With `keep`: the first session that was not held yet.
    seed : str, optional
        The text that the search gets its chance from; without it, the one that drew the panel,
        if it is given by its folder, and otherwise always the same.
    effort : int
        How many times the usual number of exchanges are tried.
    language : {"en", "da"}
        Of the name cards.

    Returns
    -------
    SeatingResult

    Raises
    ------
    InputErrors
        With every fault of the inputs, and with rules that cannot be kept.
    SolverFailed

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> panel = pd.DataFrame({"id": list("ABCD"), "sex": ["f", "f", "m", "m"]})
    >>> seating = sortition.seat(panel, tables=2, sessions=1, mix="sex")
    >>> bool((seating.tables.loc["A"] != seating.tables.loc["B"]).all())
    True
    """
    options = GroupsOptions(
        people=file_of(people, "people.csv"),
        tables=tables,
        chairs=chairs,
        sessions=sessions,
        mix=None if mix is None else names_of(mix),
        names=names_of(names),
        id_column=id,
        sheet=None,
        cpr=CprRules(),
        rules=_file(rules, "rules.csv"),
        attendance=_file(attendance, "attendance.csv"),
        keep=_file(keep, "plan.csv"),
        from_session=from_session,
        seed=seed,
        effort=effort,
        language=language,
        out=None,
        overwrite=False,
    )
    return SeatingResult(options, seat_people(options, Silent()))


def _file(source: Source | None, name: str) -> File | None:
    return None if source is None else file_of(source, name)
