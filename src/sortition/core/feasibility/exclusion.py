"""Why somebody is on no panel: the bounds that leave no room beside her."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.core.feasibility.clashes import Clashes, Kept
from sortition.core.types import Types
from sortition.model import Quota, SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Types that the same bounds exclude.

    Attributes
    ----------
    types : tuple of int
    conflict : tuple of Quota
        These bounds have no panel with any person of these types; without any one of them there
        is a panel with each. A bound that takes no part is 0, or the panel size.
    households : bool
        Whether the household rule takes part.
    """

    types: tuple[int, ...]
    conflict: tuple[Quota, ...]
    households: bool


def exclusions(
    types: Types, excluded: tuple[int, ...], *, solver: SolverName
) -> tuple[Exclusion, ...]:
    """Find the bounds that exclude each of these types, those with the same bounds together.

    Bounds that exclude one type are tried on the next, so that few reasons are given for many.

    Parameters
    ----------
    types : Types
        An instance that has a panel.
    excluded : tuple of int
        Types that are on no panel.
    solver : {"highs", "cbc"}
    """
    clashes = Clashes(types, solver=solver)
    reasons: list[tuple[Kept, list[int]]] = []
    for type_ in excluded:
        known = [kept for kept, _ in reasons if not clashes.has_panel(kept, with_type=type_)]
        start = known[0] if known else clashes.everything
        reason = clashes.irreducible(start, with_type=type_)
        for kept, of_reason in reasons:
            if kept.same_as(reason):
                of_reason.append(type_)
                break
        else:
            reasons.append((reason, [type_]))
    return tuple(
        Exclusion(
            types=tuple(of_reason),
            conflict=clashes.named(kept),
            households=clashes.households(kept),
        )
        for kept, of_reason in reasons
    )
