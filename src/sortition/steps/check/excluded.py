"""Who can never be selected, and which quotas exclude them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sortition.core.feasibility.exclusion import Exclusion, exclusions
from sortition.core.types import Bools, Types
from sortition.model import Quota, SolverName


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """People whom the same bounds exclude.

    Attributes
    ----------
    ids : tuple of str
        Sorted.
    conflict : tuple of Quota
        These bounds have no panel with any of them; without any one of the bounds there is one
        with each. A bound that takes no part is 0, or the panel size.
    households : bool
        Whether the household rule takes part.
    in_common : tuple of (str, str)
        The features and values of the quotas that all of them count for.
    """

    ids: tuple[str, ...]
    conflict: tuple[Quota, ...]
    households: bool
    in_common: tuple[tuple[str, str], ...]


def excluded(
    types: Types, on_some: Bools, ids: Sequence[str], *, solver: SolverName
) -> tuple[Excluded, ...]:
    """Everybody who is on no panel, those with the same reason together, most people first.

    Parameters
    ----------
    types : Types
    on_some : array of bool, shape (T,)
        The types that are on some panel.
    ids : sequence of str
        Of the pool, by position.
    solver : {"highs", "cbc"}
    """
    never = tuple(number for number, on_panel in enumerate(on_some.tolist()) if not on_panel)
    if not never:
        return ()
    found = [_people(types, one, ids) for one in exclusions(types, never, solver=solver)]
    return tuple(sorted(found, key=lambda one: (-len(one.ids), one.ids)))


def _people(types: Types, one: Exclusion, ids: Sequence[str]) -> Excluded:
    quotas = range(1, 1 + len(types.quotas))
    shared = set.intersection(*(set(types.rows_of[number].tolist()) for number in one.types))
    return Excluded(
        ids=tuple(sorted(ids[position] for t in one.types for position in types.members[t])),
        conflict=one.conflict,
        households=one.households,
        in_common=tuple(
            (types.quotas[row - 1].feature, types.quotas[row - 1].value)
            for row in quotas
            if row in shared
        ),
    )
