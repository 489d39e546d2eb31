"""Solve again what a lottery file describes: everybody's chance, and the tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sortition.audit.certificate.proof import Certificate
from sortition.audit.lottery.file import PublishedLottery
from sortition.core.progress import Silent
from sortition.errors import Finding
from sortition.model import Lottery
from sortition.selection.preparation import Rules, prepare
from sortition.steps.publish.instances import instance_of
from sortition.steps.publish.publishing import renamed

CLOSE = 1e-6


def resolved(
    lottery: PublishedLottery,
    certificate: Certificate,
    chances: Mapping[str, float],
    *,
    options: Any,
    ids: Mapping[str, str],
) -> tuple[tuple[Finding, ...], Finding]:
    """What differs from a lottery solved again, and what is to be said of its tickets.

    Chances are the same with every solver. Tickets follow from pool, quotas and options by a rule,
    but other versions of a solver may lead it elsewhere, so that other ones are no fault.

    Parameters
    ----------
    lottery : PublishedLottery
    certificate : Certificate
    chances : mapping of str to float
    options : document
        What the lottery was asked for.
    ids : mapping of str to str
        By which the lottery was made, by name.

    Raises
    ------
    InfeasibleQuotas, SolverFailed
        If it cannot be solved again.
    """
    instance = renamed(
        instance_of(lottery, certificate, options["household_limit"] or 1), dict(ids)
    )
    aims = certificate.aims_by_id()
    rules = Rules(
        objective=certificate.objective,
        gamma=float(certificate.gamma),
        tickets=lottery.ticket_count,
        solver=options["solver"],
        aims=None if aims is None else {ids[name]: aim for name, aim in aims.items()},
        mixed=tuple((one, other) for one, other in options.get("mix", ())),
    )
    again = prepare(instance, rules, Silent())
    differences = [
        abs(again.probabilities.get(ids[name], 0.0) - chance) for name, chance in chances.items()
    ]
    others = [difference for difference in differences if difference > CLOSE]
    told = _of_tickets(lottery, again.lottery, ids)
    if not others:
        return (), told
    facts: dict[str, str | int] = {"count": len(others), "largest": f"{max(others):.2g}"}
    return (Finding(code="verify-resolved", facts=facts),), told


def _of_tickets(lottery: PublishedLottery, again: Lottery, ids: Mapping[str, str]) -> Finding:
    """How many of the tickets come out again."""
    stated = Counter[frozenset[str]]()
    for panel in lottery.panels:
        stated[frozenset(ids[name] for name in panel.members)] += panel.weight
    made = Counter[frozenset[str]]()
    for one in again.panels:
        made[frozenset(one.members)] += one.weight
    facts = {"same": (stated & made).total(), "tickets": lottery.ticket_count}
    same = stated == made
    return Finding(code="told-tickets-again" if same else "told-tickets-otherwise", facts=facts)
