"""Tickets as queries make them: the same as `sortition.model.draw.ticket`."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from hashlib import sha256

from sortition.model.draw import seed_hash, ticket
from sortition.registry.duck import literal

PSEUDONYM = 32  # hexadecimal digits, 128 bits
BLOCK = 64  # bytes of SHA-256's block, which HMAC pads keys to
INNER, OUTER = 0x36, 0x5C  # HMAC's pads (RFC 2104)


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

    def name(self, id: str) -> str:
        """What the ticket is made of: the id, or its pseudonym (HMAC-SHA256, 128 bits)."""
        if self.key is None:
            return id
        return hmac.digest(self.key, b"id|" + id.encode(), "sha256").hex()[:PSEUDONYM]

    def of(self, id: str) -> str:
        """The ticket of one person, 64 hexadecimal digits."""
        return ticket(self.name(id), seed=self.seed, domain=self.domain)

    def sql(self, id: str) -> str:
        """An expression for the tickets of a column of ids."""
        start = literal(f"{seed_hash(self.seed)}|{self.domain}|")
        return f"sha256({start} || {self._name_sql(id)})"

    def _name_sql(self, id: str) -> str:
        if self.key is None:
            return id
        short = self.key if len(self.key) <= BLOCK else sha256(self.key).digest()
        padded = short.ljust(BLOCK, b"\0")
        inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (INNER, OUTER))
        within = f"sha256(unhex('{inner.hex()}') || encode('id|' || {id}))"
        return f"left(sha256(unhex('{outer.hex()}') || unhex({within})), {PSEUDONYM})"
