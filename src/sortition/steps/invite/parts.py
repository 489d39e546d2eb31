"""What the keepers of a registry and the organiser send each other: counts, then letters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from sortition.audit.canonical import Json, canonical_json
from sortition.errors import Finding, InputErrors
from sortition.steps.invite.design import Design
from sortition.steps.invite.designs.strata import Allocation, Stratum, Units
from sortition.tables.reading import read_bytes

Values = tuple[str, ...]
Content = TypeVar("Content")
COUNTS, ALLOCATION = "counts.json", "allocation.json"
COUNTS_SCHEMA, ALLOCATION_SCHEMA = "sortition-counts/1", "sortition-allocation/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many can be drawn by the values in some columns; all that a keeper says at first.

    Of several keepers together, `keepers` has the counts of each.
    """

    columns: tuple[str, ...]
    units: Units
    strata: Counter[Values]
    keepers: tuple[Counter[Values], ...] = ()


def counts_document(counts: Counts) -> bytes:
    """The counts as canonical JSON."""
    strata: Json = [
        {"values": list(own), "population": n} for own, n in sorted(counts.strata.items())
    ]
    return canonical_json(
        {
            "schema": COUNTS_SCHEMA,
            "columns": list(counts.columns),
            "units": counts.units,
            "strata": strata,
        }
    )


def read_counts(paths: Sequence[Path]) -> Counts:
    """The counts of several keepers together.

    Raises
    ------
    InputErrors
        If a file is no such document, or the columns differ.
    """
    first, *others = [_parsed(path, _counts, "counts-unclear") for path in paths]
    strata = Counter(first.strata)
    for path, own in zip(paths[1:], others, strict=True):
        if (own.columns, own.units) != (first.columns, first.units):
            facts = {"columns": ", ".join(first.columns) or "–", "units": first.units}
            raise InputErrors((Finding(code="counts-differ", file=str(path), facts=facts),))
        strata.update(own.strata)
    keepers = (first.strata, *(own.strata for own in others))
    return Counts(columns=first.columns, units=first.units, strata=strata, keepers=keepers)


def handed_over(design: Design, counts: Counts) -> Design:
    """The design with how many rows the keepers will hand over: of each stratum the lowest tickets.

    A keeper has as many of them as there are letters in all, or as she has people.
    """
    letters = [stratum.letters for stratum in design.allocation.strata]
    sizes = [_by_stratum(design, own) for own in counts.keepers]
    handed = tuple(sum(min(n, own[number]) for own in sizes) for number, n in enumerate(letters))
    return replace(design, units=counts.units, handed=handed)


def allocation_document(design: Design) -> bytes:
    """The letters of each stratum, and which combinations of values make it up."""
    members: dict[int, list[list[str]]] = {}
    for raw, number in sorted(design.strata.items()):
        members.setdefault(number, []).append(list(raw))
    strata: Json = [
        {
            "values": list(stratum.values),
            "population": stratum.population,
            "letters": stratum.letters,
            "handed_over": design.handed[number],
            "members": members[number],
        }
        for number, stratum in enumerate(design.allocation.strata)
    ]
    return canonical_json(
        {
            "schema": ALLOCATION_SCHEMA,
            "columns": list(design.columns),
            "strata_columns": list(design.allocation.columns),
            "units": design.units,
            "population": design.people,
            "strata": strata,
        }
    )


def read_allocation(path: Path) -> Design:
    """The letters that were allocated for all keepers together.

    Raises
    ------
    InputErrors
        If the file is no such document.
    """
    return _parsed(path, _allocation, "allocation-unclear")


def part_findings(design: Design, counted: Mapping[Values, int]) -> tuple[Finding, ...]:
    """What is to be said where a part of a registry is drawn from with the letters of the whole.

    Raises
    ------
    InputErrors
        If the part has a stratum, or people, that were not counted.
    """
    sizes = _by_stratum(design, counted)
    strata = design.allocation.strata
    grown = [stratum for number, stratum in enumerate(strata) if sizes[number] > stratum.population]
    if grown:
        value = " · ".join(grown[0].values)
        fault = Finding(code="allocation-outgrown", value=value, facts={"count": len(grown)})
        raise InputErrors((fault,))
    if sizes.total() == design.allocation.population:
        return ()
    facts = {"people": sizes.total(), "population": design.allocation.population}
    return (Finding(code="allocation-part", facts=facts),)


def check_whole(design: Design, counted: Mapping[Values, int]) -> None:
    """See that all is there that the keepers were to hand over.

    Raises
    ------
    InputErrors
        With every stratum that has more rows or fewer.
    """
    sizes = _by_stratum(design, counted)
    faults = [
        Finding(
            code="allocation-unfilled",
            value=" · ".join(stratum.values),
            facts={"wanted": design.handed[number], "rows": sizes[number]},
        )
        for number, stratum in enumerate(design.allocation.strata)
        if sizes[number] != design.handed[number]
    ]
    if faults:
        raise InputErrors(tuple(faults))


def _by_stratum(design: Design, counted: Mapping[Values, int]) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for raw, count in counted.items():
        if raw in design.strata:
            sizes[design.strata[raw]] += count
        elif design.people == design.allocation.population:  # not a cluster that was passed over
            raise InputErrors((Finding(code="allocation-unknown", value=" · ".join(raw)),))
    return sizes


def _parsed(path: Path, shape: Callable[[Any], Content], code: str) -> Content:
    try:
        return shape(json.loads(read_bytes(path)))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputErrors((Finding(code=code, file=path.name),)) from None


def _counts(document: Any) -> Counts:
    if document["schema"] != COUNTS_SCHEMA:
        raise ValueError("another document")
    columns = _texts(document["columns"])
    strata = Counter(
        {_texts(one["values"]): _whole(one["population"]) for one in document["strata"]}
    )
    if any(len(values) != len(columns) for values in strata):
        raise ValueError("a stratum does not fit the columns")
    return Counts(columns=columns, units=_units(document["units"]), strata=strata)


def _units(value: Any) -> Units:
    if value == "people":
        return "people"
    if value == "addresses":
        return "addresses"
    raise ValueError("people or addresses are counted")


def _allocation(document: Any) -> Design:
    if document["schema"] != ALLOCATION_SCHEMA:
        raise ValueError("another document")
    strata = tuple(
        Stratum(
            values=_texts(one["values"]),
            population=_whole(one["population"]),
            letters=_whole(one["letters"]),
        )
        for one in document["strata"]
    )
    return Design(
        columns=_texts(document["columns"]),
        strata={
            _texts(raw): number
            for number, one in enumerate(document["strata"])
            for raw in one["members"]
        },
        allocation=Allocation(columns=_texts(document["strata_columns"]), strata=strata),
        people=_whole(document["population"]),
        units=_units(document["units"]),
        handed=tuple(_whole(one["handed_over"]) for one in document["strata"]),
    )


def _texts(value: Any) -> Values:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError("a list of texts is needed")
    return tuple(value)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("a number of people is needed")
    return value
