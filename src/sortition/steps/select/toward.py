"""The chances of coming into the pool, as a selection toward the population reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import as_text
from sortition.instance.reading import Reading
from sortition.model import Instance, Participation, assuming
from sortition.selection.mixed import pairs_mixed
from sortition.selection.preparation import PreparedLottery, Rules, population_aims, prepare
from sortition.tables.labels import listed

if TYPE_CHECKING:
    from sortition.steps.plan import ResponseSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesRead:
    """What the file said.

    Attributes
    ----------
    file : str
        Its name.
    digest : str
        Its SHA-256.
    aims : mapping of str to Fraction
        What everybody's chance should be, by id.
    assumed : tuple of Finding
    """

    file: str
    digest: str
    aims: Mapping[str, Fraction]
    assumed: tuple[Finding, ...]


def prepare_toward(
    rules: Rules, path: Path | None, reading: Reading, progress: Progress, *, mix: str | None
) -> tuple[PreparedLottery, RatesRead | None]:
    """The lottery by these rules, toward the aims that a file of rates gives, and what it said.

    Raises
    ------
    InputErrors
        With every fault of the file, or of the pairs of features that are to be mixed.
    InfeasibleQuotas
    SolverFailed
    """
    rates = None if path is None else read_participation(path, reading.instance)
    if rates is not None:
        rules = replace(rules, objective="population", aims=rates.aims)
    rules = replace(rules, mixed=pairs_mixed(mix, reading.instance))
    with assuming(reading.assumed):
        return prepare(reading.instance, rules, progress), rates


def read_participation(path: Path, instance: Instance) -> RatesRead:
    """Read the chances of coming into the pool: a row a stratum, with a rate.

    Raises
    ------
    InputErrors
        With every fault of the file, and every stratum of the pool that it has no rate for.
    """
    from sortition.steps.plan import (  # noqa: PLC0415 - most lotteries have no aims
        Known,
        read_response_rates,
    )

    # only with quotas on it does a feature tell people apart in the programs
    features = instance.quotas.features
    known = {
        feature: Known(values=tuple(q.value for q in instance.quotas.of(feature)), others=True)
        for feature in features
    }
    sheet = read_response_rates(path, known)
    responses = sheet.responses
    unknown = [row for row in responses.strata if row.rate is None]
    if unknown:
        strata = listed(", ".join(row.values) for row in unknown)
        raise InputErrors((sheet.table.finding(code="toward-without-rate", value=strata),))
    participation = Participation(
        features=responses.features,
        rates={row.values: row.rate for row in responses.strata if row.rate is not None},
    )
    faults = tuple(_missing(sheet, participation, instance))
    if faults:
        raise InputErrors(faults)
    toward = sheet.table.finding(
        code="toward-population",
        facts={"features": listed(responses.features), "digest": sheet.table.digest},
    )
    return RatesRead(
        file=as_text(path.name),
        digest=sheet.table.digest,
        aims=population_aims(instance, participation),
        assumed=(*sheet.assumed, toward),
    )


def _missing(
    sheet: ResponseSheet, participation: Participation, instance: Instance
) -> Iterator[Finding]:
    people = Counter(participation.strata_of(instance.pool))
    for stratum, count in sorted(people.items()):
        if stratum not in participation.rates:
            facts = {"people": count}
            value = ", ".join(stratum)
            yield sheet.table.finding(code="toward-stratum-missing", value=value, facts=facts)
