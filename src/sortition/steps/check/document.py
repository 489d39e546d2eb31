"""A check for programs: ``check.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sortition.errors import Finding
from sortition.model import InfeasibleQuotas, Quota, by_label
from sortition.pages.printed import printed
from sortition.steps.check.demographics import Representation
from sortition.steps.check.excluded import Excluded
from sortition.steps.check.pool import Feasible, PoolCheck
from sortition.steps.check.result import Check
from sortition.texts import describe

SCHEMA = "sortition-check/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that was read: its name, and the SHA-256 of its bytes in lower-case hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """The files, the options and the surroundings of a check.

    Attributes
    ----------
    pool, population : CheckedFile or None
        None if there was none.
    quotas : CheckedFile
    options : mapping of str to object
        What was asked for, by name, with values that JSON can hold.
    assumptions : tuple of Finding
        What was assumed when the files were read.
    versions : mapping of str to str
        Software by name, in the order in which it is to be listed.
    """

    pool: CheckedFile | None
    quotas: CheckedFile
    population: CheckedFile | None
    options: Mapping[str, object]
    assumptions: tuple[Finding, ...]
    versions: Mapping[str, str]


def check_json(check: Check, *, context: CheckContext) -> bytes:
    """A check as a JSON document, which names people by their ids alone.

    Returns
    -------
    bytes
        UTF-8, indented by one space, with a final newline; figures to nine decimals.
    """
    pool = check.pool
    feasible = pool.outcome if pool and isinstance(pool.outcome, Feasible) else None
    document = {
        "schema": SCHEMA,
        "verdict": verdict(check),
        "inputs": {
            name: None if read is None else {"file": read.name, "sha256": read.sha256}
            for name, read in (
                ("pool", context.pool),
                ("quotas", context.quotas),
                ("population", context.population),
            )
        },
        "options": dict(context.options),
        "panel_size": check.panel_size,
        "pool_size": pool.people if pool else None,
        "quotas": list(_quotas(check, feasible)),
        "chances": _chances(feasible) if feasible else None,
        "excluded": [_excluded(one, check) for one in feasible.excluded] if feasible else None,
        "indispensable": list(feasible.indispensable) if feasible else None,
        "infeasible": _infeasible(check.infeasible) if check.infeasible else None,
        "assumed": list(map(describe, context.assumptions)),
        "versions": dict(context.versions),
    }
    return printed(document)


def verdict(check: Check) -> str:
    """``feasible``, ``infeasible``, or ``no pool``."""
    if check.pool is None:
        return "no pool"
    return "infeasible" if check.infeasible else "feasible"


def _quotas(check: Check, feasible: Feasible | None) -> Iterator[dict[str, Any]]:
    for number, (quota, beside) in enumerate(
        zip(check.quotas.rows, check.represented, strict=True)
    ):
        loosening = feasible.chances.loosenings[number] if feasible else None
        yield {
            "feature": quota.feature,
            "value": quota.value,
            "min": quota.lower,
            "max": quota.upper,
            "min_flex": quota.min_flex,
            "max_flex": quota.max_flex,
            "penalty": quota.penalty,
            "population": _population(beside) if beside else None,
            "pool": _supply(check.pool, number, feasible) if check.pool else None,
            "loosening": asdict(loosening) if loosening else None,
        }


def _population(beside: Representation) -> dict[str, Any]:
    return {
        "share": float(beside.share),
        "seats": float(beside.seats),
        "apart": float(beside.apart),
        "verdict": beside.verdict,
    }


def _supply(pool: PoolCheck, number: int, feasible: Feasible | None) -> dict[str, Any]:
    supply = pool.supplies[number]
    return {
        "people": supply.people,
        "share": float(supply.share),
        "stock": supply.stock,
        "spare": feasible.spare[number] if feasible else None,
    }


def _chances(feasible: Feasible) -> dict[str, float | None]:
    return {"lowest": feasible.chances.lowest, "bound": feasible.chances.bound}


def _excluded(one: Excluded, check: Check) -> dict[str, Any]:
    return {
        "ids": list(one.ids),
        "in_common": [{"feature": feature, "value": value} for feature, value in one.in_common],
        "conflict": [_bounds(quota, check.panel_size) for quota in one.conflict],
        "households": one.households,
    }


def _infeasible(why: InfeasibleQuotas) -> dict[str, Any]:
    before = by_label(why.quotas)
    return {
        "conflict": [
            {**_bounds(quota, why.panel_size), "people": people}
            for quota, people in zip(why.conflict, why.supply, strict=True)
        ],
        "households": why.households,
        "change": [
            {
                "feature": quota.feature,
                "value": quota.value,
                "min": quota.lower,
                "max": quota.upper,
                "min_before": before[quota.feature, quota.value].lower,
                "max_before": before[quota.feature, quota.value].upper,
            }
            for quota in why.relaxations
        ],
        "beyond_flex": why.beyond_flex,
    }


def _bounds(quota: Quota, panel_size: int) -> dict[str, Any]:
    """A quota of a conflict; null for a bound that takes no part."""
    return {
        "feature": quota.feature,
        "value": quota.value,
        "min": quota.lower or None,
        "max": quota.upper if quota.upper < panel_size else None,
    }
