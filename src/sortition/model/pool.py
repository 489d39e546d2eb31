"""The people who can be drawn, with what the quotas need to know of them and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import attrgetter
from typing import NamedTuple
from unicodedata import normalize


class PoolMember(NamedTuple):  # made faster than a dataclass, hundreds of thousands of times
    """One person who can be drawn.

    Attributes
    ----------
    id : str
        As the organiser wrote it; leading zeros count.
    values : tuple of str
        One value for each feature of the pool, in the order of `Pool.features`.
    household : int or None
        The same number means the same address. None: this person shares with nobody.
        The address itself is never held here.
    """

    id: str
    values: tuple[str, ...]
    household: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Everybody who can be drawn, in the order of their ids.

    Attributes
    ----------
    features : tuple of str
    members : tuple of PoolMember
        Sorted by id (code points), whatever order they were given in.
    ids : tuple of str
        Theirs, in the same order.
    kinds : tuple of tuple of str
        The different values of members, in the order of the first who has them.
    kind_of : tuple of int
        The place of each member's values among these.

    Raises
    ------
    ValueError
        If two members have the same id, an id is empty, a feature occurs twice, or a member's
        values do not match the features.
    """

    features: tuple[str, ...]
    members: tuple[PoolMember, ...]
    ids: tuple[str, ...] = field(init=False, repr=False, compare=False)
    kinds: tuple[tuple[str, ...], ...] = field(init=False, repr=False, compare=False)
    kind_of: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        members = tuple(sorted(self.members, key=attrgetter("id")))
        number_of: defaultdict[tuple[str, ...], int] = defaultdict(count().__next__)
        kind_of = tuple(map(number_of.__getitem__, [member.values for member in members]))
        object.__setattr__(self, "members", members)
        object.__setattr__(self, "ids", tuple([member.id for member in members]))
        object.__setattr__(self, "kinds", tuple(number_of))
        object.__setattr__(self, "kind_of", kind_of)
        ids: Sequence[str] = self.ids
        if not "".join(ids).isascii():
            # published ids are in NFC, in which two spellings of one id are the same
            ids = [normalize("NFC", id) for id in ids]
        if "" in ids or len(set(ids)) < len(ids):
            repeated = [id for id, times in Counter(ids).items() if times > 1 or not id]
            raise ValueError(f"{len(repeated)} ids are empty or occur twice")
        if len(set(self.features)) < len(self.features):
            raise ValueError("a feature occurs twice")
        if {*map(len, self.kinds)} - {len(self.features)}:
            raise ValueError("every member needs one value for each feature")

    def __len__(self) -> int:
        return len(self.members)
