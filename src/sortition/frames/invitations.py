"""Who gets a letter, drawn from a registry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from sortition.core.progress import Silent
from sortition.frames.showing import Shown, findings_frame
from sortition.frames.sources import (
    Names,
    Place,
    Source,
    Sources,
    file_of,
    files_of,
    names_of,
    path_of,
)
from sortition.frames.telling import telling
from sortition.model.choices import BothLanguages, DesignName
from sortition.selection.select import fresh_seed
from sortition.steps.invite.lists import INVITED, LETTERS
from sortition.steps.invite.options import Options
from sortition.steps.invite.run import Invited
from sortition.steps.invite.run import invite as draw_invited
from sortition.tables.content import File
from sortition.tables.reading import read_table
from sortition.tables.rows import Table


class InvitationResult(Shown):
    """Who was drawn from a registry; see `invite`.

    `invited` has those who get a letter, `letters` the same for whoever sends them.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> town = pd.DataFrame({"id": [f"{n:03}" for n in range(100)]})
    >>> sortition.invite(town, size=10, seed="1").letters.columns.to_list()
    ['code', 'id']
    """

    def __init__(self, invited: Invited, people: Table, letters: Table) -> None:
        """Made by `sortition.invite`."""
        self._invited, self._people, self._letters = invited, people, letters

    @property
    def invited(self) -> pd.DataFrame:
        """Those who were drawn, with the registry's own columns."""
        return _frame(self._people)

    @property
    def letters(self) -> pd.DataFrame:
        """The same for whoever sends the letters, with a code for each person."""
        return _frame(self._letters)

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed."""
        return findings_frame(self._invited.assumed)

    def _headline(self) -> str:
        return f"Invitation: {len(self._people.rows)} letters"

    def _facts(self) -> Mapping[str, str]:
        facts = self._invited.facts
        return {} if facts is None else {"seed": str(facts.seed), "wave": str(facts.wave)}


@telling
def invite(
    registry: Source,
    *,
    size: int,
    by: Names = (),
    household: Names = (),
    id: str | None = None,
    mapping: Place | None = None,
    from_cpr: Names = (),
    age_on: date | None = None,
    min_age: int | None = None,
    protected: str | None = None,
    keep_protected: bool = False,
    only: Names = (),
    exclude: Sources | None = None,
    design: DesignName | None = None,
    not_again: Sources | None = None,
    seed: str | None = None,
    key: Place | None = None,
    out: Place | None = None,
    language: BothLanguages = "en",
    overwrite: bool = False,
) -> InvitationResult:
    """Draw who gets a letter, by tickets that anybody with the seed can check.

    Parameters
    ----------
    registry : DataFrame, str or PathLike
        A row a person; also Parquet, or a folder of Parquet.
    size : int
        How many letters.
    by : str or sequence of str
        The columns that strata are made of.
    household : str or sequence of str
        The columns of an address, from which at most one person is drawn.
    id : str, optional
        The column that tells people apart.
    mapping : str or PathLike, optional
        A map: how columns and cells are to be read, and who is left out.
    from_cpr : str or sequence of str
        The columns to make of CPR numbers: ``age`` or ``alder``, ``sex`` or ``køn``.
    age_on : date, optional
        The day on which ages count.
    min_age : int, optional
        Nobody younger is invited; 0: of any age.
    protected : str, optional
        The column that says who has address protection, if its name does not say so.
    keep_protected : bool
        Whether people with address protection are invited all the same.
    only : str or sequence of str
        The groups that the letters are for alone, each as ``age=16-29,30-44``.
    exclude : DataFrame, str or PathLike, or a sequence of them, optional
        Lists of people who may not be invited.
    design : str, optional
        How letters are shared out; without it, Hamilton's way where there are strata.
    not_again : DataFrame, str or PathLike, or a sequence of them, optional
        Lists of people who were invited before.
    seed : str, optional
        The public random text that draws; without it, a fresh one.
    key : str or PathLike, optional
        A file with a secret of at least 32 characters, which makes pseudonyms for the tickets and
        the codes in the letters; it is made if it is not there. Without one, codes are made at
        random.
    out : str or PathLike, optional
        A folder for what ``sortition invite`` writes.
    language : {"en", "da"}
        Of the page.
    overwrite : bool
        Whether former invitations may be replaced.

    Returns
    -------
    InvitationResult

    Raises
    ------
    InputErrors
        With every fault of the inputs, in words in its notes.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> town = pd.DataFrame({"id": [f"{n:03}" for n in range(100)], "sex": list("fm") * 50})
    >>> sortition.invite(town, size=10, by="sex", seed="1").invited["sex"].value_counts().to_dict()
    {'f': 5, 'm': 5}
    """
    with TemporaryDirectory() as private:
        stored = partial(_on_disk, folder=Path(private))
        folder = path_of(out) or Path(private) / "invitations"
        options = Options(
            registries=(stored(file_of(registry, "registry.csv")),),
            out=folder,
            size=size,
            seed=fresh_seed() if seed is None else seed,
            by=names_of(by),
            household=names_of(household),
            id_column=id,
            mapping=path_of(mapping),
            from_cpr=names_of(from_cpr),
            age_on=age_on,
            min_age=min_age,
            protected=protected,
            keep_protected=keep_protected,
            only=names_of(only),
            excluded=tuple(map(stored, files_of(exclude, "exclude"))),
            design=design,
            key=path_of(key),
            not_again=tuple(map(stored, files_of(not_again, "not_again"))),
            language=language,
            overwrite=overwrite,
        )
        done = draw_invited(options, Silent())
        people, letters = (read_table(folder / name) for name in (INVITED, LETTERS))
    return InvitationResult(done, people, letters)


def _on_disk(file: File, folder: Path) -> Path:
    """Where a file lies; a registry may be larger than the memory, and is read from there alone."""
    if isinstance(file, Path):
        return file
    (folder / file.name).write_bytes(file.data)
    return folder / file.name


def _frame(table: Table) -> pd.DataFrame:
    return pd.DataFrame(table.rows, columns=list(table.header), dtype="str")
