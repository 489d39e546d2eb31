"""The rows of the pool that a published lottery commits to, and one volunteer's receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sortition.audit.bundle import merkle
from sortition.audit.bundle.tokens import nonce
from sortition.audit.canonical import Json, canonical_json

RECEIPT_SCHEMA = "sortition-receipt/1"
# what a row holds besides the features
RESERVED = frozenset({"id", "token"})


def row(features: Sequence[str], person: Any) -> dict[str, Json]:
    """One person's row: id, token, and the value of each feature."""
    values = dict(zip(features, person["values"], strict=True))
    return {"id": person["id"], "token": person["token"], **values}


def leaves(pool: Any, key: bytes) -> list[bytes]:
    """The leaves of the pool's tree, in the order of `sortition-pool/1`, which is by token."""
    return [
        merkle.leaf(nonce(key, person["id"]), canonical_json(row(pool["features"], person)))
        for person in pool["people"]
    ]


def receipt(pool: Any, key: bytes, index: int, *, commitment: str) -> dict[str, Json]:
    """What one volunteer needs to find her row in the commitment and herself on the tickets.

    Parameters
    ----------
    pool : document
        Of the shape `sortition-pool/1`.
    key : bytes
    index : int
        Her place among the people.
    commitment : str
        The digest of the commitment.
    """
    person = pool["people"][index]
    return {
        "commitment": commitment,
        "index": index,
        "nonce": nonce(key, person["id"]).hex(),
        "path": [digest.hex() for digest in merkle.path(leaves(pool, key), index)],
        "row": row(pool["features"], person),
        "schema": RECEIPT_SCHEMA,
        "size": len(pool["people"]),
    }
