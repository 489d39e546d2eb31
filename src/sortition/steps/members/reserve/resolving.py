"""Choose a reserve, or draw a second panel, again: whether it follows from what was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sortition.audit.bundle.contents import read_bundle
from sortition.audit.claims import Check
from sortition.audit.log.events import Event
from sortition.audit.log.rounds import ALTERNATES, REPLACED, Standing, after, backed
from sortition.audit.rounds.history import History, history_of_bundle, history_of_run
from sortition.audit.run.evidence import Evidence, read_evidence
from sortition.audit.shapes.run import LOTTERY
from sortition.audit.verify import Verification
from sortition.core.progress import Silent
from sortition.errors import Finding
from sortition.model import Instance, Panel
from sortition.selection.reserve.choice import choose_reserve
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.second_panel import draw_second_panel
from sortition.selection.reserve.tickets import with_alternates
from sortition.steps.members.further_rounds import for_rounds, further_rules
from sortition.steps.members.reserve.document import DOMAIN
from sortition.steps.publish import instance_of, renamed

TOLD = {"told-reserve", "told-alternates", "told-alternates-seed"}


def with_reserve_resolved(verification: Verification, path: Path) -> Verification:
    """The same verification, with whether each reserve is the one that follows.

    It needs the sealed part of a published lottery; without it the claim stays unchecked.
    """
    if not any(finding.code in TOLD for finding in verification.told):
        return verification  # without reading all of it again
    bundle = read_bundle(path)
    if bundle and bundle.erased:  # kinds and ties are told apart by ids, of which some are gone
        return verification
    evidence = None if bundle else read_evidence(path)
    history = history_of_bundle(bundle) if bundle else None
    if evidence is not None:
        history = history_of_run(path, evidence)
    findings = None
    # what is broken already need not be chosen again
    if not verification.findings and (history is None or (history.rules and history.options)):
        findings = (
            *(_others_on_tickets(evidence) if evidence else ()),
            *(_others(history) if history else ()),
        )
    check = Check(name="check-reserve-resolved", findings=findings)
    return replace(verification, checks=(*verification.checks, check))


def _others_on_tickets(evidence: Evidence) -> Iterator[Finding]:
    """The first panel whose alternates are not those that follow from it and the pool."""
    lottery, certificate, manifest = evidence.lottery, evidence.certificate, evidence.manifest
    if lottery is None or certificate is None or manifest is None or not lottery.reserved:
        return
    stated = [
        Panel(members=panel.members, weight=panel.weight, alternates=panel.alternates)
        for panel in lottery.panels
    ]
    limit, count = manifest["options"]["household_limit"] or 1, manifest["options"]["alternates"]
    found = with_alternates(
        instance_of(lottery, certificate, limit),
        stated,
        count,
        DropoutRates(),
        barred=certificate.impossible,
    )
    others = sum(one != other for one, other in zip(stated, found, strict=True))
    if others:
        facts = {"count": others, "panels": len(stated)}
        yield Finding(code="verify-reserve-chosen", file=LOTTERY, facts=facts)


def _others(history: History) -> Iterator[Finding]:
    """The reserves that are not those that follow from seed, rates and the panel as it was."""
    lottery, certificate, standing = history.lottery, history.certificate, history.first
    options: Any = history.options
    if lottery is None or certificate is None or standing is None:
        return
    limit = options["household_limit"] or 1
    instance = for_rounds(instance_of(lottery, certificate, limit))
    records = iter([one.record for one in history.rounds if one.is_drawn])
    for number, event in enumerate(history.events, start=1):
        if event.name == REPLACED:
            standing = after(standing, next(records))
        elif event.name == ALTERNATES:
            if _chosen_again(history, instance, standing, event) != event.facts["alternates"]:
                yield Finding(code="verify-reserve-other", file=history.log, row=number)
            standing = backed(standing, event.facts)


def _chosen_again(
    history: History, instance: Instance, standing: Standing, event: Event
) -> list[str]:
    """The alternates by the names that are published, in their order."""
    facts: Any = event.facts
    # as the log states it, it could have been tried out
    domain = f"{DOMAIN}/{history.lottery.digest if history.lottery else ''}"
    rules = further_rules(history.options)
    if facts["kind"] != "reserve":
        second = draw_second_panel(
            instance,
            standing.panel,
            rules,
            barred=standing.out,
            seed=facts["seed"],
            domain=domain,
            progress=Silent(),
        )
        return list(second.panel)
    ids = history.ids
    never = history.rules.never if history.rules else frozenset[str]()
    reserve = choose_reserve(
        renamed(instance, dict(ids)),
        sorted(ids[name] for name in standing.panel),
        len(facts["alternates"]),
        DropoutRates.read(facts["dropout"]),
        barred=frozenset(ids[name] for name in standing.out | never),
        seed=facts["seed"],
        domain=domain,
        solver=rules.solver,
        progress=Silent(),
    )
    names = {id: name for name, id in ids.items()}
    return [names[id] for id in reserve.alternates]
