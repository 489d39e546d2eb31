"""The published lottery, `sortition-lottery/3`, in its sealed form.

If every ticket also draws alternates, it is `sortition-lottery/4`: each panel then has the key
``alternates`` with ids in the order in which they are called, and nothing else differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import Shape, parse
from sortition.model import Instance, Lottery, Panel

SCHEMA = "sortition-lottery/3"
SHAPE: dict[str, Shape] = {
    "k": int,
    "panels": [{"members": [str], "weight": int}],
    "people": [str],
    "quotas": [{"category": str, "max": int, "members": [str], "min": int, "value": str}],
    "schema": SCHEMA,
}
WITH_ALTERNATES = "sortition-lottery/4"
SHAPE_WITH_ALTERNATES: Shape = {
    **SHAPE,
    "panels": [{"alternates": [str], "members": [str], "weight": int}],
    "schema": WITH_ALTERNATES,
}


def lottery_file(instance: Instance, lottery: Lottery) -> bytes:
    """The lottery as canonical JSON: panels with their tickets, people, and quotas.

    Each quota lists the people of the pool who count for it. The SHA-256 of these bytes is the
    digest of the lottery.
    """
    reserved = any(panel.alternates for panel in lottery.panels)
    return canonical_json(
        {
            "schema": WITH_ALTERNATES if reserved else SCHEMA,
            "k": instance.panel_size,
            "people": instance.pool.ids,
            "panels": [
                {
                    **({"alternates": panel.alternates} if reserved else {}),
                    "members": panel.members,
                    "weight": panel.weight,
                }
                for panel in lottery.panels
            ],
            "quotas": [
                {
                    "category": quota.feature,
                    "value": quota.value,
                    "min": quota.lower,
                    "max": quota.upper,
                    "members": members,
                }
                for quota, members in zip(instance.quotas.rows, instance.holders(), strict=True)
            ],
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPanel:
    """A panel as a file states it, possible or not."""

    members: tuple[str, ...]
    weight: int
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedQuota:
    """A quota as a file states it, with the people who count for it."""

    category: str
    value: str
    lower: int
    upper: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLottery:
    """What a lottery file states; nothing but its form has been checked.

    Attributes
    ----------
    digest : str
    panel_size : int
    people : tuple of str
    panels : tuple of PublishedPanel
        In the order of the file, which is that of the tickets: the panels by their `mark`.
    quotas : tuple of PublishedQuota
    reserved : bool
        Whether every ticket draws alternates as well.
    """

    digest: str
    panel_size: int
    people: tuple[str, ...]
    panels: Sequence[PublishedPanel]
    quotas: Sequence[PublishedQuota]
    reserved: bool = False

    @property
    def ticketed(self) -> list[tuple[tuple[str, ...], int]]:
        """The members and the tickets of each panel that has any."""
        return [(panel.members, panel.weight) for panel in self.panels if panel.weight > 0]

    @property
    def ticket_count(self) -> int:
        """How many tickets there are in all."""
        return sum(panel.weight for panel in self.panels)

    @property
    def tickets_held(self) -> dict[str, int]:
        """How many tickets draw each of the people."""
        held = dict.fromkeys(self.people, 0)
        for panel in self.panels:
            for id in panel.members:
                held[id] = held.get(id, 0) + panel.weight
        return held

    def bare(self) -> Lottery:
        """Its panels and tickets alone.

        Raises
        ------
        ValueError
            If they make no lottery.
        """
        panels = [Panel(members=panel.members, weight=panel.weight) for panel in self.panels]
        return Lottery(panels=tuple(panels))

    def panel_of(self, ticket: int) -> PublishedPanel:
        """The panel that one of the tickets draws."""
        ends = accumulate(panel.weight for panel in self.panels)
        return next(panel for panel, end in zip(self.panels, ends, strict=True) if ticket < end)


def read_lottery(content: bytes, file: str) -> PublishedLottery:
    """Read a lottery file.

    Raises
    ------
    VerificationFailed
        If it is not a document of this schema; every place is listed.
    """
    # canonical JSON ends with the schema
    reserved = content.endswith(f'"schema":"{WITH_ALTERNATES}"}}'.encode())
    document = parse(content, file, SHAPE_WITH_ALTERNATES if reserved else SHAPE)
    return published_lottery(document, digest=digest(content), reserved=reserved)


def published_lottery(document: Any, *, digest: str, reserved: bool) -> PublishedLottery:
    """The lottery in a document of either form; in the public one nobody counts for a quota."""
    return PublishedLottery(
        digest=digest,
        panel_size=document["k"],
        people=tuple(document["people"]),
        panels=[
            PublishedPanel(
                members=tuple(panel["members"]),
                weight=panel["weight"],
                alternates=tuple(panel.get("alternates", ())),
            )
            for panel in document["panels"]
        ],
        quotas=[
            PublishedQuota(
                category=quota["category"],
                value=quota["value"],
                lower=quota["min"],
                upper=quota["max"],
                members=tuple(quota.get("members", ())),
            )
            for quota in document["quotas"]
        ],
        reserved=reserved,
    )
