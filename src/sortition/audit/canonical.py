"""Canonical JSON: one spelling for one content, so that a digest means something."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import TypeAlias
from unicodedata import is_normalized, normalize

Json: TypeAlias = "str | int | Sequence[Json] | Mapping[str, Json]"
DIGEST = re.compile("[0-9a-f]{64}")  # how a SHA-256 is written
_ROWS = {list, tuple}


def canonical_json(document: Json) -> bytes:
    """UTF-8, NFC, sorted keys, no spaces, no final newline; integers and strings only.

    Raises
    ------
    TypeError
        If the document holds anything else, a float or a truth value among them.
    ValueError
        If two keys of one object are the same in NFC.
    """
    return json.dumps(
        _plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(content: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return sha256(content).hexdigest()


def _plain(document: Json) -> object:
    if isinstance(document, str):
        return _nfc(document)
    if isinstance(document, int) and not isinstance(document, bool):
        return document
    if isinstance(document, (list, tuple, Sequence)) and not isinstance(document, bytes):
        return _plain_list(document)
    if isinstance(document, Mapping):
        plain = {_nfc(key): _plain(value) for key, value in document.items()}
        if len(plain) < len(document):
            raise ValueError("two keys are the same in NFC")
        return plain
    raise TypeError(f"canonical JSON holds no {type(document).__name__}")


def _plain_list(values: Sequence[Json]) -> list[object]:
    # ids and rows of a pool, most often
    first = values[0] if values else ""
    rows = type(first) in _ROWS and all(map(_ROWS.__contains__, set(map(type, values))))
    try:
        joined = "".join(chain.from_iterable(values) if rows else values)  # type: ignore[arg-type]
    except TypeError:
        return [_plain(value) for value in values]
    # a part of a text in NFC is in NFC
    return list(values) if is_normalized("NFC", joined) else [_plain(value) for value in values]


def _nfc(text: str) -> str:
    return text if str.isascii(text) else normalize("NFC", text)
