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


def is_erased(person: Any) -> bool:
    """Whether nothing is kept of a person but her token, and the leaf that stands for her row."""
    return "leaf" in person


def known_people(pool: Any) -> list[Any]:
    """The people of whom more is kept than that."""
    return [person for person in pool["people"] if not is_erased(person)]


def leaves(pool: Any) -> list[bytes]:
    """The leaves of the pool's tree, in the order of `sortition-pool/3`, which is by token."""
    return [
        bytes.fromhex(person["leaf"]) if is_erased(person) else leaf_of(pool["features"], person)
        for person in pool["people"]
    ]


def leaf_of(features: Sequence[str], person: Any) -> bytes:
    """The leaf of somebody's row."""
    salt = nonce(bytes.fromhex(person["key"]), person["id"])
    return merkle.leaf(salt, canonical_json(row(features, person)))


def erased(pool: Any, id: str) -> dict[str, Any]:
    """The pool without a person: her token and her leaf stay, so that the root does.

    Her key goes with her row. Without it nobody can tell whose token it was, nor try out what stood
    in the row, whatever else is known.
    """
    return {
        **pool,
        "people": [
            {"leaf": leaf_of(pool["features"], person).hex(), "token": person["token"]}
            if not is_erased(person) and person["id"] == id
            else person
            for person in pool["people"]
        ],
    }


def receipt(pool: Any, index: int, *, commitment: str, own: Mapping[str, str]) -> dict[str, Json]:
    """What one volunteer needs to find her row in the commitment and herself on the tickets.

    Parameters
    ----------
    pool : document
        Of the shape `sortition-pool/3`.
    index : int
        Her place among the people.
    commitment : str
        The digest of the commitment.
    own : mapping of str to str
        What she wrote of herself, by column.
    """
    path = merkle.path(leaves(pool), index)
    return _receipt(pool, index, path, commitment=commitment, own=own)


def receipts(
    pool: Any, *, commitment: str, own: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, Json]]:
    """The receipt of everybody of whom more is kept than a token, by id; see `receipt`.

    Parameters
    ----------
    own : mapping of str to (mapping of str to str)
        What everybody wrote of herself, by id and column.
    """
    paths = merkle.paths(leaves(pool))
    return {
        person["id"]: _receipt(
            pool, index, paths[index], commitment=commitment, own=own[person["id"]]
        )
        for index, person in enumerate(pool["people"])
        if not is_erased(person)
    }


def _receipt(
    pool: Any, index: int, path: Sequence[bytes], *, commitment: str, own: Mapping[str, str]
) -> dict[str, Json]:
    person = pool["people"][index]
    return {
        "commitment": commitment,
        "index": index,
        "nonce": nonce(bytes.fromhex(person["key"]), person["id"]).hex(),
        "own": dict(own),
        "path": [digest.hex() for digest in path],
        "row": row(pool["features"], person),
        "schema": RECEIPT_SCHEMA,
        "size": len(pool["people"]),
    }
