"""A verification with everything solved again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sortition.audit.bundle.contents import read_bundle
from sortition.audit.claims import Check
from sortition.audit.run.evidence import chances_of, read_evidence
from sortition.audit.verify import Verification
from sortition.steps.publish.resolving import resolved


def with_resolution(verification: Verification, path: Path) -> Verification:
    """The same verification, with what was found when the lottery was solved again.

    It needs the sealed part of a published lottery; without it the claim stays unchecked.
    """
    bundle = read_bundle(path)
    if bundle is not None:
        stated = bundle.sealed_certificate
        lottery, certificate = bundle.sealed_lottery, stated.certificate if stated else None
        made: Any = bundle.preparation
    else:
        evidence = read_evidence(path)
        lottery, certificate = evidence.lottery, evidence.certificate
        made = evidence.manifest
    chances = chances_of(lottery, certificate)
    findings, told = None, verification.told
    # what is broken already need not be solved
    if not verification.findings and lottery and certificate and made and chances is not None:
        ids = {name: name for name in lottery.people}
        if bundle is not None:
            ids = {token: id for id, token in bundle.tokens.items()}
        findings, tickets = resolved(lottery, certificate, chances, made=made, ids=ids)
        told = (*told, *tickets)
    check = Check(name="check-resolved", findings=findings)
    return replace(verification, checks=(*verification.checks, check), told=told)
