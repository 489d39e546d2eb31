"""A volunteer's receipt, checked without the organiser's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sortition.audit.bundle import merkle
from sortition.audit.bundle.contents import Bundle
from sortition.audit.bundle.pool import RECEIPT_SCHEMA, own_digest
from sortition.audit.canonical import DIGEST, canonical_json
from sortition.audit.claims import Check, checked
from sortition.audit.documents import Shape, parse
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.plain import plain_bytes
from sortition.errors import Finding, InputErrors, VerificationFailed

LARGEST = 10**6  # bytes
SHAPE: Shape = {
    "commitment": str,
    "index": int,
    "nonce": str,
    "own": dict,
    "path": [str],
    "row": {"id": str, "own": str, "token": str, "values": dict},
    "schema": RECEIPT_SCHEMA,
    "size": int,
}


def read_receipt(path: Path) -> Any:
    """The receipt in a file.

    Raises
    ------
    InputErrors
        If it cannot be read, or is none.
    """
    try:
        content = plain_bytes(path, LARGEST)
    except OSError:
        raise InputErrors((Finding(code="file-missing", file=str(path)),)) from None
    try:
        # somebody may have added a line feed
        document = parse(content.strip(), path.name, SHAPE)
        digests = [document["nonce"], document["row"]["own"], *document["path"]]
        texts = [*document["own"].values(), *document["row"]["values"].values()]
        if not all(map(DIGEST.fullmatch, digests)) or not all(isinstance(t, str) for t in texts):
            raise ValueError(path.name)
    except (VerificationFailed, ValueError):
        raise InputErrors((Finding(code="receipt-unreadable", file=path.name),)) from None
    return document


def receipt_claims(receipt: Any, bundle: Bundle) -> Iterator[Check]:
    """What a receipt claims of its volunteer."""
    commitment, lottery = bundle.commitment, bundle.lottery
    yield checked("check-receipt-row", _check_row, receipt, commitment, bundle.announced)
    yield checked("check-receipt-own", _check_own, receipt)
    yield checked("check-receipt-token", _check_token, receipt, lottery)


def told_of_receipt(receipt: Any, bundle: Bundle) -> Iterator[Finding]:
    """Whose receipt it is, and what it is worth."""
    own = "; ".join(f"{column}: {cell}" for column, cell in receipt["own"].items() if cell)
    yield Finding(code="told-receipt", facts={"own": own})
    if bundle.lottery is None:
        return
    token, lottery = receipt["row"]["token"], bundle.lottery
    held = sum(panel.weight for panel in lottery.panels if token in panel.members)
    facts = {"held": held, "tickets": lottery.ticket_count}
    yield Finding(code="told-receipt-tickets", value=token, facts=facts)
    if bundle.draw is not None:
        seated = token in bundle.draw["panel"]
        yield Finding(code="told-receipt-seated" if seated else "told-receipt-not-seated")


def _check_row(receipt: Any, commitment: Any, announced: str) -> Iterator[Finding]:
    """The row is in the pool that was committed to."""
    if receipt["commitment"] != announced:
        yield Finding(code="verify-receipt-elsewhere", value=receipt["commitment"])
    if receipt["size"] != commitment["pool"]["size"]:
        yield Finding(code="verify-receipt-row")
        return
    start = merkle.leaf(bytes.fromhex(receipt["nonce"]), canonical_json(receipt["row"]))
    path = [bytes.fromhex(digest) for digest in receipt["path"]]
    try:
        root = merkle.root_over(start, index=receipt["index"], size=receipt["size"], path=path)
    except ValueError:
        yield Finding(code="verify-receipt-row")
        return
    if root.hex() != commitment["pool"]["root"]:
        yield Finding(code="verify-receipt-row")


def _check_own(receipt: Any) -> Iterator[Finding]:
    """The receipt is made out to the person whose words it holds."""
    if own_digest(bytes.fromhex(receipt["nonce"]), receipt["own"]) != receipt["row"]["own"]:
        yield Finding(code="verify-receipt-own")


def _check_token(receipt: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """Her token is one of the people of the lottery."""
    if receipt["row"]["token"] not in lottery.people:
        yield Finding(code="verify-receipt-token", value=receipt["row"]["token"])
