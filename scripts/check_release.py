"""Try out an installed package: every command's help, and the main paths on the samples.

    python -I scripts/check_release.py

by the Python of the environment in which it is installed. Everything is written to a folder that is
removed again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from typer.main import get_group

import sortition
from sortition.cli.main import app

SCRIPT = Path(sys.executable).with_name("sortition")
POOL, QUOTAS = "demo/samples/pool.csv", "demo/samples/quotas.csv"
AGREED = ("--size", "36", "--household", "adresse,postnummer")
WHOSE = ("--assembly", "Nordby Borgerting 2026", "--organiser", "Nordby Kommune")


def main() -> None:
    """Run everything; the first thing that does not hold ends it."""
    home = Path(sortition.__file__)
    if not home.is_relative_to(sys.prefix):
        sys.exit(f"{home} is no installed package")
    names = list(get_group(app).commands)
    with tempfile.TemporaryDirectory() as folder:
        if run(folder, "--version").split() != ["sortition", version("sortition")]:
            sys.exit("--version does not say which version is installed")
        for name in names:
            run(folder, name, "--help")
        select_and_verify(folder)
        publish_draw_and_verify(folder)
    print(f"{len(names)} commands have help; select and lottery are drawn and verified.")


def select_and_verify(folder: str) -> None:
    """From the samples to a panel, and its proof."""
    run(folder, "demo")
    run(folder, "select", POOL, QUOTAS, *AGREED, "--out", "panel", "--language", "da")
    for directory in ("demo/selection", "panel"):
        run(folder, "verify", directory)


def publish_draw_and_verify(folder: str) -> None:
    """From the samples to a published lottery, its draw, and its proof."""
    run(folder, "lottery", POOL, QUOTAS, *AGREED, *WHOSE, "--source", "drawn", "--out", "lottery")
    run(folder, "verify", "lottery")
    run(folder, "draw", "lottery", "--drawn", "187")
    said = json.loads(run(folder, "verify", "lottery", "--json"))
    print(f"{len(said['checks'])} claims of the published lottery hold.")


def run(folder: str, *arguments: str) -> str:
    """What a command prints; its end is ours if it fails."""
    done = subprocess.run(
        [SCRIPT, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"sortition {' '.join(arguments)} ended with {done.returncode}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
