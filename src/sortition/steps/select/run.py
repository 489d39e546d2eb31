"""One run from files to files: read, select, report, write."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.model import REHEARSAL
from sortition.selection.select import Selection, draw, fresh_seed
from sortition.steps.select.ready import Options, Ready, make_ready
from sortition.steps.select.writing import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run did.

    Attributes
    ----------
    selection : Selection
    assumed : tuple of Finding
        What was assumed when the files were read, and which soft quotas gave way.
    """

    selection: Selection
    assumed: tuple[Finding, ...]


def run(options: Options, progress: Progress) -> Run:
    """Select a panel from files and write the results.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination; nothing is written.
    InfeasibleQuotas
    SolverFailed
    """
    ready = make_ready(options, progress)
    selection = draw_seed(ready, options.seed)
    ready.stopwatch.phase("write")
    write(ready, selection)
    return Run(selection=selection, assumed=ready.assumed)


def draw_seed(ready: Ready, seed: str | None) -> Selection:
    """Draw a ticket by a seed; without one, by a fresh one."""
    drawn_by = fresh_seed() if seed is None else seed
    if ready.options.rehearsal:
        drawn_by = f"{REHEARSAL}{drawn_by}"
    return draw(ready.prepared, seed=drawn_by, seconds=ready.stopwatch.seconds())
