"""A panel that was drawn from a lottery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sortition.frames.showing import Shown, quotas_frame
from sortition.frames.sources import Place
from sortition.frames.telling import telling
from sortition.model import Language
from sortition.selection.select import Selection
from sortition.steps.select.ready import Ready, check_folder
from sortition.steps.select.writing import write
from sortition.tables.written.lists import people


class SelectionResult(Shown):
    """A panel that was drawn; see `LotteryResult.draw`.

    `panel` has its people, `not_selected` the others, `alternates` those in reserve; `quotas`
    counts them, `ticket` and `seed` say what drew them, and `save` writes the folder.

    Examples
    --------
    >>> import sortition
    >>> samples = "data/samples/pool.csv", "data/samples/quotas.csv"
    >>> selection = sortition.lottery(*samples, size=36).draw(seed="1")
    >>> selection.panel["køn"].value_counts().sum()
    np.int64(36)
    >>> bool(sortition.verify(selection.save("panel")))
    True
    """

    def __init__(self, ready: Ready, selection: Selection) -> None:
        """Made by `LotteryResult.draw`."""
        self._ready, self._selection = ready, selection

    @property
    def panel(self) -> pd.DataFrame:
        """The people who were drawn, with the pool's own columns, sorted by id."""
        return self._people(selected=True)

    @property
    def not_selected(self) -> pd.DataFrame:
        """The others, likewise."""
        return self._people(selected=False)

    @property
    def alternates(self) -> pd.DataFrame:
        """Those in reserve on the same ticket, in the order in which they are called."""
        roster = self._ready.reading.roster
        called = self._selection.prepared.lottery.panel(self.ticket).alternates
        header, rows = people(roster, called)
        by_id = dict(zip(sorted(called), rows, strict=True))
        return pd.DataFrame([by_id[id] for id in called], columns=list(header), dtype="str")

    @property
    def quotas(self) -> pd.DataFrame:
        """By feature and value: bounds, pool, expected, and selected."""
        return quotas_frame(self._selection.report.quotas, selected=True)

    @property
    def ticket(self) -> int:
        """The number of the ticket that was drawn."""
        return self._selection.ticket

    @property
    def seed(self) -> str | None:
        """The text that drew it."""
        return self._selection.report.seed

    @telling
    def save(
        self,
        folder: Place,
        *,
        language: Language = "en",
        contacts_of_others: bool = False,
        overwrite: bool = False,
    ) -> Path:
        """Write the folder that ``sortition select`` writes, all of its files or none.

        Parameters
        ----------
        folder : str or PathLike
            Where to; it is made if it is not there.
        language : {"en", "da", "nb"}
            Of the report.
        contacts_of_others : bool
            Whether ``not_selected.csv`` has all columns, and not only what the quotas count.
        overwrite : bool
            Whether the results of a former selection may be replaced.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputErrors
            If there are former results, or the folder cannot be written to.
        """
        out = Path(folder)
        options = replace(
            self._ready.options,
            out=out,
            language=language,
            contacts_of_others=contacts_of_others,
            overwrite=overwrite,
        )
        check_folder(options, out)
        write(replace(self._ready, options=options), self._selection)
        return out

    def _people(self, *, selected: bool) -> pd.DataFrame:
        roster, panel = self._ready.reading.roster, set(self._selection.panel)
        ids = panel if selected else set(roster.ids) - panel
        header, rows = people(roster, ids)
        return pd.DataFrame(rows, columns=list(header), dtype="str")

    def _headline(self) -> str:
        report = self._selection.report
        return (
            f"Selection: {report.panel_size} of {report.pool_size} people, "
            f"by ticket {self.ticket} of {report.tickets.count}"
        )

    def _facts(self) -> Mapping[str, str]:
        met = sum(q.lower <= q.selected <= q.upper for q in self._selection.report.quotas)
        return {
            "quotas met": f"{met} of {len(self._selection.report.quotas)}",
            "seed": str(self.seed),
            "SHA-256 of lottery.json": self._ready.prepared.digest,
        }
