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
        "021fcf362b55fcd70dec90e46eb519b8268ea461dc3bb5698b441c4fc233c7ac",
        "f2da169005523d8e8134027416159df6e50de0e7a34a871e0faf60ee0b79b8f9",
        "17e1e2484f31276bcafe5938bba537d26b2307dca667c61c1e37bc2b1dc0a3fb",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
