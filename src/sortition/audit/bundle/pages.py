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
        "dd694cac938c6b57afebaa96a251e135f49f6cdefcfba294c9f6907a58bb0eda",
        "6ed01b9a80c652305ef60798f21c6c0dcb592ec58643ac84984387517634b71a",
        "511650828cef039901e7d6f22676d9aef9d5fbc03f5efb642f229d8246e7a4d2",
    }
)


def check_verifier(page: bytes) -> Iterator[Finding]:
    """The page is one that this package wrote."""
    if digest(page) not in OWN:
        yield Finding(code="verify-foreign-page", file=VERIFIER, value=digest(page))
