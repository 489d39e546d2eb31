"""No panel meets the quotas: which of them clash, and the least change that would help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sortition.errors import Finding, SortitionError
from sortition.model.quotas import Quota


class InfeasibleQuotas(SortitionError):
    """No panel meets the quotas.

    Attributes
    ----------
    conflict : tuple of Quota
        Quotas that cannot be met together, though any one of them fewer could be. Each is
        named with the bound that takes part; the other bound is 0, or the panel size.
    supply : tuple of int
        How many people of the pool count for each quota of the conflict.
    relaxations : tuple of Quota
        The least change that makes a panel possible, as `sortition.core.feasibility.softening`
        weighs it: these quotas, with these bounds, in place of the ones with the same feature
        and value. Empty if no change of bounds would.
    beyond_flex : bool
        Whether no change within the flex bounds makes a panel possible, so that the one named
        oversteps them.
    households : bool
        Whether the rule of one person per household takes part in the conflict.
    quotas : tuple of Quota
        All quotas, as they were.
    panel_size : int
    assumed : tuple of Finding
        What was assumed when the files were read: it may be why there is no panel.
    """

    def __init__(
        self,
        *,
        conflict: tuple[Quota, ...],
        supply: tuple[int, ...],
        relaxations: tuple[Quota, ...],
        beyond_flex: bool,
        households: bool,
        quotas: tuple[Quota, ...],
        panel_size: int,
    ) -> None:
        super().__init__("no panel meets the quotas")
        self.conflict = conflict
        self.supply = supply
        self.relaxations = relaxations
        self.beyond_flex = beyond_flex
        self.households = households
        self.quotas = quotas
        self.panel_size = panel_size
        self.assumed: tuple[Finding, ...] = ()


@contextmanager
def assuming(assumed: tuple[Finding, ...]) -> Iterator[None]:
    """Let whoever is told that there is no panel know what was assumed about the files."""
    try:
        yield
    except InfeasibleQuotas as infeasible:
        infeasible.assumed = assumed
        raise
