from __future__ import annotations

from typing import get_args

from sortition.audit.bundle.pages import OWN
from sortition.audit.canonical import digest
from sortition.model import Language
from sortition.steps.publish.verify_page.page import verify_page


def test_the_pages_of_this_package_are_known() -> None:
    """After a change of the page, these are the digests that belong into `OWN`."""
    now = {digest(verify_page(language).encode()) for language in get_args(Language)}
    assert now - OWN == set()
