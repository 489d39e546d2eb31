"""A panel after it was drawn: who leaves, and who comes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from sortition.core.progress import Silent
from sortition.frames.showing import Shown, findings_frame
from sortition.frames.sources import Place, Source, file_of, path_of
from sortition.frames.telling import telling
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.run import Replaced, replace_dropouts
from sortition.tables.content import File

People = Source | Sequence[str]


class ReplacementResult(Shown):
    """A round of replacements; see `replace`.

    `gone` and `came` are ids, `quotas` counts the panel as it is now. The folder of the panel has
    the round.

    Examples
    --------
    >>> import sortition
    >>> samples = "data/samples/pool.csv", "data/samples/quotas.csv"
    >>> selection = sortition.lottery(*samples, size=36).draw(seed="1")
    >>> panel = selection.save("panel")
    >>> round_ = sortition.replace(panel, [selection.panel["deltager_id"].iloc[0]])
    >>> len(round_.came)
    1
    """

    def __init__(self, replaced: Replaced) -> None:
        """Made by `sortition.replace`."""
        self._replaced = replaced

    @property
    def gone(self) -> tuple[str, ...]:
        """Who left, by id."""
        return self._replaced.gone

    @property
    def came(self) -> tuple[str, ...]:
        """Who came, by id."""
        return self._replaced.came

    @property
    def quotas(self) -> pd.DataFrame:
        """By feature and value: bounds, and how many of the panel count for them now."""
        rows = {
            (one.feature, one.value): (one.lower, one.upper, one.seats)
            for one in self._replaced.quotas
        }
        index = pd.MultiIndex.from_tuples(list(rows), names=["feature", "value"])
        return pd.DataFrame(list(rows.values()), index=index, columns=["lower", "upper", "now"])

    @property
    def findings(self) -> pd.DataFrame:
        """What was assumed."""
        return findings_frame(self._replaced.assumed)

    def _headline(self) -> str:
        if self._replaced.announced:
            return f"Replacement: {len(self.gone)} left, announced and not drawn yet"
        return f"Replacement: {len(self.gone)} left, {len(self.came)} came"

    @property
    def announced(self) -> str:
        """The SHA-256 to announce, if the round is yet to be drawn; else empty."""
        return self._replaced.announced

    def _facts(self) -> Mapping[str, str]:
        return {"alternates left": str(self._replaced.reserve), **self._chances()}

    def _chances(self) -> dict[str, str]:
        report = self._replaced.report
        return {} if report is None else {"SHA-256 of the lottery": report.lottery_digest}


@telling
def replace(
    folder: Place,
    dropouts: People | None = None,
    *,
    unavailable: People | None = None,
    places_from: Literal["alternates", "pool"] | None = None,
    seed: str | None = None,
    drawn: str | None = None,
    beacon: Place | None = None,
    promise: str | None = None,
) -> ReplacementResult:
    """Fill the places of those who leave a panel, and write the round to its folder.

    With `promise`, list and lottery are fixed and announced; called again without `dropouts`, it
    draws from them.

    Parameters
    ----------
    folder : str or PathLike
        Where the panel was saved.
    dropouts : DataFrame, str or PathLike, or sequence of str, optional
        Who leaves: ids, or a call list, of which those who declined. A text is a path. Without it,
        the round that was announced is drawn.
    unavailable : likewise, optional
        Who else cannot come.
    places_from : {"alternates", "pool"}, optional
        Without it, the alternates if there are some who fit, else the pool.
    seed, drawn, beacon : str, optional
        What draws; without them, the seed of the first draw.
    promise : str, optional
        What will draw: ``drawn`` by hand, or a round of the beacon by its number or time.

    Returns
    -------
    ReplacementResult

    Raises
    ------
    InputErrors
        With every fault, in words in its notes; nothing is written.
    SolverFailed

    Examples
    --------
    >>> import sortition
    >>> samples = "data/samples/pool.csv", "data/samples/quotas.csv"
    >>> selection = sortition.lottery(*samples, size=36).draw(seed="1")
    >>> leaving = selection.panel["deltager_id"].head(2).to_list()
    >>> sortition.replace(selection.save("panel-2026"), leaving)
    Replacement: 2 left, 2 came
    """
    return ReplacementResult(
        replace_dropouts(
            ReplaceOptions(
                directory=Path(folder),
                dropouts=None if dropouts is None else _people(dropouts, "dropouts.csv"),
                unavailable=None
                if unavailable is None
                else _people(unavailable, "unavailable.csv"),
                places_from=places_from,
                seed=seed,
                digits=drawn,
                beacon_file=path_of(beacon),
                language=None,
                promise=promise,
            ),
            Silent(),
        )
    )


def _people(people: People, name: str) -> File:
    if isinstance(people, pd.DataFrame | str | os.PathLike):
        return file_of(people, name)
    return file_of(pd.DataFrame({"id": list(people)}, dtype="str"), name)
