"""The lottery as everybody may see it: panels of tokens, and no word of who counts for what."""

from __future__ import annotations

import json
from typing import Any

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import Shape, parse
from sortition.audit.lottery.file import SCHEMA, PublishedLottery, published_lottery, read_lottery

SHAPE: Shape = {
    "k": int,
    "panels": [{"members": [str], "weight": int}],
    "people": [str],
    "quotas": [{"category": str, "max": int, "min": int, "value": str}],
    "schema": SCHEMA,
    "sealed": str,
}


def public_lottery(sealed: bytes) -> bytes:
    """The public form of a sealed lottery whose people are tokens already.

    It carries the digest of the sealed form, which is the digest of the lottery in both.
    """
    document: dict[str, Any] = json.loads(sealed)
    quotas = [
        {name: value for name, value in quota.items() if name != "members"}
        for quota in document["quotas"]
    ]
    return canonical_json({**document, "quotas": quotas, "sealed": digest(sealed)})


def read_public_lottery(content: bytes, file: str) -> PublishedLottery:
    """Read the public form; nobody counts for any quota in it.

    Raises
    ------
    VerificationFailed
        If it is not a document of this schema; every place is listed.
    """
    document = parse(content, file, SHAPE)
    return published_lottery(document, digest=document["sealed"], reserved=False)


def read_either_lottery(content: bytes, file: str) -> PublishedLottery:
    """Read a lottery in whichever of its two forms it is.

    Raises
    ------
    VerificationFailed
        If it is in neither.
    """
    try:
        is_public = "sealed" in json.loads(content)
    except (ValueError, TypeError, RecursionError):
        is_public = False
    return (read_public_lottery if is_public else read_lottery)(content, file)
