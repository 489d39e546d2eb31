"""Canonical JSON: one spelling for one content, so that a digest means something."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import Any, TypeAlias
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
    # ids, numbers, and rows of either, most often
    first = values[0] if values else ""
    rows = type(first) in _ROWS and all(map(_ROWS.__contains__, set(map(type, values))))
    cells: list[Any] = list(chain.from_iterable(values) if rows else values)  # type: ignore[arg-type]
    try:
        plain = is_normalized("NFC", "".join(cells))  # a part of a text in NFC is in NFC
    except TypeError:
        plain = set(map(type, cells)) == {int}
    return list(values) if plain else [_plain(value) for value in values]


def _nfc(text: str) -> str:
    return text if str.isascii(text) else normalize("NFC", text)
