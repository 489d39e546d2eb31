"""Why there is no panel, in words: the bounds that clash, and the least change that helps."""

from __future__ import annotations

from collections.abc import Iterator

from sortition.model import InfeasibleQuotas, Language, Quota, by_label
from sortition.pages.wording import Wording, wording


def infeasible_in_words(why: InfeasibleQuotas, language: Language = "en") -> Iterator[str]:
    """The conflict and the change, a line for each bound under its heading."""
    w = wording(language)
    yield w.text(_heading(why))
    for quota, people in zip(why.conflict, why.supply, strict=True):
        told = w.text(
            "conflict.bound",
            feature=quota.feature,
            value=quota.value,
            bounds=bounds_in_words(quota, why.panel_size, language),
            people=people,
        )
        yield f"  {told}"
    if not why.relaxations:
        yield w.text("conflict.no_change")
        return
    yield w.text("conflict.beyond_flex" if why.beyond_flex else "conflict.least_change")
    yield from (f"  {change}" for change in _changes(why, w))


def bounds_in_words(quota: Quota, panel_size: int, language: Language) -> str:
    """The bounds of a quota that say something: ``at least 2 and at most 5``."""
    w = wording(language)
    parts = []
    if quota.lower > 0:
        parts.append(w.text("conflict.at_least", n=quota.lower))
    if quota.upper < panel_size:
        parts.append(w.text("conflict.at_most", n=quota.upper))
    return (
        w.text("conflict.and", one=parts[0], other=parts[1]) if len(parts) > 1 else "".join(parts)
    )


def _heading(why: InfeasibleQuotas) -> str:
    if not why.conflict:
        return "conflict.household_alone"
    if why.households:
        return "conflict.bounds_and_rule"
    return "conflict.one_bound" if len(why.conflict) == 1 else "conflict.bounds"


def _changes(why: InfeasibleQuotas, w: Wording) -> Iterator[str]:
    before = by_label(why.quotas)
    for quota in why.relaxations:
        old = before[quota.feature, quota.value]
        yield w.text(
            "conflict.change",
            feature=quota.feature,
            value=quota.value,
            lower=quota.lower,
            upper=quota.upper,
            old_lower=old.lower,
            old_upper=old.upper,
        )
