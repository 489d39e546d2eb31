"""Write ``tests/conformance/vectors.json``, which anybody can hold a third verifier against.

    python scripts/make_vectors.py [--base]

With ``--base`` the lottery that they start from is made anew, which a change of its format needs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.conformance.making import HERE, document  # noqa: E402
from tests.conformance.vectors import vectors  # noqa: E402

from sortition.cli import main  # noqa: E402

PEOPLE = "".join(f"P{number},{'f' if number < 4 else 'm'}\n" for number in range(1, 8))
QUOTAS = "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\n"


def make_base() -> None:
    """A panel of two out of seven, with a key that everybody knows."""
    with tempfile.TemporaryDirectory() as home:
        pool, quotas, out = (Path(home) / name for name in ("pool.csv", "quotas.csv", "lottery"))
        pool.write_text(f"id,sex\n{PEOPLE}", encoding="utf-8")
        quotas.write_text(QUOTAS, encoding="utf-8")
        named = ("--assembly", "Klimaborgerting", "--organiser", "Nordby Kommune", "--quiet")
        words = ["sortition", "lottery", pool, quotas, "--size", "2", *named, "--out", out]
        known = patch("sortition.steps.publish.run.token_bytes", lambda count: bytes(range(count)))
        with known, patch.object(sys, "argv", list(map(str, words))):
            try:
                main()
            except SystemExit as end:
                if end.code:
                    raise
        public = out / "public"
        commitment = json.loads((public / "commitment.json").read_bytes())
        base = {
            "certificate.json": (public / "certificate.json").read_text(encoding="utf-8"),
            "lottery.json": (public / "lottery.json").read_text(encoding="utf-8"),
            "root": commitment["pool"]["root"],
            "sealed": commitment["certificate"],
        }
    text = f"{json.dumps(base, ensure_ascii=False, indent=1)}\n"
    (HERE / "base.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if "--base" in sys.argv[1:]:
        make_base()
        # what was read before is not the new base
        sys.exit(subprocess.call([sys.executable, __file__]))
    (HERE / "vectors.json").write_bytes(document(vectors()))
