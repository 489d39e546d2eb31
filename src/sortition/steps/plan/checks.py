"""Whether quotas, strata and registry fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sortition.errors import Finding
from sortition.model import Quotas
from sortition.steps.plan.populations import Population
from sortition.steps.plan.response import ResponseTable
from sortition.steps.plan.response_rates import ResponseSheet

MOST_NAMED = 12  # strata in one sentence


def people_by_stratum(strata: ResponseTable, population: Population) -> Counter[tuple[str, ...]]:
    """How many people of a registry are in each stratum, by its values."""
    places = [population.features.index(feature) for feature in strata.features]
    people: Counter[tuple[str, ...]] = Counter()
    for group, count in population.groups.items():
        people[tuple(group[place] for place in places)] += count
    return people


def strata_faults(
    rates: ResponseSheet,
    strata: ResponseTable,
    quotas: Quotas,
    population: Population | None,
) -> Iterator[Finding]:
    """Where quotas, strata and registry do not fit together."""
    rows = {row.values for row in strata.strata}
    if population:
        for values, count in sorted(people_by_stratum(strata, population).items()):
            if values not in rows:
                facts: dict[str, str | int] = {"people": count}
                yield rates.table.finding(
                    code="stratum-without-row", value=", ".join(values), facts=facts
                )
        return
    for place, feature in enumerate(strata.features):
        there = {row.values[place] for row in strata.strata}
        for quota in quotas.of(feature):
            if quota.value not in there:
                yield rates.table.finding(
                    code="quota-without-stratum", column=feature, value=quota.value
                )
    if all(row.population == 0 for row in strata.strata):
        yield rates.table.finding(code="plan-nobody", column=rates.columns["population"])
    alone = len(strata.features) == 1 and strata.features[0] in quotas.features
    unknown = [row for row in strata.strata if row.population is None]
    if unknown and not (alone and len(unknown) == len(rows)):
        named = "; ".join(", ".join(row.values) for row in unknown[:MOST_NAMED])
        more = len(unknown) - MOST_NAMED
        first: dict[str, str | int] = {"strata": named, "more": max(more, 0) or ""}
        yield rates.table.finding(code="plan-population-missing", facts=first)


def wave_faults(rates: ResponseSheet, strata: ResponseTable) -> Iterator[Finding]:
    """What keeps a wave from being of this assembly."""
    if "invited" not in rates.columns:
        yield rates.table.finding(code="plan-further-without-wave")
    for number, row in zip(rates.table.row_numbers, strata.strata, strict=True):
        if row.population is not None and row.invited > row.population:
            yield rates.table.finding(
                code="plan-more-invited-than-people",
                row=number,
                value=str(row.invited),
                facts={"people": row.population},
            )


def population_column(rates: ResponseSheet) -> Iterator[Finding]:
    """That the registry was believed and not the table of rates."""
    column = rates.columns.get("population")
    if column:
        yield rates.table.finding(code="plan-population-from-registry", column=column)


def not_in_strata(quotas: Quotas, strata: ResponseTable) -> Iterator[Finding]:
    """Which features of the quotas make no strata."""
    others = [feature for feature in quotas.needed_features if feature not in strata.features]
    if others and strata.features:
        yield Finding(code="plan-features-not-in-strata", facts={"features": ", ".join(others)})
