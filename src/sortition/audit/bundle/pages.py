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
        "e40d16c18a65fb617b27f3b409f5c3ef799dca29918388d5575987a4130c275b",
        "3629548c991b352b2cba66edc0c58fcb5b6712debec24bdd95a845b62bf16852",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
