"""A second panel of the same make: as many people again, by the same quotas, drawn as fairly.

The lottery is the fairest one over those who are left: not on the panel, not at the address of
anybody on it, and not gone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sortition.core.progress import Progress
from sortition.model import Instance, Pool, below
from sortition.selection.preparation import PreparedLottery, Rules, prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPanel:
    """A panel beside the first.

    Attributes
    ----------
    prepared : PreparedLottery
        The lottery over those who were left, with its proof.
    ticket : int
    panel : tuple of str
        Sorted.
    """

    prepared: PreparedLottery
    ticket: int
    panel: tuple[str, ...]


def left_beside(instance: Instance, panel: Collection[str], barred: Collection[str]) -> Instance:
    """The instance without the panel, those who live with its members, and those who are barred.

    Raises
    ------
    InputErrors
        If fewer people are left than a panel has.
    """
    seated = frozenset(panel)
    taken = seated.union(barred)
    homes = {m.household for m in instance.pool.members if m.id in seated} - {None}
    left = tuple(
        member
        for member in instance.pool.members
        if member.id not in taken and member.household not in homes
    )
    return replace(instance, pool=Pool(features=instance.pool.features, members=left))


def draw_second_panel(
    instance: Instance,
    panel: Collection[str],
    rules: Rules,
    *,
    barred: Collection[str],
    seed: str,
    domain: str,
    progress: Progress,
) -> SecondPanel:
    """Draw it.

    Parameters
    ----------
    instance : Instance
    panel : collection of str
        Who is on the first.
    rules : Rules
        How the lottery is made.
    barred : collection of str
        Who cannot come.
    seed, domain : str
        The ticket is drawn in ``<domain>/<digest of the second lottery>``.
    progress : Progress

    Raises
    ------
    InputErrors
        If fewer people are left than a panel has.
    InfeasibleQuotas
        If no panel of those who are left meets the quotas.
    SolverFailed
    """
    prepared = prepare(left_beside(instance, panel, barred), rules, progress)
    ticket = below(rules.tickets, seed=seed, domain=f"{domain}/{prepared.digest}")
    return SecondPanel(
        prepared=prepared, ticket=ticket, panel=prepared.lottery.panel(ticket).members
    )
