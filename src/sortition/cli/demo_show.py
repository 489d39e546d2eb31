"""What `sortition demo` says: what select would say, how to run it by hand, and what to open."""

from __future__ import annotations

from pathlib import Path

import typer

from sortition.audit.run_files import PAGE
from sortition.cli.select_show import show_run
from sortition.runs.select import Options, Run


def show_demo(run: Run, options: Options) -> None:
    """Say what was drawn, by which command, and which page shows it."""
    show_run(run, options)
    typer.echo(f"\nThe command for this:\n  {_command(options)}")
    typer.echo(f"\nOpen {options.out / PAGE} in a browser.")


def _command(options: Options) -> str:
    """The call of `sortition select` that does the same."""
    inputs = options.inputs
    words = [
        "sortition select",
        _typed(inputs.pool),
        _typed(inputs.quotas),
        f"--size {inputs.panel_size}",
        f"--household {','.join(inputs.household_columns)}",
        f'--seed "{options.seed}"',
        *(["--language da"] if options.language == "da" else []),
        f"--out {_typed(options.out)}",
        "--overwrite",
    ]
    return " ".join(words)


def _typed(path: Path) -> str:
    """A path as one word of a command."""
    return f'"{path}"' if " " in str(path) else str(path)
