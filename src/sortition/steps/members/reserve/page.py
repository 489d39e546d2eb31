"""Alternates for people: one page that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Sequence

from sortition.model import Language
from sortition.pages.template import page
from sortition.selection.reserve.choice import Reserve
from sortition.selection.reserve.dropouts import SEEN
from sortition.selection.reserve.second_panel import SecondPanel
from sortition.selection.reserve.trials import JUDGED, SETS
from sortition.steps.members.reserve.document import AlternatesContext

BAR = 240  # pixels


def alternates_html(
    reserve: Reserve | None,
    second: SecondPanel | None,
    people: Sequence[str],
    *,
    context: AlternatesContext,
    language: Language,
) -> str:
    """A reserve or a second panel as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and names people by the ids that the organiser knows.

    Parameters
    ----------
    reserve : Reserve or None
    second : SecondPanel or None
        One of the two.
    people : sequence of str
        The ids of those who were chosen or drawn, in their order.
    context : AlternatesContext
    language : {"en", "da"}
    """
    rules = reserve.rules if reserve else ()
    most = max((figure.damage.mean for figure in rules), default=0.0)
    return page(
        "steps/members/reserve",
        language,
        r=reserve,
        s=second,
        people=people,
        context=context,
        rehearsal=context.rehearsal,
        rules=sorted(rules, key=lambda figure: figure.damage.mean),
        bar=lambda mean: round(BAR * mean / most, 1) if most else 0.0,
        bar_width=BAR,
        sets=SETS,
        judged=JUDGED,
        seen_gone=sum(gone for gone, _ in SEEN),
        seen_size=sum(size for _, size in SEEN),
        seen_count=len(SEEN),
    )
