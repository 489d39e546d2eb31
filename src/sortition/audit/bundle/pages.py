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
        "391c8997cb67d523d77cba0f32532e18b27b072ee4b455e309c896e334003bf4",
        "a5f78924a6582d6d63dfb61e1c1bd90d69fadb1d171db90db246274c8ab867cf",
        "fd6d0f5378d55664f66cb950bbc173ccf6e3eff371c0d5ea787d9d8f57b03cd7",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
