"""The pages with which anybody checks a lottery, as this package writes them.

A page that somebody else wrote could call anything right, so that only these are taken. After a
change of the page, `python scripts/make_page_digests.py` writes them anew; those of releases stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from sortition.audit.canonical import digest
from sortition.audit.shapes.bundle import VERIFIER
from sortition.errors import Finding

OWN = frozenset(
    {
        # as they are now
        "d514d33751a07539cd0f579993e3a70cb631676b341c4f8a9c514818b9ae6361",
        "6753f18105b5340944a2dcecb5d6623b1bbb4b1381f4d1687f82697f41095ada",
        "e9b677531647e23dfb1f11ef9f0642d2b70035d80912738604d7fb7f3a4963ad",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
