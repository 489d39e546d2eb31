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
        "47bef8aadb8e448423b353100aa6a73350e999e0d1a2e9993aee4232acfb90f2",
        "03cc3009502b15568422a9ec82f8d3845f777f00fa08c31b477812ad06af17de",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
