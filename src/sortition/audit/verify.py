"""Check a folder that a selection wrote, with the standard library alone.

Each check is one claim. All claims are looked at, and all that is wrong with each is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sortition.audit import certificate_checks as certified
from sortition.audit import folder_checks as folder
from sortition.audit import lottery_checks as drawn
from sortition.audit import report_checks as reported
from sortition.audit.canonical import digest
from sortition.audit.evidence import Evidence, read_evidence
from sortition.audit.run_files import MANIFEST, OTHERS, PAGE, PANEL
from sortition.errors import Finding, VerificationFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One claim, and what was found about it.

    Attributes
    ----------
    name : str
        The catalogue holds the claim in words.
    findings : tuple of Finding or None
        What is wrong; None if the files that the check needs are missing or malformed.
    """

    name: str
    findings: tuple[Finding, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was found about a folder.

    Attributes
    ----------
    checks : tuple of Check
    manifest_digest : str
        SHA-256 of the manifest, which stands for all of the folder; empty if there is none.
    """

    checks: tuple[Check, ...]
    manifest_digest: str

    @property
    def holds(self) -> bool:
        """Whether every claim was checked and nothing is wrong."""
        return all(check.findings == () for check in self.checks)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong."""
        return tuple(finding for check in self.checks for finding in check.findings or ())


def verify(directory: Path, *, announced: str | None = None) -> Verification:
    """Check a folder that a selection wrote.

    Parameters
    ----------
    directory : Path
    announced : str, optional
        The SHA-256 of the manifest, as the organiser announced it.

    Raises
    ------
    VerificationFailed
        With all that is wrong.
    InputErrors
        If the folder cannot be read.
    """
    verification = examine(directory, announced=announced)
    if not verification.holds:
        raise VerificationFailed(verification.findings)
    return verification


def examine(directory: Path, *, announced: str | None = None) -> Verification:
    """Check a folder as `verify` does, and return every check, whatever it found.

    Raises
    ------
    InputErrors
        If the folder cannot be read.
    """
    evidence = read_evidence(directory)
    manifest = evidence.contents.get(MANIFEST)
    return Verification(
        checks=tuple(_checks(evidence, announced)),
        manifest_digest="" if manifest is None else digest(manifest),
    )


def _checks(evidence: Evidence, announced: str | None) -> Iterator[Check]:
    files, manifest, report = evidence.contents, evidence.manifest, evidence.report
    lottery, stated, certificate = evidence.lottery, evidence.stated, evidence.certificate
    ticket, panel, chances = evidence.ticket, evidence.drawn, evidence.chances
    page, listed, others = files.get(PAGE), files.get(PANEL), files.get(OTHERS)

    yield _check("check-files", folder.check_files, files)
    yield Check(name="check-form", findings=evidence.malformed)
    if announced is not None:
        yield _check("check-announced", folder.check_announced, files.get(MANIFEST), announced)
    yield _check("check-digests", folder.check_digests, files, manifest)
    yield _check("check-agreement", folder.check_agreement, evidence)
    yield _check("check-page", folder.check_page, page, manifest)
    yield _check("check-panels", drawn.check_panels, lottery)
    yield _check("check-quota-rows", drawn.check_quota_rows, lottery)
    yield _check("check-quotas", drawn.check_quotas, lottery)
    yield _check("check-draw", drawn.check_draw, ticket, manifest)
    yield _check("check-panel-list", drawn.check_panel_list, listed, manifest, panel)
    yield _check("check-other-list", drawn.check_other_list, others, manifest, panel, lottery)
    yield _check("check-groups", certified.check_groups, lottery, certificate)
    yield _check("check-rows", certified.check_rows, lottery, certificate)
    yield _check("check-kept", certified.check_kept, lottery, certificate)
    yield _check("check-households", certified.check_households, lottery, certificate, manifest)
    yield _check("check-reached", certified.check_reached, certificate)
    yield _check("check-bounds", certified.check_bounds, stated)
    yield _check("check-gaps", certified.check_gaps, certificate, manifest)
    yield _check("check-levels", certified.check_levels, certificate, manifest)
    yield _check("check-chances", reported.check_chances, report, certificate, chances)
    yield _check("check-shares", reported.check_shares, report, lottery, certificate, chances)
    yield _check("check-outcomes", reported.check_outcomes, report, lottery, chances, panel)
    yield _check("check-proof-in-short", reported.check_proof_in_short, report, certificate)


def _check(name: str, check: Callable[..., Iterable[Finding]], *needed: Any) -> Check:
    if any(part is None for part in needed):
        return Check(name=name, findings=None)
    return Check(name=name, findings=tuple(check(*needed)))
