"""The chances of those who were asked from one frame of several, such as a shelter's list.

One lottery draws from all frames together, so its report has people of each. They were asked by
different lists, with different chances, and are told apart: each frame has a funnel of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sortition.audit.canonical import digest
from sortition.audit.documents import parse
from sortition.audit.shapes.run import report_shape
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.tables.ids import read_ids
from sortition.tables.labels import fold
from sortition.tables.reading import read_bytes
from sortition.tables.rows import Table

AFTER = ("selected", "confirmed", "attended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the report of a selection says of the chances.

    Attributes
    ----------
    file, digest : str
    chances : mapping of str to float
        Everybody's selection probability by id.
    """

    file: str
    digest: str
    chances: Mapping[str, float] = field(repr=False)


def read_drawn(report: Path) -> Drawn:
    """Read ``report.json``.

    Raises
    ------
    InputErrors
        If it is no such file.
    """
    content = read_bytes(report)
    try:
        document = parse(content, report.name, report_shape(content))
    except VerificationFailed:
        raise InputErrors((Finding(code="funnel-not-a-report", file=report.name),)) from None
    chances = {person["id"]: person["probability"] for person in document["people"]}
    return Drawn(file=report.name, digest=digest(content), chances=chances)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFrame:
    """One frame of several: the chances of its people, and who is of another.

    Attributes
    ----------
    drawn : Drawn
        The chances of this frame's people alone.
    id_column : str
    others : frozenset of str
        The ids in the report of those who were asked by another frame.
    noticed : Finding
    """

    drawn: Drawn
    id_column: str
    others: frozenset[str] = field(repr=False)
    noticed: Finding

    def of(self, table: Table, id_column: str | None) -> Table:
        """A later list without the people of other frames.

        Raises
        ------
        InputErrors
            If it does not have the ids of the pool.
        """
        ids = read_ids(table, id_column, taken=())
        if ids.column is None or fold(ids.column) != fold(self.id_column):
            raise InputErrors((table.finding(code="funnel-frame-not-known"),))
        return table.at([place for place, id in enumerate(ids.ids) if id not in self.others])


def one_frame(pool: Table, id_column: str | None, drawn: Drawn) -> OneFrame:
    """Tell the people of one frame, who are in this pool, from all others of the report.

    Raises
    ------
    InputErrors
        If the pool has no ids.
    """
    ids = read_ids(pool, id_column, taken=())
    if ids.column is None:
        raise InputErrors((pool.finding(code="funnel-frame-not-known"),))
    here = set(ids.ids)
    own = {id: chance for id, chance in drawn.chances.items() if id in here}
    others = frozenset(drawn.chances.keys() - own)
    noticed = pool.finding(
        code="funnel-one-frame",
        facts={
            "people": len(others),
            "source": drawn.file,
            "seats": f"{sum(own.values()):.2f}",
            "size": round(sum(drawn.chances.values())),
        },
    )
    return OneFrame(
        drawn=replace(drawn, chances=own),
        id_column=ids.column,
        others=others,
        noticed=noticed,
    )
