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
        "8bc6865ca4ab7b5acb19178b16ad473832cd73394b08f7ee64ef6982b960d251",
        "7c97eec6872a3d876c0fad21dfcfbc38105ea8896db49d42d30c4e7bf5e45917",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
