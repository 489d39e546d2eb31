"""What `sortition demo` says: what select would say, how to run it by hand, and what to open."""

from __future__ import annotations

import typer

from sortition.audit.shapes.run import PAGE
from sortition.cli.show.select import show_run
from sortition.cli.show.spoken import say
from sortition.steps.select.run import Options, Run
from sortition.tables.content import File


def show_demo(run: Run, options: Options) -> None:
    """Say what was drawn, by which command, and which page shows it."""
    show_run(run, options)
    typer.echo(f"\n{say('demo.command')}\n  {_command(options)}")
    typer.echo(f"\n{say('demo.open', page=options.destination / PAGE)}")


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
        f"--out {_typed(options.destination)}",
        "--overwrite",
    ]
    return " ".join(words)


def _typed(path: File) -> str:
    """A path as one word of a command."""
    return f'"{path}"' if " " in str(path) else str(path)
