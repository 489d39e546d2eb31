"""What a certificate claims, whichever folder it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sortition.audit.certificate import checks as certified
from sortition.audit.certificate import panels as of_panels
from sortition.audit.certificate.file import StatedCertificate
from sortition.audit.claims import Check, checked
from sortition.audit.lottery.file import PublishedLottery


def proof_claims(
    lottery: PublishedLottery | None, stated: StatedCertificate | None, made: Any
) -> Iterator[Check]:
    """Every claim, looked at.

    Parameters
    ----------
    lottery : PublishedLottery or None
        In its sealed form.
    stated : StatedCertificate or None
    made : document or None
        What says how the lottery was made: a manifest, or a preparation.
    """
    certificate = stated.certificate if stated else None
    yield checked("check-groups", certified.check_groups, lottery, certificate)
    yield checked("check-rows", certified.check_rows, lottery, certificate)
    yield checked("check-kept", certified.check_kept, lottery, certificate)
    yield checked("check-households", certified.check_households, lottery, certificate, made)
    yield checked("check-excluded", of_panels.check_excluded, lottery, certificate)
    yield checked("check-cuts", of_panels.check_cuts, certificate)
    yield checked("check-alike", of_panels.check_alike, lottery, certificate)
    yield checked("check-packed", certified.check_packed, lottery, certificate)
    yield checked("check-reached", certified.check_reached, certificate)
    yield checked("check-bounds", certified.check_bounds, stated)
    unfinished = made is not None and not made["complete"]
    claim = "check-unfinished" if unfinished else "check-gaps"
    yield checked(claim, certified.check_gaps, certificate, made)
    yield checked("check-levels", certified.check_levels, certificate, made)
