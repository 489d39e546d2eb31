"""Tickets by the million: the same as `sortition.model.draw.ticket`, as arrays."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sortition.model.draw import seed_hash

PSEUDONYM = 32  # hexadecimal digits, 128 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Tickets:
    """How ids become tickets.

    Attributes
    ----------
    seed, domain : str
        As in `sortition.model.draw.ticket`.
    key : bytes or None
        If there is one, tickets are on pseudonyms, which it makes of the ids.
    """

    seed: str = field(repr=False)
    domain: str
    key: bytes | None = field(default=None, repr=False)

    def name(self, id: bytes) -> bytes:
        """What the ticket is made of: the id, or its pseudonym (HMAC-SHA256, 128 bits)."""
        if self.key is None:
            return id
        return hmac.digest(self.key, b"id|" + id, "sha256").hex()[:PSEUDONYM].encode()

    def of(self, id: bytes) -> str:
        """The ticket of one person, 64 hexadecimal digits."""
        return sha256(self._start + self.name(id)).hexdigest()

    def words(self, ids: Sequence[bytes]) -> NDArray[np.uint64]:
        """The tickets of many people, as four numbers of 64 bits each."""
        start, hash_ = self._start, sha256
        names = ids if self.key is None else map(self.name, ids)
        digests = b"".join([hash_(start + name).digest() for name in names])
        return np.frombuffer(digests, dtype=">u8").reshape(-1, 4).astype(np.uint64)

    @property
    def _start(self) -> bytes:
        return f"{seed_hash(self.seed)}|{self.domain}|".encode()
