"""What happens to a panel after it was drawn: rounds in which people leave and others come.

Each round is an event ``replaced`` in the log, and a folder with its record,
`sortition-replacement/1`, the lottery that filled the places, and its proof. All of them name
people as the first lottery does. A round whose list of people was fixed before its chance spoke
has an event ``announced`` before that, which wrote lottery and proof, and the announcement,
`sortition-round/1`, with the source that is promised.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sortition.audit.documents import Shape
from sortition.audit.shapes.bundle import PUBLIC, SEALED
from sortition.audit.shapes.run import CERTIFICATE, LOTTERY, PANEL, WORKBOOK

REPLACED = "replaced"
ANNOUNCED = "announced"
ALTERNATES = "alternates"
FROM_ALTERNATES, FROM_SECOND, FROM_POOL = "alternates", "second panel", "pool"
RECORD, PAGE = "replacement.json", "replacement.html"
ANNOUNCEMENT = "announcement.json"
NEWCOMERS, NEWCOMERS_WORKBOOK = "replacements.csv", "replacements.xlsx"
# who came after the first draw and joined before this round, for the proof and for the office
LATE, LATE_LIST = "late.json", "late.csv"
NAMES = (
    LATE,
    LATE_LIST,
    LOTTERY,
    CERTIFICATE,
    ANNOUNCEMENT,
    RECORD,
    PAGE,
    NEWCOMERS,
    NEWCOMERS_WORKBOOK,
    PANEL,
    WORKBOOK,
)
OF_A_ROUND = re.compile(
    rf"(?:{PUBLIC}|{SEALED})?replacement-[1-9][0-9]*/(?:{'|'.join(map(re.escape, NAMES))})"
)
SCHEMA = "sortition-replacement/1"
ANNOUNCEMENT_SCHEMA = "sortition-round/1"
LATE_SCHEMA = "sortition-late/1"
# quotas that could not be kept, with what those who stayed left open and what was taken
MOVED_SHAPE: Shape = [{"after": [int, int], "before": [int, int], "category": str, "value": str}]
ROUND_SHAPE: dict[str, Shape] = {
    "came": [str],
    "draw": ({"complete": ("yes", "no"), "lottery": str, "source": dict, "ticket": int}, {}),
    "from": (FROM_ALTERNATES, FROM_POOL, FROM_SECOND),
    "gone": [str],
    "moved": MOVED_SHAPE,
    "places": int,
    "round": int,
    "schema": SCHEMA,
    "unavailable": [str],
}
# all that decides who comes, but the chance
ANNOUNCEMENT_SHAPE: dict[str, Shape] = {
    "complete": ("yes", "no"),
    "first": str,  # the digest of the first lottery
    "from": (FROM_POOL, FROM_SECOND),
    "gone": [str],
    "lottery": str,
    "moved": MOVED_SHAPE,
    "places": int,
    "round": int,
    "schema": ANNOUNCEMENT_SCHEMA,
    "source": dict,
    "unavailable": [str],
}
LATE_SHAPE: Shape = {
    "first": str,  # the digest of the first lottery
    "households": [[str]],
    "people": [{"id": str, "quotas": [int]}],
    "schema": LATE_SCHEMA,
}


def stated_shape(content: bytes, shape: dict[str, Shape]) -> Shape:
    """The shape of a record or an announcement, which names those who joined if some did."""
    # within a text the quotation marks would be escaped
    return dict(sorted({**shape, "late": str}.items())) if b'"late":' in content else shape


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlaces:
    """Where the files of a round are, within the folder of the draw.

    Attributes
    ----------
    number : int
    published : bool
        Whether the lottery was published, and so has a public, a sealed and an office part.
    """

    number: int
    published: bool

    def _in(self, part: str, name: str) -> str:
        return f"{part if self.published else ''}replacement-{self.number}/{name}"

    @property
    def record(self) -> str:
        """What happened, for everybody."""
        return self._in(PUBLIC, RECORD)

    @property
    def announcement(self) -> str:
        """What was fixed before the chance spoke, for everybody; not every round has one."""
        return self._in(PUBLIC, ANNOUNCEMENT)

    @property
    def lottery(self) -> str:
        """The lottery with who counts for which quota."""
        return self._in(SEALED, LOTTERY)

    @property
    def certificate(self) -> str:
        """Its proof."""
        return self._in(SEALED, CERTIFICATE)

    @property
    def late(self) -> str:
        """Who joined the pool before it; not every round has it."""
        return self._in(SEALED, LATE)

    @property
    def public_lottery(self) -> str:
        """The lottery as everybody may see it; only if it was published."""
        return self._in(PUBLIC, LOTTERY)

    @property
    def public_certificate(self) -> str:
        """The proof as everybody may see it; only if it was published."""
        return self._in(PUBLIC, CERTIFICATE)

    def list(self, name: str) -> str:
        """A list or a page for the office."""
        return self._in("", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A panel at some time.

    Attributes
    ----------
    panel : tuple of str
        Sorted.
    out : frozenset of str
        Who left or declined, and never comes again.
    former : frozenset of str
        Those of them who were on the panel.
    rounds : int
        How many there were.
    reserve : tuple of str
        The alternates who are left, in their order; those of a second panel have none.
    ordered : bool
        Whether they have.
    """

    panel: tuple[str, ...]
    out: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    rounds: int = 0
    reserve: tuple[str, ...] = ()
    ordered: bool = True

    def without(self, gone: Collection[str], unavailable: Collection[str]) -> Standing:
        """When some left and nobody has come yet."""
        panel = tuple(id for id in self.panel if id not in gone)
        out, former = self.out.union(gone, unavailable), self.former.union(gone)
        return replace(self, panel=panel, out=out, former=former)._trimmed()

    def joined_by(self, came: Collection[str]) -> Standing:
        """After the round in which these came."""
        panel = tuple(sorted((*self.panel, *came)))
        return replace(self, panel=panel, rounds=self.rounds + 1)._trimmed()

    def backed_by(self, alternates: Sequence[str], *, ordered: bool) -> Standing:
        """With another reserve."""
        return replace(self, reserve=tuple(alternates), ordered=ordered)._trimmed()

    def _trimmed(self) -> Standing:
        taken = self.out.union(self.panel)
        return replace(self, reserve=tuple(id for id in self.reserve if id not in taken))


def backed(standing: Standing, facts: Mapping[str, Any]) -> Standing:
    """After an event that chose or drew alternates."""
    alternates, ordered = facts.get("alternates", ()), facts.get("kind") != FROM_SECOND
    return standing.backed_by(alternates, ordered=ordered)


def after(standing: Standing, record: Mapping[str, Any]) -> Standing:
    """After a round, as its record tells."""
    return standing.without(record["gone"], record["unavailable"]).joined_by(record["came"])
