"""The documents of the rounds, as a folder holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sortition.audit.certificate.file import StatedCertificate, read_certificate
from sortition.audit.certificate.sharing import read_public_certificate
from sortition.audit.documents import DocumentReader, Shape, parse
from sortition.audit.log.events import Event
from sortition.audit.log.rounds import (
    ALTERNATES,
    ANNOUNCED,
    ANNOUNCEMENT_SHAPE,
    LATE_SHAPE,
    REPLACED,
    ROUND_SHAPE,
    RoundPlaces,
    Standing,
    after,
    backed,
    stated_shape,
)
from sortition.audit.lottery.file import PublishedLottery, read_lottery
from sortition.audit.lottery.public import read_public_lottery


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFiles:
    """The documents of a round; None stands for what is missing or makes no sense.

    Attributes
    ----------
    places : RoundPlaces
    event : Event
        Which wrote them.
    before : Standing or None
        The panel before it; None if that cannot be told.
    record : document or None
        Of a round that is announced and not drawn, what its record would hold already.
    announced : Event or None
        Which fixed the list of people before the chance spoke; None if none did.
    announcement : document or None
        What it announced.
    late : document or None
        Who joined the pool before it.
    """

    places: RoundPlaces
    event: Event
    before: Standing | None
    record: Any
    lottery: PublishedLottery | None
    certificate: StatedCertificate | None
    public_lottery: PublishedLottery | None
    public_certificate: Any | None
    announced: Event | None = None
    announcement: Any | None = None
    late: Any | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether the chance has spoken, or none was needed."""
        return self.event.name == REPLACED


def read_rounds(
    events: Sequence[Event],
    documents: DocumentReader,
    first: Standing | None,
    published: bool,
) -> Iterator[RoundFiles]:
    """The rounds of a log, in their order; what makes no sense is noted as malformed.

    Parameters
    ----------
    events : sequence of Event
    documents : DocumentReader
        Notes what is wrong with the form of the documents.
    first : Standing or None
        The panel as it was drawn; None if that cannot be told.
    published : bool
    """
    number, standing = 0, first
    pending: tuple[Event, Standing | None] | None = None
    for event in events:
        if event.name == ALTERNATES:
            standing = standing and backed(standing, event.facts)
        elif event.name == ANNOUNCED and pending is None:
            pending = event, standing
        elif event.name == REPLACED:
            number += 1
            announced, before = pending or (None, standing)
            pending = None
            one = _read(
                event, number, documents, before=before, published=published, announced=announced
            )
            yield one
            standing = after(standing, one.record) if standing and one.record else None
    if pending is not None:
        event, before = pending
        yield _read(
            event, number + 1, documents, before=before, published=published, announced=event
        )


def _read(
    event: Event,
    number: int,
    documents: DocumentReader,
    *,
    before: Standing | None,
    published: bool,
    announced: Event | None,
) -> RoundFiles:
    places = RoundPlaces(number=number, published=published)
    announcement = None
    if announced is not None:
        announcement = documents.read(places.announcement, _reader(ANNOUNCEMENT_SHAPE))
    record = documents.read(places.record, _reader(ROUND_SHAPE))
    if event is announced:
        record = announcement and undrawn(announcement)
    public_lottery = public_certificate = None
    if published:
        public_lottery = documents.read(places.public_lottery, read_public_lottery)
        public_certificate = documents.read(places.public_certificate, read_public_certificate)
    return RoundFiles(
        places=places,
        event=event,
        before=before,
        record=record,
        lottery=documents.read(places.lottery, read_lottery),
        certificate=documents.read(places.certificate, read_certificate),
        public_lottery=public_lottery,
        public_certificate=public_certificate,
        announced=announced,
        announcement=announcement,
        late=documents.read(places.late, partial(parse, shape=LATE_SHAPE)),
    )


def _reader(shape: dict[str, Shape]) -> Callable[[bytes, str], Any]:
    return lambda content, file: parse(content, file, stated_shape(content, shape))


def undrawn(announcement: Any) -> dict[str, Any]:
    """What the record of a round holds of its announcement, before anybody came."""
    same = ("from", "gone", "moved", "places", "round", "unavailable")
    draw = {name: announcement[name] for name in ("complete", "lottery")}
    late = {"late": announcement["late"]} if "late" in announcement else {}
    return {**{name: announcement[name] for name in same}, **late, "came": [], "draw": draw}
