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
        "62b849415479631602ae836222ac0c66269052f57cc5ff1b40aa717cf13eb095",
        "1a2d91f008cda9d5fd11488cba69aeb0c9a1d255b912b23f66cf73f0b8a1c1ec",
        "2cab6ba427a5c731f4fd689c3288b75687c5d04d61fed1f0ddb076c8e0a5f103",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
