"""What the report claims: its figures are those that follow from the lottery and its proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from math import fsum
from typing import Any

from sortition.audit.certificate.proof import Certificate
from sortition.audit.certificate.public import MOST_TICKETS_OFF
from sortition.audit.claims import Check, checked
from sortition.audit.documents import parse
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.run import REPORT, report_shape
from sortition.errors import Finding
from sortition.model.dispersion import dispersion, kinds_of
from sortition.model.fairness import selection_probability, tickets_against

ROUNDING = 1e-9


def read_report(content: bytes, file: str) -> Any:
    """Read a report.

    Raises
    ------
    VerificationFailed
        If it is not a document of one of its schemas; every place is listed.
    """
    return parse(content, file, report_shape(content))


def report_claims(
    report: Any | None,
    lottery: PublishedLottery | None,
    certificate: Certificate | None,
    chances: Mapping[str, float] | None,
    panel: tuple[str, ...] | None,
) -> Iterator[Check]:
    """All that a report claims of a lottery and of a panel that it drew."""
    yield checked("check-chances", check_chances, report, certificate, chances)
    yield checked("check-shares", check_shares, report, lottery, certificate, chances)
    yield checked("check-dispersion", check_dispersion, report, lottery)
    yield checked("check-outcomes", check_outcomes, report, lottery, chances, panel)
    yield checked("check-proof-in-short", check_proof_in_short, report, certificate)


def check_chances(
    report: Any, certificate: Certificate, chances: Mapping[str, float]
) -> Iterator[Finding]:
    """Everybody's chance, and the figures that sum the chances up."""
    people = [{"id": id, "probability": chance} for id, chance in chances.items()]
    yield from _differences(report["people"], people, "people")
    figures = asdict(selection_probability(chances, certificate.impossible))
    yield from _differences(report["selection_probability"], figures, "selection_probability")


def check_shares(
    report: Any,
    lottery: PublishedLottery,
    certificate: Certificate,
    chances: Mapping[str, float],
) -> Iterator[Finding]:
    """How the tickets follow the chances."""
    try:
        tickets = tickets_against(chances, certificate.impossible, lottery.bare())
    except ValueError:
        yield Finding(code="verify-no-tickets", file=REPORT)
        return
    figures = asdict(tickets)
    del figures["without"]
    off = tickets.largest_deviation * tickets.count
    if off > MOST_TICKETS_OFF + ROUNDING:
        facts = {"most": MOST_TICKETS_OFF}
        yield Finding(code="verify-tickets-off", file=REPORT, value=f"{off:.1f}", facts=facts)
    yield from _differences(report["tickets"], figures, "tickets")


def check_dispersion(report: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """How far the tickets mix people, if the report says so."""
    if "dispersion" not in report:
        return
    holders = {(quota.category, quota.value): quota.members for quota in lottery.quotas}
    figures = asdict(dispersion(lottery.ticketed, kinds_of(holders)))
    yield from _differences(report["dispersion"], figures, "dispersion")


def check_outcomes(
    report: Any,
    lottery: PublishedLottery,
    chances: Mapping[str, float],
    drawn: tuple[str, ...],
) -> Iterator[Finding]:
    """How each quota came out in the pool, on average, and on the panel."""
    outcomes = [
        {
            "feature": quota.category,
            "value": quota.value,
            "lower": quota.lower,
            "upper": quota.upper,
            "pool": len(quota.members),
            "expected": fsum(chances.get(id, 0.0) for id in quota.members),
            "selected": len(set(drawn).intersection(quota.members)),
        }
        for quota in lottery.quotas
    ]
    yield from _differences(report["quotas"], outcomes, "quotas")


def check_proof_in_short(report: Any, certificate: Certificate) -> Iterator[Finding]:
    """The bound, the gap and the cuts."""
    first = certificate.proofs[0]
    try:
        bound = certificate.proven(first)
        gap = abs(bound - certificate.attained(first))
    except (ArithmeticError, ValueError):
        yield Finding(code="verify-no-proof", file=REPORT)
        return
    figures = {"bound": bound, "gap": gap, "cuts": certificate.cuts}
    yield from _differences(report["certificate"], figures, "certificate")


def _differences(stated: Any, computed: Any, place: str) -> Iterator[Finding]:
    """The places where two documents of one shape are not alike, up to rounding."""
    if isinstance(computed, dict):
        for name, value in computed.items():
            yield from _differences(stated[name], value, f"{place}.{name}")
    elif isinstance(computed, (list, tuple)):
        if len(stated) != len(computed):
            yield _figure("verify-length", len(stated), len(computed), place)
        for number, (one, other) in enumerate(zip(stated, computed, strict=False)):
            yield from _differences(one, other, f"{place}[{number}]")
    elif (
        not abs(stated - computed) <= ROUNDING
        if isinstance(computed, float)
        else stated != computed
    ):
        yield _figure("verify-figure", stated, computed, place)


def _figure(code: str, stated: Any, computed: Any, place: str) -> Finding:
    facts = {"place": place, "computed": str(computed)}
    return Finding(code=code, file=REPORT, value=str(stated), facts=facts)
