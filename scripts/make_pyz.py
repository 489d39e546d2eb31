"""Write ``verify.pyz``, one file that checks a run with nothing but Python 3.11 or later.

    python scripts/make_pyz.py [FILE]

It holds the modules that verification imports and no others, as they stand in the source. The same
source gives the same bytes, so that their SHA-256 can be announced.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
MAIN = ROOT / "scripts" / "verify_main.py"
TEXTS = SOURCE / "sortition" / "texts"
# in English alone, as there is nobody to say what else is spoken
WORDS = [*sorted((TEXTS / "findings").glob("*.toml")), *sorted(TEXTS.glob("*.en.toml"))]
# what is loaded when verification is, by an interpreter that has nothing installed
PROBE = """
import sys
sys.path.insert(0, sys.argv[1])
import sortition.audit.verify, sortition.texts.outcomes
for name, module in sys.modules.items():
    if name.partition(".")[0] == "sortition":
        print(module.__file__)
"""


def modules() -> list[Path]:
    """The source files that verification needs, sorted."""
    command = [sys.executable, "-I", "-S", "-B", "-c", PROBE, str(SOURCE)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True)
    return sorted(Path(line) for line in loaded.stdout.splitlines())


def make(target: Path) -> None:
    """Write the archive."""
    contents = {str(path.relative_to(SOURCE)): path for path in [*modules(), *WORDS]}
    with target.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w") as archive:
            for name, path in sorted({"__main__.py": MAIN, **contents}.items()):
                member = zipfile.ZipInfo(name.replace("\\", "/"))  # of 1980
                member.create_system = 0  # the same on every system
                archive.writestr(member, path.read_bytes())
    target.chmod(0o755)


if __name__ == "__main__":
    if any(argument.startswith("-") for argument in sys.argv[1:]):
        sys.exit(__doc__)
    make(Path(sys.argv[1] if len(sys.argv) > 1 else "verify.pyz"))
