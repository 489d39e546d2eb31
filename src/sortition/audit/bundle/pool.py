"""The rows of the pool that a published lottery commits to, and one volunteer's receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sortition.audit.bundle import merkle
from sortition.audit.bundle.tokens import nonce
from sortition.audit.canonical import Json, canonical_json

RECEIPT_SCHEMA = "sortition-receipt/2"
# what no feature of a published lottery is called, so that nobody takes one for the other
RESERVED = frozenset({"id", "own", "token", "values"})


def is_reserved(feature: str) -> bool:
    """Whether a feature could be taken for a part of a row."""
    return feature.strip().casefold() in RESERVED


def row(features: Sequence[str], person: Any) -> dict[str, Json]:
    """One person's row: id, token, what stands for her own words, and the value of each feature.

    The values stand in a place of their own, so that no feature can stand for id or token.
    """
    values = dict(zip(features, person["values"], strict=True))
    return {"id": person["id"], "own": person["own"], "token": person["token"], "values": values}


def own_digest(nonce: bytes, own: Mapping[str, str]) -> str:
    """What stands in a row for all that a volunteer wrote of herself.

    Two volunteers who are alike cannot be handed one receipt: hers is made from her own name.
    """
    return sha256(b"\x02" + nonce + canonical_json(dict(own))).hexdigest()


def leaves(pool: Any, key: bytes) -> list[bytes]:
    """The leaves of the pool's tree, in the order of `sortition-pool/2`, which is by token."""
    return [
        merkle.leaf(nonce(key, person["id"]), canonical_json(row(pool["features"], person)))
        for person in pool["people"]
    ]


def receipt(
    pool: Any, key: bytes, index: int, *, commitment: str, own: Mapping[str, str]
) -> dict[str, Json]:
    """What one volunteer needs to find her row in the commitment and herself on the tickets.

    Parameters
    ----------
    pool : document
        Of the shape `sortition-pool/2`.
    key : bytes
    index : int
        Her place among the people.
    commitment : str
        The digest of the commitment.
    own : mapping of str to str
        What she wrote of herself, by column.
    """
    person = pool["people"][index]
    return {
        "commitment": commitment,
        "index": index,
        "nonce": nonce(key, person["id"]).hex(),
        "own": dict(own),
        "path": [digest.hex() for digest in merkle.path(leaves(pool, key), index)],
        "row": row(pool["features"], person),
        "schema": RECEIPT_SCHEMA,
        "size": len(pool["people"]),
    }
