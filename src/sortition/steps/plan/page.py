"""The plan for people: one page that needs nothing beside itself."""

from __future__ import annotations

from sortition.model import Language
from sortition.pages.template import page
from sortition.steps.plan.document import PlanContext
from sortition.steps.plan.outlook import QUANTILES, Outlook
from sortition.steps.plan.picture import chance_curve
from sortition.steps.plan.strata import Plan


def plan_html(
    plan: Plan, expected: Outlook | None, *, context: PlanContext, language: Language
) -> str:
    """The plan as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and is about strata only, not people.

    Parameters
    ----------
    plan : Plan
    expected : Outlook or None
        What to expect of it, if it was tried out.
    context : PlanContext
    language : {"en", "da"}
    """
    return page(
        "steps/plan",
        language,
        p=plan,
        o=expected,
        context=context,
        fewest=expected and expected.fewest(plan.aim.confidence),
        seat_digits=int(any(stratum.seats % 1 for stratum in plan.strata)),
        curve=expected and chance_curve(expected),
        lowest=expected and dict(zip(QUANTILES, expected.lowest, strict=False)),
        answers=expected and dict(zip(QUANTILES, expected.answers, strict=True)),
    )
