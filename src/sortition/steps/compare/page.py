"""The comparison for people: one page that needs nothing beside itself."""

from __future__ import annotations

from itertools import groupby

from sortition.model import Language
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.selection.compared import Comparison, RuleOutcome
from sortition.selection.comparison import OBJECTIVES
from sortition.steps.compare.context import CompareContext
from sortition.steps.compare.picture import curves

ROOM = "steps/compare"


def compare_html(
    comparison: Comparison, *, context: CompareContext, language: Language = "en"
) -> str:
    """The comparison as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and names nobody.

    Parameters
    ----------
    comparison : Comparison
    context : CompareContext
    language : {"en", "da"}
    """
    words = wording(language, ROOM)
    equal_chance = comparison.panel_size / comparison.pool_size
    numbered = list(enumerate(comparison.quotas))
    return page(
        ROOM,
        language,
        c=comparison,
        context=context,
        objectives=OBJECTIVES,
        curves=curves(comparison.rules, mean=equal_chance),
        equal_chance=equal_chance,
        gaps={outcome.rule: _gap(outcome, words) for outcome in comparison.rules},
        features=[
            (feature, list(quotas))
            for feature, quotas in groupby(numbered, key=lambda pair: pair[1].feature)
        ],
    )


def _gap(outcome: RuleOutcome, w: Wording) -> str:
    """In percentage points, except of the goldilocks measure; empty if there is none."""
    if outcome.gap is None:
        return ""
    return w.at_most(outcome.gap) if outcome.rule == "goldilocks" else w.points(outcome.gap)
