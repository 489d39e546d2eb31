"""One measured process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from math import inf

from sortition.errors import SortitionError

MEGABYTE = 1e6


class RunFailed(SortitionError):
    """A measured process ended with an error.

    Attributes
    ----------
    exit_code : int
    said : str
        What it wrote to its standard error.
    """

    def __init__(self, *, exit_code: int, said: str) -> None:
        super().__init__(f"exit code {exit_code}")
        self.exit_code = exit_code
        self.said = said


class TookTooLong(SortitionError):
    """A measured process was ended because its time was up.

    Attributes
    ----------
    limit : float
        Seconds.
    """

    def __init__(self, limit: float) -> None:
        super().__init__(f"more than {limit:g} s")
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a process used from its start to its end.

    Attributes
    ----------
    seconds : float
        Wall clock.
    cpu_seconds : float
        Of all processors together; says more than the clock if the machine is busy.
    peak_mb : float
        Megabytes (10**6 bytes) of the process, or of its largest child if that had more.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


def timed(command: Sequence[str], *, limit: float = inf) -> Usage:
    """Run a command to its end and measure it.

    Parameters
    ----------
    command : sequence of str
    limit : float
        Seconds after which it is ended.

    Raises
    ------
    RunFailed
    TookTooLong
    """
    with as_file(files("sortition.bench") / "stopwatch.py") as stopwatch:
        watch = subprocess.run(  # noqa: S603  # our own programs and the peer's
            [sys.executable, "-I", "-S", str(stopwatch), str(limit), *command],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if watch.returncode:
        raise RunFailed(exit_code=watch.returncode, said=watch.stderr)
    measured = json.loads(watch.stdout)
    if not measured["in_time"]:
        raise TookTooLong(limit)
    if measured["exit_code"]:
        raise RunFailed(exit_code=measured["exit_code"], said=watch.stderr)
    return Usage(
        seconds=measured["seconds"],
        cpu_seconds=measured["cpu_seconds"],
        peak_mb=measured["peak_bytes"] / MEGABYTE,
    )
