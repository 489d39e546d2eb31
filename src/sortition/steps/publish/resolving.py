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
from sortition.selection.record import software_versions
from sortition.steps.publish.instances import instance_of
from sortition.steps.publish.publishing import renamed

CLOSE = 1e-6


def resolved(
    lottery: PublishedLottery,
    certificate: Certificate,
    chances: Mapping[str, float],
    *,
    made: Any,
    ids: Mapping[str, str],
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What differs from a lottery solved again, and what is to be said of its tickets.

    Chances are the same with every solver. Tickets follow from pool, quotas and options by a rule.
    Other versions of a solver may lead it elsewhere; with the versions that are stated, other
    tickets are a fault.

    Parameters
    ----------
    lottery : PublishedLottery
    certificate : Certificate
    chances : mapping of str to float
    made : document
        What says how the lottery was made: a manifest, or a preparation.
    ids : mapping of str to str
        By which the lottery was made, by name; without those of people who were erased.

    Raises
    ------
    InfeasibleQuotas, SolverFailed
        If it cannot be solved again.
    """
    options = made["options"]
    names = {**dict(zip(lottery.people, lottery.people, strict=True)), **ids}
    instance = renamed(instance_of(lottery, certificate, options["household_limit"] or 1), names)
    aims = certificate.aims_by_id()
    rules = Rules(
        objective=certificate.objective,
        gamma=float(certificate.gamma),
        tickets=lottery.ticket_count,
        solver=options["solver"],
        aims=None if aims is None else {names[name]: aim for name, aim in aims.items()},
        mixed=tuple((one, other) for one, other in options.get("mix", ())),
    )
    again = prepare(instance, rules, Silent())
    differences = [
        abs(again.probabilities.get(names[name], 0.0) - chance) for name, chance in chances.items()
    ]
    others = [difference for difference in differences if difference > CLOSE]
    if others:
        facts: dict[str, str | int] = {"count": len(others), "largest": f"{max(others):.2g}"}
        return (Finding(code="verify-resolved", facts=facts),), ()
    if not set(lottery.people) <= set(ids):  # tickets follow from ids too
        return (), (Finding(code="told-tickets-erased"),)
    same = _same_tickets(lottery, again.lottery, ids)
    tickets: dict[str, str | int] = {"same": same, "tickets": lottery.ticket_count}
    if same == lottery.ticket_count:
        return (), (Finding(code="told-tickets-again", facts=tickets),)
    if made["complete"] and made["versions"] == software_versions(rules.solver):
        return (Finding(code="verify-tickets-chosen", facts=tickets),), ()
    versions = ", ".join(f"{name} {version}" for name, version in made["versions"].items())
    return (), (Finding(code="told-tickets-otherwise", value=versions, facts=tickets),)


def _same_tickets(lottery: PublishedLottery, again: Lottery, ids: Mapping[str, str]) -> int:
    """How many of the tickets come out again."""
    stated = Counter[frozenset[str]]()
    for panel in lottery.panels:
        stated[frozenset(ids[name] for name in panel.members)] += panel.weight
    made = Counter[frozenset[str]]()
    for one in again.panels:
        made[frozenset(one.members)] += one.weight
    return (stated & made).total()
