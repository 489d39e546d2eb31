"""What tells this program's own pages from everybody else's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Self

HOSTS = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The secrets of one start of the program; none outlives it.

    Attributes
    ----------
    port : int
    opening : str
        In the address that is opened first.
    session : str
        In the cookie that this address is exchanged for.
    forms : str
        In every form that changes something.
    """

    port: int
    opening: str = field(repr=False)
    session: str = field(repr=False)
    forms: str = field(repr=False)

    @classmethod
    def fresh(cls, port: int) -> Self:
        """New ones, by the system's randomness."""
        opening, session, forms = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(port=port, opening=opening, session=session, forms=forms)

    @property
    def cookie(self) -> str:
        """The name of the cookie: two folders may be open at once, and share cookies."""
        return f"sortition-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that a request may be for."""
        return tuple(f"{host}:{self.port}" for host in HOSTS)

    @property
    def address(self) -> str:
        """What is opened first."""
        return f"http://{self.hosts[0]}/open?key={self.opening}"


def same(given: str | None, wanted: str) -> bool:
    """Whether a secret is the one that is wanted; it takes as long whatever is given."""
    return secrets.compare_digest((given or "").encode(), wanted.encode())
