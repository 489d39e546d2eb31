"""What `sortition demo` and `sortition sample` say: what there is, and how to go on."""

from __future__ import annotations

import shlex

import typer

from sortition.audit.shapes.run import PAGE
from sortition.cli.show.select import show_run
from sortition.cli.show.spoken import assumed, lead, say
from sortition.steps.sample.run import Sample, SampleOptions
from sortition.steps.select.ready import Options
from sortition.steps.select.run import Run
from sortition.tables.content import File


def show_demo(run: Run, options: Options) -> None:
    """Say what was drawn, by which command, and which page shows it."""
    show_run(run, options)
    typer.echo("\n" + say("demo.command") + f"\n  {_command(options)}")
    typer.echo("\n" + say("demo.open", page=options.destination / PAGE))


def show_sample(made: Sample, options: SampleOptions) -> None:
    """Say what was made, and give the command that rehearses with it."""
    lines = [say("sample.made", people=options.people)]
    if made.missed is None:
        lines.append(say("sample.fits", size=made.panel_size))
    else:
        facts = {"feature": made.missed.feature, "value": made.missed.value}
        needed = made.missed.lower
        lines.append(say("sample.misses", **facts, there=needed - 1, needed=needed))
    if len(made.sizes) > 1:
        lowest, highest = made.sizes[0], made.sizes[-1]
        lines.append(say("sample.sizes", lowest=lowest, highest=highest))
    command = shlex.join(
        [
            *("sortition", "select", str(options.out), str(options.quotas)),
            *("--size", str(made.panel_size), "--household", ",".join(made.address)),
            *("--rehearsal", "--out", "rehearsal"),
        ]
    )
    lines += ["", lead("written", str(options.out)), lead("next", command)]
    lines += assumed(made.assumed)
    typer.echo("\n".join(lines))


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
