"""The funnel for people: one page that needs nothing beside itself."""

from __future__ import annotations

from sortition.model import Language
from sortition.recruitment.end_to_end import EndToEnd
from sortition.recruitment.funnel import Funnel
from sortition.report.funnel_document import FunnelContext
from sortition.report.page import page
from sortition.report.wording import wording


def funnel_html(
    funnel: Funnel,
    chances: EndToEnd | None,
    *,
    context: FunnelContext,
    language: Language = "en",
) -> str:
    """The funnel as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and tells no count that is too small.

    Parameters
    ----------
    funnel : Funnel
    chances : EndToEnd or None
    context : FunnelContext
    language : {"en", "da"}
    """
    return page(
        "funnel.html",
        f=funnel,
        c=chances,
        context=context,
        w=wording(language, "funnel"),
    )
