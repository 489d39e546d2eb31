"""The people of one stage, from its lists, who are told from those of others by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sortition.steps.funnel.counts import StageName
from sortition.tables.labels import fold
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class StageList:
    """The list of one stage.

    Attributes
    ----------
    name : str
    table : Table
    id_column : str or None
    ids : tuple of str
        One a row; the numbers of the rows if there is no column.
    people : tuple of int
        How many people each row stands for.
    values : mapping of str to tuple of str
        By feature, the value of each row; without the features that cannot be known.
    """

    name: StageName
    table: Table
    id_column: str | None
    ids: tuple[str, ...]
    people: tuple[int, ...]
    values: Mapping[str, tuple[str, ...]]

    def shares_ids_with(self, other: StageList) -> bool:
        """Whether the same id is the same person."""
        mine, its = self.id_column, other.id_column
        return mine is not None and its is not None and fold(mine) == fold(its)

    def last_known(self, lists: Sequence[StageList]) -> StageList | None:
        """The last of some lists whose ids are those of this one."""
        return next((one for one in reversed(lists) if self.shares_ids_with(one)), None)

    def not_in(self, other: StageList) -> int:
        """How many people of this list are not in another with the same ids."""
        known = set(other.ids)
        pairs = zip(self.ids, self.people, strict=True)
        return sum(people for id, people in pairs if id not in known)

    def with_more(self, other: StageList) -> StageList:
        """The people of this list, and those of another of the stage who are not on it already."""
        known = set(self.ids) if self.shares_ids_with(other) else set()
        fresh = [place for place, id in enumerate(other.ids) if id not in known]
        table = self.table.followed_by([other.table.at(fresh)])
        own = "" if self.shares_ids_with(other) else f"{other.table.file} "
        return StageList(
            name=self.name,
            table=replace(table, file=f"{self.table.file}, {other.table.file}"),
            id_column=self.id_column,
            ids=(*self.ids, *(own + other.ids[place] for place in fresh)),
            people=(*self.people, *(other.people[place] for place in fresh)),
            values={
                feature: (*values, *(other.values[feature][place] for place in fresh))
                for feature, values in self.values.items()
                if feature in other.values
            },
        )
