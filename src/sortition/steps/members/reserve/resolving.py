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
from sortition.audit.run.evidence import read_evidence
from sortition.audit.verify import Verification
from sortition.core.progress import Silent
from sortition.errors import Finding
from sortition.model import Instance
from sortition.selection.reserve.choice import choose_reserve
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.second_panel import draw_second_panel
from sortition.steps.members.drawn_folder import for_rounds, further_rules
from sortition.steps.members.reserve.document import DOMAIN
from sortition.steps.publish import instance_of, renamed

TOLD = {"told-alternates", "told-alternates-seed"}


def with_reserve_resolved(verification: Verification, path: Path) -> Verification:
    """The same verification, with whether each reserve is the one that follows.

    It needs the sealed part of a published lottery; without it the claim stays unchecked.
    """
    if not any(finding.code in TOLD for finding in verification.told):
        return verification  # without reading all of it again
    bundle = read_bundle(path)
    history = history_of_bundle(bundle) if bundle else history_of_run(path, read_evidence(path))
    if history is None:
        return verification
    if bundle and bundle.erased:  # kinds and ties are told apart by ids, of which some are gone
        return verification
    findings = None
    # what is broken already need not be chosen again
    if not verification.findings and history.rules is not None and history.options is not None:
        findings = tuple(_others(history))
    check = Check(name="check-reserve-resolved", findings=findings)
    return replace(verification, checks=(*verification.checks, check))


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
