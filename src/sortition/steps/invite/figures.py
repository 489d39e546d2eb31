"""The figures of an invitation: exact chances, strata, channels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction

from sortition.errors import Finding
from sortition.model import seed_hash
from sortition.registry.counting import PartCount
from sortition.steps.invite.design import Design
from sortition.steps.invite.designs.overlay import INSIDE, Overlay
from sortition.steps.invite.designs.strata import Stratum
from sortition.steps.invite.facts import (
    Chances,
    GroupChances,
    InviteFacts,
    OverlayFacts,
    StratumFacts,
)
from sortition.steps.invite.lists import Drawing
from sortition.steps.invite.options import Options
from sortition.steps.invite.reading import InviteReading


def chance_of(design: Design, stratum: int, home: int) -> Fraction:
    """A person's chance of a letter, before anything was drawn.

    With clusters everybody has the same one, letters by people. Otherwise it is the rate of her
    stratum, and of that her share of her household: 1 / (people at her address).
    """
    if design.first_stage is not None or design.people != design.allocation.population:
        return Fraction(design.allocation.letters, design.people)
    return design.allocation.strata[stratum].rate / home


def facts_of(
    options: Options,
    reading: InviteReading,
    design: Design,
    drawing: Drawing,
    counted: PartCount,
    *,
    assumed: tuple[Finding, ...],
    versions: Mapping[str, str],
) -> InviteFacts:
    """Put the figures of an invitation together; nobody can be told from them."""
    allocation, wave = design.allocation, reading.wave
    drawn = Counter(person.stratum for person in drawing.people)
    last: dict[int, str] = {}
    for person in drawing.people:
        last[person.stratum] = max(last.get(person.stratum, ""), person.ticket)
    groups = tuple(_groups(design, counted)) if reading.household else ()
    seed = options.seed or ""
    return InviteFacts(
        registry=reading.registry.name,
        design=options.chosen if options.allocation is None else None,
        seed=seed,
        seed_hash=seed_hash(seed),
        domain=f"invite/{wave}",
        home_domain=f"invite/{wave}/household" if reading.household else "",
        wave=wave,
        pseudonyms=reading.key is not None,
        key_made=reading.key_made,
        people=counted.rows + sum(count for _, count in reading.left_out),
        excluded=_excluded(reading, counted),
        left_out=tuple((own.reason, own.file, count) for own, count in reading.left_out),
        units=design.units,
        population=design.people,
        asked=options.size or allocation.letters,
        invited=len(drawing.people),
        part=not reading.merging and counted.units.total() != design.people,
        merged=reading.merging,
        columns=allocation.columns,
        strata=tuple(
            StratumFacts(
                values=stratum.values,
                population=stratum.population,
                letters=stratum.letters,
                drawn=drawn[number],
                last_ticket=last.get(number, ""),
            )
            for number, stratum in enumerate(allocation.strata)
        ),
        chances=_chances(reading, design, counted),
        groups=groups,
        overlay=_overlay(design.overlay, allocation.strata),
        first_stage=design.first_stage,
        channel=reading.channel,
        channels=_channels(drawing, reading.channel),
        assumptions=assumed,
        versions=versions,
    )


def _excluded(reading: InviteReading, counted: PartCount) -> int:
    """How many of the registry are not drawn because they, or their household, had a letter."""
    if not reading.household:
        return counted.rows - counted.units.total()
    return sum(people for (_, size), people in counted.sizes.items() if not size)


def _chances(reading: InviteReading, design: Design, counted: PartCount) -> Chances:
    """Each chance and how many people of the registry have it."""
    if reading.merging and design.units == "addresses":
        return ()
    people: Counter[Fraction] = Counter()
    if reading.household:
        for (values, home), count in counted.sizes.items():
            if home and values in design.strata:
                people[chance_of(design, design.strata[values], home)] += count
    elif design.people != design.allocation.population or design.first_stage is not None:
        people[chance_of(design, 0, 1)] += design.people
    else:
        for number, stratum in enumerate(design.allocation.strata):
            people[chance_of(design, number, 1)] += stratum.population
    return tuple(sorted(people.items()))


def _groups(design: Design, counted: PartCount) -> list[GroupChances]:
    chances: dict[int, Counter[Fraction]] = defaultdict(Counter)
    for (values, home), count in counted.sizes.items():
        if home and values in design.strata:
            stratum = design.strata[values]
            chances[stratum][chance_of(design, stratum, home)] += count
    return [
        GroupChances(
            values=design.allocation.strata[stratum].values,
            people=own.total(),
            lowest=min(own),
            mean=sum((chance * n for chance, n in own.items()), Fraction(0)) / own.total(),
            highest=max(own),
        )
        for stratum, own in sorted(chances.items())
    ]


def _overlay(overlay: Overlay | None, strata: tuple[Stratum, ...]) -> OverlayFacts | None:
    if overlay is None:
        return None
    inside = [stratum for stratum in strata if stratum.values[-1] == INSIDE]
    outside = [stratum for stratum in strata if stratum.values[-1] != INSIDE]
    return OverlayFacts(
        column=overlay.column,
        values=overlay.values,
        share=overlay.share,
        inside=(sum(s.population for s in inside), sum(s.letters for s in inside)),
        outside=(sum(s.population for s in outside), sum(s.letters for s in outside)),
    )


def _channels(drawing: Drawing, channel: str) -> dict[str, int]:
    if not channel:
        return {}
    place = drawing.columns.index(channel)
    return dict(sorted(Counter(cells[place] for cells in drawing.cells).items()))
