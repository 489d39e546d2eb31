"""A check for people: one page that needs nothing beside itself."""

from __future__ import annotations

from itertools import groupby

from sortition.model import Language, Quota, by_label
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.steps.check.document import CheckContext, verdict
from sortition.steps.check.picture import supply_bars
from sortition.steps.check.pool import LOTTERY_UP_TO, Feasible
from sortition.steps.check.result import Check
from sortition.steps.check.rows import check_rows

ROOM = "steps/check"
MOST_IDS = 200


def check_html(check: Check, *, context: CheckContext, language: Language) -> str:
    """A check as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and names people by their ids alone.

    Parameters
    ----------
    check : Check
    context : CheckContext
    language : {"en", "da"}
    """
    words = wording(language, ROOM)
    outcome = check.pool.outcome if check.pool else None
    feasible = outcome if isinstance(outcome, Feasible) else None
    compared = [beside for beside in check.represented if beside is not None]
    why = check.infeasible
    before = by_label(check.quotas.rows)
    return page(
        ROOM,
        language,
        c=check,
        context=context,
        verdict=verdict(check).replace(" ", "_"),
        why=why,
        before=before,
        feasible=feasible,
        compared=len(compared),
        missed=sum(beside.verdict in {"over", "under"} for beside in compared),
        features=[
            (feature, rows, supply_bars(rows, check.panel_size, words))
            for feature, grouped in groupby(
                check_rows(check, feasible), key=lambda row: row.quota.feature
            )
            for rows in [list(grouped)]
        ],
        bounds=lambda quota: _bounds(quota, check.panel_size, words),
        gave_way=() if feasible is None else feasible.gave_way,
        lottery_up_to=LOTTERY_UP_TO,
        most_ids=MOST_IDS,
    )


def _bounds(quota: Quota, panel_size: int, w: Wording) -> str:
    """The bounds of a conflict that take part, in words."""
    lower, upper = w.integer(quota.lower), w.integer(quota.upper)
    if quota.lower == 0:
        return w.text("conflict.most", n=upper)
    if quota.upper >= panel_size:
        return w.text("conflict.least", n=lower)
    return w.text("conflict.both", lower=lower, upper=upper)
