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
        "a3dfe8b487c803aaaa350f566898e56d3c49967cc524db818581a51c751a0423",
        "e8c39fd5950127405f8381622c310b459dbfbc10c2f533da4e68198333c32123",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
