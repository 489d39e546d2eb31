"""Canonical JSON: one spelling for one content, so that a digest means something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import TypeAlias
from unicodedata import normalize

Json: TypeAlias = "str | int | Sequence[Json] | Mapping[str, Json]"
DIGEST = re.compile("[0-9a-f]{64}")  # how a SHA-256 is written
PARTED = "\x7f"  # a letter that JSON spells as it is, and that NFC joins to no other


def canonical_json(document: Json) -> bytes:
    """UTF-8, NFC, sorted keys, no spaces, no final newline; integers and strings only.

    Raises
    ------
    TypeError
        If the document holds anything else, a float or a truth value among them.
    ValueError
        If two keys of one object are the same in NFC.
    """
    return spelled(document).encode()


def spelled(document: Json) -> str:
    """Canonical JSON before it becomes bytes; see `canonical_json`."""
    if isinstance(document, str):
        return quoted(_nfc(document))
    if isinstance(document, int) and not isinstance(document, bool):
        return str(int(document))
    if isinstance(document, (list, tuple, Sequence)) and not isinstance(document, bytes):
        return f"[{_listed(document)}]"
    if isinstance(document, Mapping):
        values = {_nfc(key): value for key, value in document.items()}
        if len(values) < len(document):
            raise ValueError("two keys are the same in NFC")
        return (
            f"{{{','.join([f'{quoted(key)}:{spelled(values[key])}' for key in sorted(values)])}}}"
        )
    raise TypeError(f"canonical JSON holds no {type(document).__name__}")


def digest(content: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return sha256(content).hexdigest()


def _listed(values: Sequence[Json]) -> str:
    try:
        joined = PARTED.join(values)  # type: ignore[arg-type] # texts, as most long lists hold
    except TypeError:
        return ",".join(map(spelled, values))
    if joined.count(PARTED) != len(values) - 1:
        return ",".join(map(spelled, values))
    return quoted(_nfc(joined)).replace(PARTED, '","')


def _nfc(text: str) -> str:
    return text if str.isascii(text) else normalize("NFC", text)
