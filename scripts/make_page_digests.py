"""Write the digests of the pages that check a lottery into ``audit/bundle/pages.py``.

    python scripts/make_page_digests.py

For the package that is installed. What a release wrote has to stay in the list.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import get_args

import sortition
from sortition.model import Language
from sortition.steps.publish.verify_page.page import verify_page

PLACE = Path(sortition.__file__).parent / "audit" / "bundle" / "pages.py"
NOW = re.compile(r"(?<=        # as they are now\n)(?:        \"[0-9a-f]{64}\",\n)*")

if __name__ == "__main__":
    digests = [sha256(verify_page(name).encode()).hexdigest() for name in get_args(Language)]
    lines = "".join(f'        "{digest}",\n' for digest in digests)
    text = PLACE.read_text(encoding="utf-8")
    PLACE.write_text(NOW.sub(lines, text), encoding="utf-8")
