"""Make one program file for the system that this runs on, and try it out.

    python scripts/make_bundle.py [FOLDER]

by the Python of an environment that has sortition with its extras app and letters, and PyInstaller.
The file is written to FOLDER, dist/bundle if none is named.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

ROOT = Path(__file__).resolve().parent.parent
NAME = "sortition.exe" if sys.platform == "win32" else "sortition"
# words and templates are data, views and steps are imported by name, solvers are programs, and the
# versions that documents state stand in metadata
WHOLE = ("sortition", "pulp", "highspy")
NEVER = ("matplotlib", "IPython", "pytest", "hypothesis", "tkinter", "distributed", "playwright")


def main() -> None:
    """Build, then try; the first thing that fails ends it."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "bundle"
    with tempfile.TemporaryDirectory() as work:
        build(out, Path(work))
        try_out(out / NAME, Path(work) / "assembly")
    size = (out / NAME).stat().st_size / 1e6
    print(f"{out / NAME}: {size:.0f} MB; it opens an assembly, and runs commands.")


def build(out: Path, work: Path) -> None:
    """One file with everything in it."""
    collected = [f"--collect-all={name}" for name in WHOLE]
    left_out = [f"--exclude-module={name}" for name in NEVER]
    places = (f"--distpath={out}", f"--workpath={work}", f"--specpath={work}")
    options = ("--onefile", "--noconfirm", "--log-level=ERROR", "--name=sortition")
    samples = f"--add-data={ROOT / 'data' / 'samples'}:sortition/samples"
    metadata = "--recursive-copy-metadata=sortition"
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", *options, *places, *collected, *left_out),
            *(samples, metadata, str(ROOT / "scripts" / "bundle_main.py")),
        ],
        check=True,
    )


def try_out(program: Path, folder: Path) -> None:
    """Start it as a double-click does, look at every step, and run a command."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    if not re.fullmatch(r"sortition \S+\n", said.stdout):
        sys.exit(f"--version says {said.stdout!r}")
    command = [str(program), "app", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            look(address)
        finally:
            process.terminate()
    demo = folder.with_name("demo")
    subprocess.run([program, "demo", "--out", demo, "--quiet"], check=True)
    subprocess.run([program, "verify", demo / "selection"], check=True, stdout=subprocess.DEVNULL)


def look(address: str) -> None:
    """Ask for the pages as a browser does."""
    opener = build_opener(HTTPCookieProcessor())
    own = address.partition("/open")[0]
    for path in (address, f"{own}/quotas", f"{own}/assets/style.css", f"{own}/assets/htmx.min.js"):
        with opener.open(path, timeout=60) as answer:
            if answer.status != 200 or not answer.read():
                sys.exit(f"{path} answers {answer.status}")


if __name__ == "__main__":
    main()
