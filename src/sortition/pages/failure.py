"""What can be done when a solver gave up, by what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sortition.core.programs.solver import solver_version
from sortition.errors import Finding, SolverFailed
from sortition.model import SolverName

OTHER: Mapping[SolverName, SolverName] = {"highs": "cbc", "cbc": "highs"}
# what a command can be spared, by the option that asks for it
SPARED = {
    ("verify", "resolve"): "solver-failed-resolve",
    ("plan", "registry"): "solver-failed-registry",
}


def ways_out(failure: SolverFailed, command: str, options: Mapping[str, Any]) -> Iterator[Finding]:
    """The failure, then each way out that the options of the command leave open.

    Parameters
    ----------
    failure : SolverFailed
    command : str
    options : mapping
        What each parameter of the command was, given or not.
    """
    solver: SolverName = options.get("solver", "highs")
    yield Finding(code="solver-failed", facts={"status": failure.status})
    for (name, option), code in SPARED.items():
        if name == command and options.get(option) is not None and options[option] is not False:
            yield Finding(code=code)
    if "solver" in options:
        yield Finding(code="solver-failed-other", facts={"other": OTHER[solver]})
    if options.get("time_limit") is not None:
        yield Finding(code="solver-failed-time")
    else:
        version = solver_version(solver)
        yield Finding(code="solver-failed-version", facts={"version": version})
