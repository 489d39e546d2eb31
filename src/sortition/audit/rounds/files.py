"""The documents of the rounds, as a folder holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sortition.audit.certificate.file import StatedCertificate, read_certificate
from sortition.audit.certificate.public import SHAPE as PUBLIC_CERTIFICATE_SHAPE
from sortition.audit.documents import DocumentReader, parse
from sortition.audit.log.events import Event
from sortition.audit.log.rounds import (
    ALTERNATES,
    REPLACED,
    ROUND_SHAPE,
    RoundPlaces,
    Standing,
    after,
    backed,
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
    """

    places: RoundPlaces
    event: Event
    before: Standing | None
    record: Any
    lottery: PublishedLottery | None
    certificate: StatedCertificate | None
    public_lottery: PublishedLottery | None
    public_certificate: Any | None


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
    for event in events:
        if event.name == ALTERNATES:
            standing = standing and backed(standing, event.facts)
        if event.name != REPLACED:
            continue
        number += 1
        places = RoundPlaces(number=number, published=published)
        record = documents.read(places.record, partial(parse, shape=ROUND_SHAPE))
        yield RoundFiles(
            places=places,
            event=event,
            before=standing,
            record=record,
            lottery=documents.read(places.lottery, read_lottery),
            certificate=documents.read(places.certificate, read_certificate),
            public_lottery=documents.read(places.public_lottery, read_public_lottery)
            if published
            else None,
            public_certificate=(
                documents.read(
                    places.public_certificate, partial(parse, shape=PUBLIC_CERTIFICATE_SHAPE)
                )
                if published
                else None
            ),
        )
        standing = after(standing, record) if standing and record else None
