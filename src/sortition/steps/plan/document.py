"""The plan for programs: ``plan.json``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sortition.model import Quota
from sortition.pages.context import Origin
from sortition.steps.plan.outlook import QUANTILES, Estimate, Outlook, Point
from sortition.steps.plan.response import Belief
from sortition.steps.plan.strata import Plan, StratumPlan
from sortition.steps.plan.waves import Wave
from sortition.texts import describe

SCHEMA = "sortition-plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext(Origin):
    """Where a plan comes from: files under ``quotas``, ``rates`` and ``registry``."""

    quotas: tuple[Quota, ...]


def wave_figures(wave: Wave) -> dict[str, Any]:
    """A single wave; the invitations come first."""
    return {
        "invitations": wave.invitations,
        "method": wave.aim.method,
        "needed": wave.needed,
        **_rate(wave.belief),
        "confidence": float(wave.aim.confidence),
        "expected_answers": round(wave.expected_answers, 6),
        "chance": wave.chance,
    }


def plan_figures(plan: Plan, expected: Outlook | None, *, context: PlanContext) -> dict[str, Any]:
    """A plan for strata; the invitations come first."""
    return {
        "invitations": plan.invitations,
        "schema": SCHEMA,
        "inputs": context.inputs,
        "options": dict(context.options),
        "expected_answers": round(plan.expected_answers, 6),
        "chance_of_enough": plan.chance,
        "learnt": plan.overall
        and {"overall_rate": float(plan.overall.rate), "worth": plan.overall.worth},
        "strata": [_stratum(plan, stratum) for stratum in plan.strata],
        "simulation": expected and _simulation(expected, context.quotas),
        "assumed": list(map(describe, context.assumptions)),
        "versions": dict(context.versions),
    }


def plan_json(plan: Plan, expected: Outlook | None, *, context: PlanContext) -> bytes:
    """The figures of a plan as a JSON document: UTF-8, indented, with a final newline."""
    document = plan_figures(plan, expected, context=context)
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _stratum(plan: Plan, planned: StratumPlan) -> dict[str, Any]:
    return {
        "values": dict(zip(plan.features, planned.stratum.values, strict=True)),
        "population": planned.stratum.population,
        **_rate(planned.belief),
        "learnt": planned.stratum.rate is None,
        "seats": planned.seats,
        "needed": planned.needed,
        "wanted": planned.wanted,
        "invitations": planned.invitations,
        "expected_answers": round(planned.expected_answers, 6),
        "chance": planned.chance,
    }


def _rate(belief: Belief) -> dict[str, float]:
    return {"rate": float(belief.rate), "worth": round(float(belief.worth), 6)}


def _simulation(expected: Outlook, quotas: tuple[Quota, ...]) -> dict[str, Any]:
    return {
        "trials": expected.trials,
        "quotas_met": _estimate(expected.planned.met),
        "curve": [_point(point) for point in expected.points],
        "answers": _quantiles(expected.answers),
        "lowest_chance": _quantiles(expected.lowest),
        "too_few": [
            {
                "feature": quotas[number].feature,
                "value": quotas[number].value,
                "trials": times,
                **_helped(expected, number),
            }
            for number, times in expected.short
        ],
        "not_together": expected.together,
    }


def _helped(expected: Outlook, quota: int) -> dict[str, Any]:
    best = expected.helped.get(quota)
    if best is None:
        return {}
    answers = round(best.answers, 6)
    return {"helped_by": {"stratum": list(best.stratum), "answers_of_100_letters": answers}}


def _point(point: Point) -> dict[str, Any]:
    return {
        "part": float(point.part),
        "invitations": point.invitations,
        "quotas_met": _estimate(point.met),
    }


def _estimate(estimate: Estimate) -> dict[str, float]:
    return {"probability": estimate.probability, **asdict(estimate)}


def _quantiles(at: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(map(str, QUANTILES), at, strict=False))
