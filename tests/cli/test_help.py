"""Help, version and usage; asking for them loads nothing heavy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import sortition as package
from tests.cli.running import command, environment, sortition

HEAVY = {"numpy", "pandas", "scipy", "pulp", "highspy", "openpyxl", "jinja2", "matplotlib"}
# what no question needs: how a command does its work
ROOMS = {"sortition.core", "sortition.instance", "sortition.steps", "sortition.tables"}
ASKED = """
import sys
from sortition.cli import main
sys.argv = ["sortition", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
loaded = {name.partition(".")[0] for name in sys.modules} | set(sys.modules)
print("loaded:", *sorted(loaded & set({heavy})), file=sys.stderr)
""".replace("{heavy}", repr(sorted(HEAVY | ROOMS)))


@pytest.mark.parametrize("arguments", [("--help",), ("select", "--help"), ("--version",)])
def test_asking_for_help_loads_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED, *arguments],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert done.stderr.split() == ["loaded:"]


def test_the_probe_would_notice(tmp_path: Path) -> None:
    wanted = "from sortition.cli import main"
    probe = ASKED.replace(wanted, f"{wanted}; import sortition.cli.show.select")
    done = subprocess.run(
        [sys.executable, "-c", probe, "--help"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"numpy", "pulp", "sortition.core"} <= set(done.stderr.split())


def test_no_command_is_answered_with_help(tmp_path: Path) -> None:
    done = sortition(cwd=tmp_path)
    assert done.code == 2
    assert "select" in done.stdout + done.stderr


def options_of(help_text: str) -> dict[str, str]:
    """Each option and what is said about it; the columns stand two spaces apart at least."""
    options: dict[str, list[str]] = {}
    current: list[str] = []
    for line in help_text.splitlines():
        cells = [cell for cell in re.split(r" {2,}", line.strip("│╭╮╰╯─* ")) if cell]
        if cells and re.fullmatch(r"--[a-z][a-z-]*", cells[0]):
            current = options.setdefault(cells[0], [])
            cells = cells[1:]
        if current is not None and cells:
            current.append(cells[-1])
    return {name: " ".join(words) for name, words in options.items()}


def test_every_option_has_a_line_of_help(tmp_path: Path) -> None:
    done = sortition("select", "--help", cwd=tmp_path, COLUMNS="200")
    options = options_of(done.stdout)
    assert set(options) >= {
        *("--size", "--seed", "--objective", "--id", "--household", "--tickets", "--solver"),
        *("--language", "--out", "--overwrite", "--quiet", "--help"),
    }
    for name, words in options.items():
        assert re.match(r"\w.*\w.*\.", words), name
    for default in ("leximin", "1000", "highs", "en", "selection"):
        assert f"[default: {default}]" in done.stdout


def test_a_narrow_terminal_loses_no_option(tmp_path: Path) -> None:
    done = sortition("select", "--help", cwd=tmp_path, COLUMNS="60")
    for name in ("--household", "--objective", "--overwrite"):
        assert name in done.stdout


def test_the_script_is_the_module(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("sortition")
    for call in ([str(script)], command()):
        done = subprocess.run(
            [*call, "--version"], cwd=tmp_path, env=environment(), capture_output=True, check=True
        )
        assert done.stdout.decode() == f"sortition {package.__version__}\n"
