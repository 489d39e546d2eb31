"""All that the folder of a selection claims, in the order of `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sortition.audit.certificate.claims import proof_claims
from sortition.audit.claims import Check, checked
from sortition.audit.lottery import checks as drawn
from sortition.audit.run import folder
from sortition.audit.run import reserve as reserved
from sortition.audit.run.evidence import Evidence
from sortition.audit.run.report import report_claims
from sortition.audit.shapes.run import ALTERNATES, MANIFEST, PAGE


def run_claims(evidence: Evidence, announced: str | None, gone: Collection[str]) -> Iterator[Check]:
    """Every claim, looked at, but those about lists that were destroyed."""
    files, manifest, report = evidence.contents, evidence.manifest, evidence.report
    lottery, stated, certificate = evidence.lottery, evidence.stated, evidence.certificate
    ticket, panel, chances = evidence.ticket, evidence.drawn, evidence.chances
    people = None if lottery is None else lottery.people

    yield checked("check-files", lambda: folder.check_files(files, manifest, gone))
    yield Check(name="check-form", findings=evidence.malformed)
    if announced is not None:
        own = files if MANIFEST in files else None
        yield checked("check-announced", folder.check_announced, own, announced)
    yield checked("check-digests", folder.check_digests, files, manifest)
    yield checked("check-agreement", folder.check_agreement, evidence)
    yield checked("check-panels", drawn.check_panels, lottery)
    yield from drawn.few_tickets(lottery)
    yield checked("check-draw", drawn.check_draw, ticket, manifest)
    yield checked("check-quota-rows", drawn.check_quota_rows, lottery)
    yield checked("check-quotas", drawn.check_quotas, lottery)
    yield from proof_claims(lottery, stated, manifest)
    yield from drawn.list_claims(files, gone, manifest, panel, people)
    if lottery is not None and lottery.reserved:
        yield checked("check-reserves", reserved.check_reserves, lottery)
        yield checked("check-reserve-homes", reserved.check_homes, lottery, certificate, manifest)
        if ALTERNATES not in gone:
            yield checked(
                "check-reserve-list", reserved.check_list, files, manifest, evidence.alternates
            )
    yield checked("check-page", folder.check_page, files.get(PAGE), manifest)
    yield from report_claims(report, lottery, certificate, chances, panel)
