"""Write ``tests/conformance/vectors.json``, which anybody can hold a third verifier against.

python scripts/make_vectors.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.conformance.making import HERE, document  # noqa: E402
from tests.conformance.vectors import vectors  # noqa: E402

from sortition.steps.publish.verify_page.page import verify_page  # noqa: E402

if __name__ == "__main__":
    page = verify_page("en").encode()
    (HERE / "vectors.json").write_bytes(document(vectors(page), page))
