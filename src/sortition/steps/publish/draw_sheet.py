"""The sheet that is printed before a draw: what is drawn, how, and what happens if it fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sortition.audit.canonical import digest
from sortition.audit.draw.rfc3797 import key_of
from sortition.audit.draw.sources import CHAIN, Source, time_of
from sortition.audit.shapes.bundle import PUBLIC_LOTTERY
from sortition.model import Language, is_rehearsal
from sortition.pages.template import page
from sortition.pages.wording import wording
from sortition.selection.select import dispersion_of
from sortition.steps.publish.publishing import About, Publication

ROOM = "steps/publish"
# beyond so many tokens the list of tickets would not be read, and the lottery's file has it
MOST_TOKENS = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRange:
    """The tickets of one panel, first and last as they are read out."""

    first: str
    last: str
    members: tuple[str, ...]


def draw_sheet(publication: Publication, source: Source, about: About, language: Language) -> str:
    """The sheet as one HTML page for A4 paper, with no script and no personal data."""
    prepared = publication.prepared
    lottery = prepared.lottery
    width = len(str(lottery.ticket_count - 1))
    ends = accumulate(panel.weight for panel in lottery.panels)
    ranges = [
        TicketRange(
            first=f"{end - panel.weight:0{width}d}",
            last=f"{end - 1:0{width}d}",
            members=panel.members,
        )
        for panel, end in zip(lottery.panels, ends, strict=True)
    ]
    return page(
        ROOM,
        language,
        "draw_sheet.html",
        announced=publication.announced,
        lottery_digest=prepared.digest,
        public_digest=digest(publication.documents[PUBLIC_LOTTERY]),
        people=prepared.instance.panel_size,
        pool=len(prepared.instance.pool),
        quotas=prepared.instance.quotas.rows,
        tickets=lottery.ticket_count,
        mixed=dispersion_of(prepared),
        width=width,
        first=f"{0:0{width}d}",
        last=f"{lottery.ticket_count - 1:0{width}d}",
        source=source,
        about=about,
        day=wording(language, ROOM).day(date.fromisoformat(about.day)),
        rehearsal=is_rehearsal(about.assembly),
        example=key_of([[one.lowest] * one.count for one in source.numbers]),
        chain=CHAIN,
        time=None if source.round is None else f"{time_of(source.round):%Y-%m-%d %H:%M:%S}",
        ranges=ranges,
        listed=len(ranges) * prepared.instance.panel_size <= MOST_TOKENS,
        again=lottery.ticket_count < 10**width,
    )
