"""All that a published lottery claims, in the order of `docs/rules.md`.

In public, under seal, and in the office's own files.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from sortition.audit.bundle import checks as published
from sortition.audit.bundle import draw_checks, sealed_checks
from sortition.audit.bundle.contents import Bundle
from sortition.audit.bundle.pages import check_verifier
from sortition.audit.bundle.stamp import check_stamp
from sortition.audit.certificate import public_checks, sharing
from sortition.audit.certificate.claims import proof_claims
from sortition.audit.certificate.public import alike, largest_deviation
from sortition.audit.claims import Check, checked
from sortition.audit.log.purged import PURGED, check_purged, destroyed_files
from sortition.audit.lottery import checks as drawn
from sortition.audit.lottery.public import public_lottery
from sortition.audit.run.evidence import chances_of
from sortition.audit.run.folder import check_page
from sortition.audit.run.report import report_claims
from sortition.audit.shapes.bundle import (
    PREPARATION,
    PUBLIC_CERTIFICATE,
    PUBLIC_LOTTERY,
    SEALED_CERTIFICATE,
    SEALED_LOTTERY,
    SHEET,
    STAMP,
    VERIFIER,
)
from sortition.audit.shapes.run import PAGE
from sortition.errors import Finding

OF_CHANCES = {
    "chances": "check-public-chances",
    "groups": "check-public-groups",
    "none": "check-public-stated",
}


def bundle_claims(bundle: Bundle, announced: str | None) -> Iterator[Check]:
    """Every claim, looked at; those of a part only if the part is there."""
    yield from _public(bundle, announced)
    if bundle.is_sealed:
        yield from _sealed(bundle)
    if bundle.has_results:
        yield from _results(bundle)


def _public(bundle: Bundle, announced: str | None) -> Iterator[Check]:
    contents, lottery, certificate = bundle.contents, bundle.lottery, bundle.certificate
    commitment, draw, outcome = bundle.commitment, bundle.draw, bundle.outcome
    yield checked("check-files", published.check_files, bundle)
    yield Check(name="check-form", findings=bundle.malformed)
    if announced is not None:
        yield checked("check-announced", published.check_announced, bundle, announced)
    if STAMP in contents:
        stamped = partial(check_stamp, contents[STAMP], bundle.announced, bundle.source)
        yield checked("check-stamp", stamped, bundle.events)
    yield checked("check-about", published.check_about, commitment, bundle.events)
    yield checked("check-log", published.check_log, bundle)
    yield checked(
        "check-logged-files",
        partial(published.check_logged_files, contents, bundle.key),
        bundle.events or None,
    )
    if any(event.name == PURGED for event in bundle.events):
        yield checked(
            "check-purged", partial(check_purged, contents, published=True), bundle.events
        )
    yield checked("check-commitment", published.check_commitment, bundle, commitment, lottery)
    yield checked(
        "check-sheet", published.check_sheet, contents.get(SHEET), bundle.announced, commitment
    )
    yield checked("check-verifier", check_verifier, contents.get(VERIFIER))
    yield checked("check-tokens", published.check_tokens, lottery)
    yield checked("check-panels", drawn.check_panels, lottery)
    yield checked("check-quota-bounds", drawn.check_quota_bounds, lottery)
    yield checked("check-public-rows", public_checks.check_rows, certificate, lottery)
    share = sharing.share_of(certificate or {})
    yield checked(OF_CHANCES[share], sharing.check_shared, certificate, lottery)
    yield from drawn.few_tickets(lottery)
    if share == "chances":  # otherwise no sums of the proof are public either
        yield checked("check-public-bounds", public_checks.check_sums, certificate)
        unfinished = certificate is not None and certificate["complete"] == "no"
        claim = "check-public-unfinished" if unfinished else "check-public-gaps"
        yield checked(claim, public_checks.check_proven, certificate, lottery)
    if draw is not None:
        tickets = None if lottery is None else lottery.ticket_count
        yield checked(
            "check-source",
            partial(draw_checks.check_outcome, outcome, bundle.events),
            bundle.source,
            tickets,
        )
        yield checked(
            "check-draw", draw_checks.check_draw, draw, outcome, lottery, bundle.announced
        )


def _sealed(bundle: Bundle) -> Iterator[Check]:
    lottery, stated = bundle.sealed_lottery, bundle.sealed_certificate
    certificate = stated.certificate if stated else None
    pool, key, preparation = bundle.pool, bundle.key, bundle.preparation
    commitment, contents = bundle.commitment, bundle.contents
    yield checked("check-key", sealed_checks.check_key, bundle)
    made = contents.get(PREPARATION)
    yield checked("check-inputs", sealed_checks.check_inputs, key, made, commitment, preparation)
    both = commitment if lottery and stated else None
    yield checked("check-seals", sealed_checks.check_seals, bundle, both)
    yield checked(
        "check-told", _told, bundle, lottery, certificate, preparation, bundle.certificate
    )
    yield checked(
        "check-pool", partial(sealed_checks.check_pool, bundle.events), pool, commitment, lottery
    )
    yield checked("check-counted", sealed_checks.check_counted, pool, lottery)
    yield checked("check-quota-rows", drawn.check_quota_rows, lottery)
    yield checked("check-quotas", drawn.check_quotas, lottery)
    yield from proof_claims(lottery, stated, preparation)


def _results(bundle: Bundle) -> Iterator[Check]:
    lottery, stated = bundle.sealed_lottery, bundle.sealed_certificate
    certificate = stated.certificate if stated else None
    contents, report, preparation = bundle.contents, bundle.report, bundle.preparation
    chances = chances_of(lottery, certificate)
    panel = tuple(bundle.draw["panel"]) if bundle.draw else None
    ids = None if panel is None else sealed_checks.ids_of(bundle.tokens, panel)
    people = tuple(sorted(bundle.tokens)) or None
    gone = destroyed_files(bundle.events)
    yield from drawn.list_claims(contents, gone, preparation, ids, people)
    stated_page = None
    if bundle.commitment is not None and preparation is not None:
        stated_page = _page_facts(bundle.commitment, preparation)
    yield checked("check-page", check_page, contents.get(PAGE), stated_page)
    yield checked("check-report", _report, bundle, report, lottery)
    yield from report_claims(report, lottery, certificate, chances, panel)


def _told(
    bundle: Bundle, lottery: Any, certificate: Any, preparation: Any, public: Any
) -> Iterator[Finding]:
    """The public forms say what the sealed forms say, and no more; and how they were made."""
    yield from _made(lottery, certificate, preparation["options"])
    sealed = bundle.contents[SEALED_LOTTERY]
    if public_lottery(sealed) != bundle.contents.get(PUBLIC_LOTTERY):
        yield Finding(code="verify-told", file=PUBLIC_LOTTERY)
    try:
        told = sharing.shared(
            certificate,
            bundle.contents[SEALED_CERTIFICATE],
            quotas=len(lottery.quotas),
            largest_deviation=largest_deviation(certificate, lottery),
            complete=preparation["complete"],
            share=sharing.share_of(public),
        )
    except (ValueError, KeyError, ArithmeticError):
        yield Finding(code="verify-told", file=PUBLIC_CERTIFICATE)
        return
    if not alike(told, public):
        yield Finding(code="verify-told", file=PUBLIC_CERTIFICATE)


def _made(lottery: Any, certificate: Any, options: Any) -> Iterator[Finding]:
    """What is said to have been asked for is what there is."""
    gamma = certificate.gamma if certificate.objective == "goldilocks" else None
    asked = None if options["gamma"] is None else Fraction(str(options["gamma"]))
    same: dict[str, tuple[object, object]] = {
        "panel size": (options["size"], lottery.panel_size),
        "number of tickets": (options["tickets"], lottery.ticket_count),
        "objective": (options["objective"], certificate.objective),
        "gamma": (asked, gamma),
    }
    for name, (said, found) in same.items():
        if said != found:
            stated = f"{said} in {PREPARATION}, {found} in what is sealed"
            yield Finding(code="verify-disagreement", facts={"name": name, "stated": stated})


def _page_facts(commitment: Any, preparation: Any) -> Any:
    return {"lottery_digest": commitment["lottery"], "inputs": preparation["inputs"]}


def _report(bundle: Bundle, report: Any, lottery: Any) -> Iterator[Finding]:
    """The report is about this lottery and this draw."""
    certificate = bundle.certificate or {}
    outcome = bundle.outcome
    seed = outcome.text if outcome and outcome.source.kind != "drawn" else None
    needed = {
        "panel_size": lottery.panel_size,
        "pool_size": len(lottery.people),
        "objective": certificate.get("objective"),
        "seed": seed,
        "lottery_digest": lottery.digest,
    }
    for place, value in needed.items():
        if report[place] != value:
            facts = {"place": place, "computed": str(value)}
            yield Finding(
                code="verify-figure", file="report.json", value=str(report[place]), facts=facts
            )
    if report["tickets"]["count"] != lottery.ticket_count:
        facts = {"place": "tickets.count", "computed": str(lottery.ticket_count)}
        stated = str(report["tickets"]["count"])
        yield Finding(code="verify-figure", file="report.json", value=stated, facts=facts)
