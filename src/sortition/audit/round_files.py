"""The documents of the rounds, as a folder holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sortition.audit.canonical import canonical_json
from sortition.audit.certificate_file import StatedCertificate, read_certificate
from sortition.audit.documents import misspelt, parse
from sortition.audit.events import Event
from sortition.audit.lottery_file import PublishedLottery, read_lottery
from sortition.audit.public_certificate import SHAPE as PUBLIC_CERTIFICATE_SHAPE
from sortition.audit.public_lottery import read_public_lottery
from sortition.audit.rounds import (
    ALTERNATES,
    REPLACED,
    ROUND_SHAPE,
    RoundPlaces,
    Standing,
    after,
    backed,
)
from sortition.errors import Finding, VerificationFailed

T = TypeVar("T")


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
    contents: Mapping[str, bytes],
    first: Standing | None,
    published: bool,
    malformed: list[Finding],
) -> Iterator[RoundFiles]:
    """The rounds of a log, in their order; what makes no sense is noted as malformed.

    Parameters
    ----------
    events : sequence of Event
    contents : mapping of str to bytes
    first : Standing or None
        The panel as it was drawn; None if that cannot be told.
    published : bool
    malformed : list of Finding
        Gets what is wrong with the form of the documents.
    """

    def read(name: str, reader: Callable[[bytes, str], T]) -> T | None:
        if name not in contents:
            return None
        try:
            document = reader(contents[name], name)
            malformed.extend(misspelt(contents[name], name, canonical_json))
        except VerificationFailed as failure:
            malformed.extend(failure.findings)
            return None
        return document

    number, standing = 0, first
    for event in events:
        if event.name == ALTERNATES:
            standing = standing and backed(standing, event.facts)
        if event.name != REPLACED:
            continue
        number += 1
        places = RoundPlaces(number=number, published=published)
        record = read(places.record, partial(parse, shape=ROUND_SHAPE))
        yield RoundFiles(
            places=places,
            event=event,
            before=standing,
            record=record,
            lottery=read(places.lottery, read_lottery),
            certificate=read(places.certificate, read_certificate),
            public_lottery=read(places.public_lottery, read_public_lottery) if published else None,
            public_certificate=(
                read(places.public_certificate, partial(parse, shape=PUBLIC_CERTIFICATE_SHAPE))
                if published
                else None
            ),
        )
        standing = after(standing, record) if standing and record else None
