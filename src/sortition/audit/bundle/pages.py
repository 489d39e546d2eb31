"""The pages with which anybody checks a lottery, as this package writes them.

A page that somebody else wrote could call anything right, so that only these are taken. A test
says which digests belong here when the page changes; those of earlier releases stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from sortition.audit.canonical import digest
from sortition.audit.shapes.bundle import VERIFIER
from sortition.errors import Finding

OWN = frozenset(
    {
        "844fdaea411c7ff321a429015fdd77a698b6e8c22740c3b626494f591d398a65",
        "a67bc385e1030ece2d9fe3637b5ddf46cfa2581ef5af770b827a195d3eb24ea4",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
