"""The funnel for people: one page that needs nothing beside itself."""

from __future__ import annotations

from sortition.model import Language
from sortition.pages.context import Origin
from sortition.pages.template import page
from sortition.steps.funnel.counts import Funnel
from sortition.steps.funnel.end_to_end import EndToEnd
from sortition.steps.funnel.picture import flow


def funnel_html(
    funnel: Funnel,
    chances: EndToEnd | None,
    *,
    context: Origin,
    language: Language,
) -> str:
    """The funnel as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and tells no count that is too small.

    Parameters
    ----------
    funnel : Funnel
    chances : EndToEnd or None
    context : Origin
    language : {"en", "da"}
    """
    return page(
        "steps/funnel",
        language,
        f=funnel,
        flow=flow,
        c=chances,
        context=context,
    )
