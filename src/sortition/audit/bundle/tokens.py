"""What stands for a person in public: a token, made from the id with a key that stays sealed.

Ids can be tried out, those of a country in minutes, so that a plain hash would hide nobody.
Everybody has a key of her own, so that she can be erased: without it nothing leads from her id to
the token.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from unicodedata import normalize

KEY_BYTES = 32
TOKEN_DIGITS = 16


def token(key: bytes, id: str) -> str:
    """The token of a person: 16 hexadecimal digits."""
    return _keyed(key, f"token|{id}").hex()[:TOKEN_DIGITS]


def nonce(key: bytes, id: str) -> bytes:
    """The salt of the person's row, 32 bytes."""
    return _keyed(key, f"nonce|{id}")


def input_digest(key: bytes, digest: str) -> str:
    """What is published of the digest of an input, whose content could be tried out."""
    return _keyed(key, f"input|{digest}").hex()


def preparation_digest(key: bytes, content: bytes) -> str:
    """What is published of the preparation, which names the files that were read."""
    return hmac.new(key, b"preparation|" + content, sha256).hexdigest()


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.new(key, normalize("NFC", text).encode(), sha256).digest()
