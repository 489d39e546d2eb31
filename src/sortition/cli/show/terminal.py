"""What a command says on the terminal: progress, results, and what went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from sortition.cli.show.spoken import say, spoken
from sortition.core.progress import Counting as Listener
from sortition.core.progress import Phase, Silent
from sortition.errors import InputErrors, SolverFailed, VerificationFailed
from sortition.folders.change import changes_made
from sortition.model import InfeasibleQuotas
from sortition.pages.conflict import infeasible_in_words
from sortition.texts.grouping import MOST_NAMED, counted, folded, grouped
from sortition.texts.speech import phrase

if TYPE_CHECKING:
    from rich.progress import Progress

Asked = TypeVar("Asked")
Done = TypeVar("Done")

THE_ANSWER_IS_NO, BAD_INPUT, DEFECT = 1, 2, 3


@contextmanager
def progress_of(quiet: bool) -> Iterator[Listener]:
    """A progress line while something runs; none if quiet, or if nobody watches."""
    if quiet:
        yield Silent()
        return
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal or console.is_dumb_terminal:
        yield Silent()
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield _Bar(bar)


def carry_out(
    step: Callable[[Asked, Listener], Done],
    options: Asked,
    show: Callable[[Done, Asked], None],
    *,
    quiet: bool,
) -> Done:
    """Take a step while its progress is shown, and show what came of it; neither if quiet."""
    with progress_of(quiet) as progress:
        done = step(options, progress)
    if not quiet:
        show(done, options)
    return done


class _Bar:
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def phase(self, phase: Phase) -> None:
        self._bar.remove_task(self._task)
        total = 1.0 if phase in {"decompose", "simulate"} else None
        self._task = self._bar.add_task(say(f"phases.{phase}"), total=total)

    def decomposed(self, mass: float) -> None:
        self._bar.update(self._task, completed=mass)

    def done(self, part: float) -> None:
        self._bar.update(self._task, completed=part)


@contextmanager
def said() -> Iterator[None]:
    """Turn what was raised into words and an exit code."""
    before = changes_made()
    try:
        yield
    except InputErrors as errors:
        lines, count = counted(errors.faults)
        heading = phrase("many_faults", count=count) if count > 1 else phrase("one_fault")
        if changes_made() > before:  # such as the log, which keeps that something was tried
            heading = phrase("fault_after")
        complain(heading, *(f"  {line}" for line in lines))
        raise typer.Exit(BAD_INPUT) from None
    except InfeasibleQuotas as infeasible:
        complain(phrase("infeasible"), *infeasible_in_words(infeasible, spoken()))
        if infeasible.assumed:
            lines = list(folded(infeasible.assumed))
            complain("", phrase("infeasible_assumed"), *(f"  {line}" for line in lines))
        raise typer.Exit(THE_ANSWER_IS_NO) from None
    except VerificationFailed as failure:
        lines = list(grouped(failure.findings))
        complain(
            phrase("not_holding"),
            *(f"  {line}" for line in lines[:MOST_NAMED]),
            phrase("see_verify"),
        )
        raise typer.Exit(THE_ANSWER_IS_NO) from None
    except (SolverFailed, KeyboardInterrupt, typer.Abort, typer.Exit, BrokenPipeError):
        raise  # what helps a solver depends on the command, which says it
    except Exception as defect:  # what people wrote may stand in its text, so that is not shown
        place = traceback.extract_tb(defect.__traceback__)[-1]
        file = Path(place.filename).name
        where = phrase("where", error=type(defect).__name__, file=file, line=place.lineno)
        complain(phrase("defect", where=where))
        raise typer.Exit(DEFECT) from None


def complain(*lines: str) -> None:
    """Say what is wrong, where nobody takes it for a result."""
    if lines:
        typer.echo("\n".join(lines), err=True)
