"""The commands and what they take."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from copy import copy
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.models import CommandInfo

from sortition import __version__
from sortition.cli.after.alternates import alternates
from sortition.cli.after.confirm import confirm
from sortition.cli.after.evaluate import evaluate
from sortition.cli.after.groups import groups
from sortition.cli.after.my_chance import my_chance
from sortition.cli.after.press import press
from sortition.cli.after.purge import purge
from sortition.cli.after.replace import replace
from sortition.cli.after.status import status
from sortition.cli.app import app as open_app
from sortition.cli.around.descriptors import lost, speak_alone
from sortition.cli.around.helping import Program
from sortition.cli.around.speech import language_of
from sortition.cli.around.stopping import exit_code, stoppable
from sortition.cli.around.usage import run
from sortition.cli.bench import bench
from sortition.cli.check import check
from sortition.cli.compare import compare
from sortition.cli.dataset import dataset
from sortition.cli.demo import demo
from sortition.cli.draw import draw
from sortition.cli.funnel import funnel
from sortition.cli.intake import intake
from sortition.cli.intake import map as map_pool
from sortition.cli.invite import invite
from sortition.cli.letters import letters
from sortition.cli.lottery import lottery
from sortition.cli.options.shared import SpokenLanguage
from sortition.cli.pack import pack
from sortition.cli.plan import plan
from sortition.cli.project import ProjectCommand
from sortition.cli.quotas import quotas
from sortition.cli.receipt import receipt
from sortition.cli.sample import sample
from sortition.cli.select import select
from sortition.cli.stamp import stamp
from sortition.cli.verify import verify
from sortition.texts.speech import SPOKEN

app = typer.Typer(
    name="sortition",
    cls=Program,
    help="Draw citizens' assemblies by the fairest lottery that the quotas allow.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    # neither modules nor the rows of a large pool are garbage, and looking for some takes a while
    gc.set_threshold(500_000, 50, 100)
    atexit.register(gc.freeze)  # nor does the end of the process need a last look
    # products of matrices are small here, and threads that share one wait for each other busily
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # letters that a terminal lacks are spelled out
            stream.reconfigure(errors="backslashreplace")
    speak_alone()
    spoken = SPOKEN.set(language_of(sys.argv[1:], os.environ))
    try:
        with stoppable() as came:
            try:
                code = run(_called(sys.argv[1:]), app)
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
            sys.exit(exit_code(_said(code), came))
    finally:
        SPOKEN.reset(spoken)


def _called(words: Sequence[str]) -> typer.Typer:
    """The program with nothing but the command that is called: making all of them takes a while."""
    first = words[2:3] if words[:1] == ["--language"] else words[:1]
    named = [one for one in app.registered_commands if first == [name_of(one)]]
    if not named:
        return app
    alone = copy(app)
    alone.registered_commands = named
    return alone


def name_of(command: CommandInfo) -> str:
    """The name by which a command is called."""
    return command.callback.__name__.replace("_", "-") if command.callback else ""


def _said(code: int) -> int:
    """The exit code of a command; one that did nothing but print has failed if that was lost."""
    error = lost()
    if error is None:
        return code
    from sortition.cli.show.terminal import BAD_INPUT, complain
    from sortition.errors import Finding
    from sortition.folders.change import changes_made
    from sortition.texts.speech import speak

    done = changes_made() > 0
    lost_words = "output-lost-after" if done else "output-lost"
    complain(speak(Finding(code=lost_words, value=str(error.strerror))))
    return code if done else code or BAD_INPUT


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sortition {__version__}")
        raise typer.Exit


@app.callback()
def sortition(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
    _language: SpokenLanguage = None,
) -> None:
    """Draw citizens' assemblies by the fairest lottery that the quotas allow."""


# one to begin with; then in the order in which an assembly needs them
for command in (
    demo,
    open_app,
    plan,
    invite,
    letters,
    quotas,
    intake,
    map_pool,
    check,
    sample,
    select,
    lottery,
    stamp,
    draw,
    alternates,
    confirm,
    replace,
    status,
    groups,
    evaluate,
    funnel,
    press,
    my_chance,
    receipt,
    pack,
    purge,
    compare,
    dataset,
    verify,
    bench,
):
    app.command(cls=ProjectCommand)(command)
