"""The people who can be drawn, with what the quotas need to know of them and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from unicodedata import normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolMember:
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

    Raises
    ------
    ValueError
        If two members have the same id, an id is empty, a feature occurs twice, or a member's
        values do not match the features.
    """

    features: tuple[str, ...]
    members: tuple[PoolMember, ...]

    def __post_init__(self) -> None:
        ids = [member.id for member in self.members]
        if not "".join(ids).isascii():
            # published ids are in NFC, in which two spellings of one id are the same
            ids = [normalize("NFC", id) for id in ids]
        if "" in ids or len(set(ids)) < len(ids):
            repeated = [id for id, count in Counter(ids).items() if count > 1 or not id]
            raise ValueError(f"{len(repeated)} ids are empty or occur twice")
        if len(set(self.features)) < len(self.features):
            raise ValueError("a feature occurs twice")
        if {len(member.values) for member in self.members} - {len(self.features)}:
            raise ValueError("every member needs one value for each feature")
        object.__setattr__(self, "members", tuple(sorted(self.members, key=attrgetter("id"))))

    def __len__(self) -> int:
        return len(self.members)
