"""What a plan reads: quotas, strata with their rates, and who is in the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from sortition.core.types import Ints, Types
from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.glasses import glasses
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Quotas
from sortition.steps.plan.checks import (
    not_in_strata,
    people_by_stratum,
    population_column,
    strata_faults,
    wave_faults,
)
from sortition.steps.plan.figures import rate_fault
from sortition.steps.plan.populations import Population, read_population
from sortition.steps.plan.response import Response, ResponseTable
from sortition.steps.plan.response_rates import Known, read_response_rates
from sortition.tables.content import File
from sortition.tables.cpr.rules import CprRules
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.numbers import share_of
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.words import same_header

ANYTHING = Known(values=(), others=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInputs:
    """The files of a plan as they are named on the command line.

    Attributes
    ----------
    quotas : File
    panel_size : int
    rates : File or None
        The strata; None: everybody is one stratum.
    rate : str or None
        Of everybody; exactly one of `rates` and `rate` is given.
    registry : File or None
        People, or counts of them.
    further : bool
        Whether the waves in `rates` are of this assembly.
    mapping : File or None
        A map that the registry is read through.
    cpr : CprRules
        Which columns to make of CPR numbers in the registry.
    """

    quotas: File
    panel_size: int
    rates: File | None
    rate: str | None
    registry: File | None
    further: bool
    mapping: File | None = None
    cpr: CprRules = field(default_factory=CprRules)

    @property
    def paths(self) -> dict[str, File]:
        """The files that are read, by what they are."""
        named = {"quotas": self.quotas, "rates": self.rates, "registry": self.registry}
        named["map"] = self.mapping
        return {name: path for name, path in named.items() if path is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """What the files said.

    Attributes
    ----------
    quotas : Quotas
        With a registry, those on features that it has.
    strata : ResponseTable
        With their populations as the registry has them, if there is one.
    population : Population or None
    tables : mapping of str to Table
        Those that were read, by what they are.
    assumed : tuple of Finding
    """

    quotas: Quotas
    strata: ResponseTable
    population: Population | None
    tables: Mapping[str, Table]
    assumed: tuple[Finding, ...]


def _registry(inputs: PlanInputs) -> Table | None:
    """The registry as it is read through a map and what its CPR numbers say."""
    if inputs.registry is None:
        return None
    through = glasses(inputs.mapping, inputs.cpr)
    came = read_table(inputs.registry)
    table, _ = through.on(came, None)
    unused = tuple(through.unused([came, table]))
    if unused:
        raise InputErrors(unused)
    return table


def read_plan(inputs: PlanInputs, faults: list[Finding]) -> PlanReading:
    """Read them.

    Parameters
    ----------
    faults : list of Finding
        What is wrong already; it is reported with the rest.

    Raises
    ------
    InputErrors
        With every fault.
    """
    if inputs.panel_size < 1:
        faults.append(Finding(code="panel-size-not-positive", value=str(inputs.panel_size)))
    sheet = attempt(faults, partial(read_quota_sheet, inputs.quotas, max(inputs.panel_size, 1)))
    if sheet and inputs.panel_size >= 1:
        faults += sheet.size_faults(inputs.panel_size)
    registry = attempt(faults, partial(_registry, inputs)) if inputs.registry else None
    labels = dict.fromkeys(registry.header if registry else (), ANYTHING)
    labels |= _labels(sheet.quotas) if sheet else {}
    rates = (
        attempt(faults, partial(read_response_rates, inputs.rates, labels))
        if inputs.rates
        else None
    )
    if inputs.rate is not None and (fault := rate_fault(inputs.rate)):
        faults.append(Finding(code=fault, value=inputs.rate))
    if faults or sheet is None:
        raise InputErrors(tuple(faults))
    strata = rates.responses if rates else _everybody(inputs.rate or "")
    quotas, unknown = _that_can_be_tried(sheet.quotas, strata, registry)
    wanted = _wanted(quotas, strata)
    population = attempt(faults, partial(read_population, registry, wanted)) if registry else None
    if population:
        strata = _counted(strata, population)
    if rates and not faults:
        faults += strata_faults(rates, strata, quotas, population)
        faults += wave_faults(rates, strata) if inputs.further else ()
    if faults:
        raise InputErrors(tuple(faults))
    tables = {"quotas": sheet.table, "rates": rates and rates.table, "registry": registry}
    return PlanReading(
        quotas=quotas,
        strata=strata,
        population=population,
        tables={name: table for name, table in tables.items() if table},
        assumed=(
            *sheet.assumed,
            *(rates.assumed if rates else ()),
            *(population.assumed if population else ()),
            *(population_column(rates) if rates and population else ()),
            *not_in_strata(quotas, strata),
            *unknown,
        ),
    )


def groups_of(reading: PlanReading, panel_size: int) -> tuple[Types, Ints]:
    """The registry as groups of people who are alike, and the place of each one's stratum.

    Soft quotas have no bounds here, since they give way.
    """
    population, rows = reading.population, reading.quotas.rows
    assert population is not None  # noqa: S101 - whoever asks has a registry
    places = [population.features.index(feature) for feature in reading.strata.features]
    stratum = {row.values: place for place, row in enumerate(reading.strata.strata)}
    counts = [
        [number for number, quota in enumerate(rows, start=1) if quota.counts(values)]
        for values in (dict(zip(population.features, g, strict=True)) for g in population.groups)
    ]
    width, unused = max(map(len, counts)), len(rows) + 1
    hard = [quota.penalty is None for quota in rows]
    types = Types(
        members=((),) * len(counts),
        sizes=np.array(list(population.groups.values()), dtype=np.int64),
        rows_of=np.array([[0, *row, *[unused] * (width - len(row))] for row in counts]),
        lower=np.array([panel_size, *(q.lower * h for q, h in zip(rows, hard, strict=True))]),
        upper=np.array(
            [panel_size, *(q.upper if h else panel_size for q, h in zip(rows, hard, strict=True))]
        ),
        quotas=rows,
        households=(),
    )
    return types, np.array([stratum[tuple(g[p] for p in places)] for g in population.groups])


def _that_can_be_tried(
    quotas: Quotas, strata: ResponseTable, registry: Table | None
) -> tuple[Quotas, tuple[Finding, ...]]:
    """The quotas on what the registry knows of people, and the features that it lacks.

    A feature that makes strata is needed, and so is one that a column seems to mean; if all are
    lacking, it is the wrong file.
    """
    if registry is None:
        return quotas, ()
    unknown = [
        feature
        for feature in quotas.needed_features
        if feature not in strata.features
        and not any(
            fold(name) == fold(feature) or same_header(name, feature) for name in registry.header
        )
    ]
    kept = tuple(
        row
        for row in quotas.rows
        if not {row.feature, *(part for part, _ in row.parts)}.intersection(unknown)
    )
    if not kept or not unknown:
        return quotas, ()
    code = "plan-feature-untried"
    return Quotas(rows=kept), tuple(registry.finding(code=code, column=name) for name in unknown)


def _labels(quotas: Quotas) -> dict[str, Known]:
    """The features of the quotas, with the values that they know."""
    known = {}
    for feature in quotas.needed_features:
        own = tuple(quota.value for quota in quotas.of(feature))
        known[feature] = Known(values=own or quotas.labels(feature), others=not own)
    return known


def _everybody(rate: str) -> ResponseTable:
    return ResponseTable(features=(), strata=(Response(values=(), rate=share_of(rate)),))


def _wanted(quotas: Quotas, strata: ResponseTable) -> dict[str, Known]:
    """The features that the registry must have, spelled as quotas and strata have them."""
    wanted = _labels(quotas)
    for place, feature in enumerate(strata.features):
        before = wanted.get(feature, ANYTHING)
        if before.others:
            there = sorted({row.values[place] for row in strata.strata})
            wanted[feature] = replace(before, values=(*there, *before.values))
    return wanted


def _counted(strata: ResponseTable, population: Population) -> ResponseTable:
    """The strata with as many people as the registry has of them."""
    people = people_by_stratum(strata, population)
    counted = (replace(row, population=people[row.values]) for row in strata.strata)
    return replace(strata, strata=tuple(counted))
