"""Why there is no panel, in words: the bounds that clash, and the least change that helps."""

from __future__ import annotations

from collections.abc import Iterator

from sortition.model import InfeasibleQuotas, Quota


def infeasible_in_words(why: InfeasibleQuotas) -> Iterator[str]:
    """The conflict and the change, a line for each bound under its heading."""
    if not why.conflict:
        yield "The household rule alone leaves too few people for a panel of this size."
    elif len(why.conflict) == 1 and not why.households:
        yield "This bound cannot be met, whatever the others are:"
    else:
        rule = " and the household rule" if why.households else ""
        yield f"These bounds{rule} cannot be met together, though without any one they could:"
    for quota, people in zip(why.conflict, why.supply, strict=True):
        bounds = bounds_in_words(quota, why.panel_size)
        yield f"  {quota.feature}, {quota.value}: {bounds} (in the pool: {people})"
    if not why.relaxations:
        yield "No change of the quotas makes a panel of this size possible."
        return
    if why.beyond_flex:
        yield "No change within the flex bounds helps. The least change beyond them that would:"
    else:
        yield "The least change that makes a panel possible:"
    before = {(quota.feature, quota.value): quota for quota in why.quotas}
    for quota in why.relaxations:
        old = before[quota.feature, quota.value]
        yield (
            f"  {quota.feature}, {quota.value}: {quota.lower} to {quota.upper} "
            f"in place of {old.lower} to {old.upper}"
        )


def bounds_in_words(quota: Quota, panel_size: int) -> str:
    """The bounds of a quota that say something: ``at least 2 and at most 5``."""
    lowest = f"at least {quota.lower}" if quota.lower > 0 else ""
    highest = f"at most {quota.upper}" if quota.upper < panel_size else ""
    return " and ".join(part for part in (lowest, highest) if part)
