"""How much of the chances goes out: everybody's, ranges of them, or none.

Of the less that is public the form is `sortition-public-certificate/2`: that of
`sortition.audit.certificate.public` without ``chances``, ``shares`` and ``proofs``, whose sums
would tell the chances level by level. In their place stand

``bands``
    ranges of chances, lowest first, each ``[lowest, highest, people]`` with at least `SMALLEST`
    people, if there are so many; empty if no chances are told.

The tickets stay public, and with them everybody's share of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sortition.audit.canonical import Json
from sortition.audit.certificate.proof import DENOMINATOR, Certificate
from sortition.audit.certificate.public import MOST_TICKETS_OFF, SHAPE, is_told, public_certificate
from sortition.audit.certificate.public_checks import check_chances
from sortition.audit.documents import Shape, parse
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import PUBLIC_CERTIFICATE
from sortition.errors import Finding
from sortition.model import Share

SCHEMA = "sortition-public-certificate/2"
SMALLEST = 10  # people in a range of chances
KEPT_BACK = ("chances", "proofs", "shares")
LESS: Shape = {
    "bands": [[int, int, int]],
    **{name: shape for name, shape in SHAPE.items() if name not in KEPT_BACK},
    "schema": SCHEMA,
}


def read_public_certificate(content: bytes, file: str) -> Any:
    """Read the public form of a proof, whichever it is.

    Raises
    ------
    VerificationFailed
        If it is none; every place is listed.
    """
    # within a text the quotation marks would be escaped
    shape = LESS if b'"bands":' in content else SHAPE
    return parse(content, file, shape, largest=None)


def shared(
    certificate: Certificate,
    sealed: bytes,
    *,
    quotas: int,
    largest_deviation: int,
    complete: bool,
    share: Share,
) -> dict[str, Json]:
    """The public form of a certificate, with as much of the chances as is to go out.

    The parameters are those of `public_certificate`.
    """
    whole = public_certificate(
        certificate,
        sealed,
        quotas=quotas,
        largest_deviation=largest_deviation,
        complete=complete,
    )
    if share == "chances":
        return whole
    chances: Any = whole["chances"]
    bands: Json = _bands(chances) if share == "groups" else []
    kept = {name: value for name, value in whole.items() if name not in KEPT_BACK}
    return {"bands": bands, **kept, "schema": SCHEMA}


def share_of(document: Any) -> Share:
    """How much of the chances a public form tells."""
    if "bands" not in document:
        return "chances"
    return "groups" if document["bands"] else "none"


def check_shared(document: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """The tickets follow what is public of the chances."""
    checks = {"chances": check_chances, "groups": _check_bands, "none": _check_stated}
    yield from checks[share_of(document)](document, lottery)


def _bands(chances: Any) -> list[list[int]]:
    """Ranges from the lowest chance on; what is left of fewer people joins the last one."""
    bands: list[list[int]] = []
    for chance, people in chances:
        if bands and bands[-1][2] < SMALLEST:
            bands[-1][1:] = [chance, bands[-1][2] + people]
        else:
            bands.append([chance, chance, people])
    if len(bands) > 1 and bands[-1][2] < SMALLEST:
        _, highest, people = bands.pop()
        bands[-1][1:] = [highest, bands[-1][2] + people]
    return bands


def _check_bands(document: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """The ranges are those of all people, and the tickets follow them as closely as is stated."""
    bands, everybody = document["bands"], len(lottery.people)
    apart = all(one[1] < other[0] for one, other in pairwise(bands))
    few = min(SMALLEST, everybody)
    well = all(
        low <= high and is_told(low) and is_told(high) and few <= people
        for low, high, people in bands
    )
    if not apart or not well or (document["impossible"] and bands[0][0]):
        yield _found("verify-public-lists")
        return
    if sum(people for *_, people in bands) != everybody:
        yield _found("verify-public-people")
        return
    seats, tolerance = lottery.panel_size * DENOMINATOR, everybody * DENOMINATOR // 10**9
    least = sum(low * people for low, _, people in bands)
    most = sum(high * people for _, high, people in bands)
    if not least - tolerance <= seats <= most + tolerance:
        yield _found("verify-public-total")
    count = lottery.ticket_count
    # in order of size no two lists of numbers are closer to each other
    each = ((low, high) for low, high, people in bands for _ in range(people))
    furthest = max(
        max(low * count - tickets * DENOMINATOR, tickets * DENOMINATOR - high * count)
        for tickets, (low, high) in zip(sorted(lottery.tickets_held.values()), each, strict=False)
    )
    if furthest > document["largest_deviation"] * count:
        yield _found("verify-public-deviation", value=str(document["largest_deviation"]))
    yield from _check_stated(document, lottery)


def _check_stated(document: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """Whether it follows from the chances, only the sealed part shows."""
    off = document["largest_deviation"] * lottery.ticket_count
    if not 0 <= off <= MOST_TICKETS_OFF * DENOMINATOR:
        facts: dict[str, str | int] = {"most": MOST_TICKETS_OFF}
        value = f"{off / DENOMINATOR:.1f}"
        yield Finding(code="verify-tickets-off", file=PUBLIC_CERTIFICATE, value=value, facts=facts)


def _found(code: str, *, value: str = "") -> Finding:
    return Finding(code=code, file=PUBLIC_CERTIFICATE, value=value)
