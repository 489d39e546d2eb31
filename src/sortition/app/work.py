"""One long task at a time, beside the pages: how far it is, how it ended, and stopping it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import partial

from sortition.core.progress import Counting, Phase
from sortition.errors import Finding, InputErrors, SortitionError


class Stopped(SortitionError):
    """Somebody asked for the task to end; what it had begun was undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task and how far it is.

    Attributes
    ----------
    step : str
        The step whose page shows it.
    phase : Phase
    part : float or None
        Of the phase, from 0 to 1; None if that is not known.
    running : bool
    error : SortitionError or None
        Why it ended without a result.
    defect : str
        Where the program itself failed; empty if it did not.
    form, lists : mapping
        What was sent to begin it, which stands in the form again if it fails.
    """

    step: str
    phase: Phase = "read"
    part: float | None = None
    running: bool = True
    error: SortitionError | None = None
    defect: str = ""
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


class Work:
    """The task that runs, or ran last; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._task: Task | None = None
        self._asked_to_stop = threading.Event()
        self._thread: threading.Thread | None = None

    def of(self, step: str) -> Task | None:
        """The task of a step, if it was the last one."""
        with self._lock:
            return self._task if self._task and self._task.step == step else None

    def begin(self, task: Task, run: Callable[[Counting], object]) -> None:
        """Begin a task in a thread of its own.

        Raises
        ------
        InputErrors
            If another one is still running.
        """
        with self._lock:
            if self._task is not None and self._task.running:
                raise InputErrors((Finding(code="app-busy"),))
            self._task = task
            self._asked_to_stop.clear()
        around = copy_context()  # what is known of the sender goes along
        work = partial(around.run, self._carry_out, run)
        thread = threading.Thread(target=work, daemon=True)
        thread.start()  # before anybody can wait for it
        self._thread = thread

    def stop(self) -> None:
        """Ask the task to end; it does when it next says how far it is."""
        self._asked_to_stop.set()

    def forget(self) -> None:
        """Forget a task that has ended, once its end was told."""
        with self._lock:
            if self._task is not None and not self._task.running:
                self._task = None

    def wait(self, seconds: float | None = None) -> None:
        """Wait until nothing runs."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _carry_out(self, run: Callable[[Counting], object]) -> None:
        error: SortitionError | None = None
        defect = ""
        try:
            run(_Listener(self))
        except SortitionError as known:
            error = known
        except Exception as unknown:  # what people wrote may stand in its text
            defect = place_of(unknown)
        with self._lock:
            if self._task is not None:
                self._task = replace(self._task, running=False, error=error, defect=defect)

    def told(self, phase: Phase | None, part: float | None) -> None:
        """How far the task is; the moment at which it can be stopped."""
        if self._asked_to_stop.is_set():
            raise Stopped("stopped")
        with self._lock:
            if self._task is not None:
                self._task = replace(self._task, phase=phase or self._task.phase, part=part)


class _Listener:
    def __init__(self, work: Work) -> None:
        self._work = work

    def phase(self, phase: Phase) -> None:
        self._work.told(phase, None)

    def decomposed(self, mass: float) -> None:
        self._work.told(None, mass)

    def done(self, part: float) -> None:
        self._work.told(None, part)


def place_of(defect: BaseException) -> str:
    """Where in the program something failed, without anybody's data."""
    trace = defect.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(defect).__name__
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(defect).__name__} in {file}, line {trace.tb_lineno}"
