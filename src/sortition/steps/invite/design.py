"""From counts of a registry to the letters of each stratum, by the design that was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sortition.core.apportionment import hamilton, sainte_lague
from sortition.errors import Finding, InputErrors
from sortition.steps.invite.designs.allocation import letters_for, neyman_weights, response_weights
from sortition.steps.invite.designs.clusters import FirstStage, draw_pps, draw_two_stage
from sortition.steps.invite.designs.overlay import INSIDE, Overlay, overlay_weights
from sortition.steps.invite.designs.strata import CLUSTERED, Allocation, Units, allocation_of
from sortition.steps.invite.options import Options, cap_of, overlay_of
from sortition.steps.invite.strata import deviations_for, name_of, rates_for

Values = tuple[str, ...]
SMALL = 5  # people; a table that names fewer is not for publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Who gets how many letters.

    Attributes
    ----------
    columns : tuple of str
        Of the registry, whose values decide on the stratum.
    strata : mapping of tuple of str to int
        The stratum for each combination of values; the clusters that were not drawn have none.
    allocation : Allocation
    people : int
        How many could have been drawn, those of other clusters among them.
    units : {"people", "addresses"}
        What was counted and gets the letters.
    handed : tuple of int
        By stratum: how many rows the keepers of a registry hand over together; empty without them.
    overlay : Overlay or None
    first_stage : FirstStage or None
    assumed : tuple of Finding
    """

    columns: tuple[str, ...]
    strata: Mapping[Values, int]
    allocation: Allocation
    people: int
    units: Units = "people"
    handed: tuple[int, ...] = ()
    overlay: Overlay | None = None
    first_stage: FirstStage | None = None
    assumed: tuple[Finding, ...] = ()


def raw_columns(options: Options) -> tuple[str, ...]:
    """The columns that a design has to count by, as they were named."""
    if options.clusters is not None:
        return (options.clusters,)
    overlay = overlay_of(options)
    extra = () if overlay is None or overlay.column in options.by else (overlay.column,)
    return (*options.by, *extra)


def design_of(
    options: Options, columns: tuple[str, ...], units: Mapping[Values, int], *, wave: int
) -> Design:
    """Allocate the letters.

    Parameters
    ----------
    columns : tuple of str
        Those of `raw_columns`, as the registry spells them.
    units : mapping of tuple of str to int
        How many can be drawn, by the values in these columns.

    Raises
    ------
    InputErrors
        If the design cannot be carried out.
    """
    if not units:
        raise InputErrors((Finding(code="invite-nobody"),))
    if options.chosen in CLUSTERED:
        return _clustered(options, columns, units, wave)
    overlay = overlay_of(options)
    place = columns.index(_spelled(options, columns, overlay.column)) if overlay else -1
    sizes: Counter[Values] = Counter()
    stratum_of: dict[Values, Values] = {}
    for raw, count in units.items():
        where = (overlay.place(raw[place]),) if overlay else ()
        stratum_of[raw] = (*raw[: len(options.by)], *where)
        sizes[stratum_of[raw]] += count
    strata = sorted(sizes)
    letters, assumed = _letters(
        options, columns[: len(options.by)], [(own, sizes[own]) for own in strata], overlay
    )
    named = (*columns[: len(options.by)], *([f"{columns[place]}*"] if overlay else []))
    numbers = {own: number for number, own in enumerate(strata)}
    return Design(
        columns=columns,
        strata={raw: numbers[own] for raw, own in stratum_of.items()},
        allocation=allocation_of(named, strata, [sizes[own] for own in strata], letters),
        people=sizes.total(),
        overlay=overlay,
        assumed=(*assumed, *_small(sizes)),
    )


def _spelled(options: Options, columns: tuple[str, ...], wanted: str) -> str:
    """The column of the registry that was called so."""
    return columns[raw_columns(options).index(wanted)]


def _letters(
    options: Options,
    by: tuple[str, ...],
    strata: Sequence[tuple[Values, int]],
    overlay: Overlay | None,
) -> tuple[tuple[int, ...], tuple[Finding, ...]]:
    """The letters of each stratum, given its values and its size, and what was assumed."""
    values, people = [own for own, _ in strata], [size for _, size in strata]
    assumed: tuple[Finding, ...] = ()
    weights = [Fraction(size) for size in people]
    if options.chosen == "neyman" and options.deviations is not None:
        figures, assumed = deviations_for(options.deviations, by, values)
        weights = neyman_weights(people, figures)
    elif options.chosen == "response-adjusted" and options.rates is not None:
        figures, assumed = rates_for(options.rates, by, values)
        weights = response_weights(people, figures)
    elif overlay is not None:
        weights = _overlaid(overlay, values, people)
    letters = letters_for(
        weights,
        people,
        options.size or 0,
        short=options.short or "fail",
        names=[name_of(own) for own in values],
        apportion=sainte_lague if options.chosen == "sainte-lague" else hamilton,
    )
    fewer = (options.size or 0) - sum(letters)
    if fewer:
        short = {"letters": sum(letters), "fewer": fewer}
        assumed = (*assumed, Finding(code="invite-fewer-letters", facts=short))
    return letters, assumed


def _overlaid(overlay: Overlay, values: Sequence[Values], people: Sequence[int]) -> list[Fraction]:
    inside = [own[-1] == INSIDE for own in values]
    if not any(inside) or all(inside):
        facts = {"values": ", ".join(overlay.values)}
        fault = Finding(code="invite-overlay-empty", column=overlay.column, facts=facts)
        raise InputErrors((fault,))
    return overlay_weights(people, inside, overlay.share)


def _clustered(
    options: Options, columns: tuple[str, ...], units: Mapping[Values, int], wave: int
) -> Design:
    people = {values[0]: count for values, count in sorted(units.items())}
    size, seed, domain = options.size or 0, options.seed or "", f"invite/{wave}"
    if size > sum(people.values()):
        facts = {"letters": size, "people": sum(people.values())}
        raise InputErrors((Finding(code="invite-too-few-people", facts=facts),))
    if options.chosen == "pps":
        count = options.cluster_count or 0
        first_stage = draw_pps(people, size, count, seed=seed, domain=domain)
    else:
        first_stage = draw_two_stage(
            people, size, options.cluster_count, cap=cap_of(options), seed=seed, domain=domain
        )
    drawn = list(first_stage.letters)
    faults = [
        Finding(
            code="invite-cluster-short",
            value=name,
            facts={"letters": first_stage.letters[name], "people": people[name]},
        )
        for name in drawn
        if first_stage.letters[name] > people[name]
    ]
    if faults:
        raise InputErrors(tuple(faults))
    return Design(
        columns=columns,
        strata={(name,): number for number, name in enumerate(drawn)},
        allocation=allocation_of(
            columns,
            [(name,) for name in drawn],
            [people[name] for name in drawn],
            list(first_stage.letters.values()),
        ),
        people=sum(people.values()),
        first_stage=first_stage,
    )


def _small(sizes: Mapping[Values, int]) -> tuple[Finding, ...]:
    small = sum(1 for size in sizes.values() if size < SMALL)
    if not small:
        return ()
    return (Finding(code="invite-small-strata", facts={"count": small, "people": SMALL}),)
