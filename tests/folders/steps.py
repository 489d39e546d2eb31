"""The steps of a process, that change the file system below a folder, and what befalls it there."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sortition.folders.workshop import FRESH

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
TAKES_SPACE = {"open", "os.mkdir", "os.link", "os.symlink", "fsync"}
SIGNALS = {"kill": signal.SIGKILL, "term": signal.SIGTERM, "hup": signal.SIGHUP}


class Steps:
    """Counts the steps of this process, and breaks it before one of them.

    With `pause`, that is called before the step that begins to lay out files, once they are made.
    """

    def __init__(self, home: Path, pause: Callable[[int], None] | None = None) -> None:
        self._home, self._pause = f"{home}{os.sep}", pause
        self._fault, self._at = "none", -1
        self.count = 0

    def befall(self, fault: str, at: int) -> None:
        """From now on something happens before a step, by its number."""
        self._fault, self._at = fault, at

    def install(self) -> None:
        """See every step from now on."""
        sys.addaudithook(self._hear)
        flushed = os.fsync

        def fsync(descriptor: int) -> None:
            place = Path(f"/proc/self/fd/{descriptor}").readlink()
            half = partial(self._halve, descriptor) if place.is_file() else None
            self._step("fsync", place, before=half)
            flushed(descriptor)

        os.fsync = fsync  # type: ignore[assignment]

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            flags = arguments[2]
            if flags is not None and flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                self._step(event, arguments[0])
        elif event in CHANGES:
            self._step(event, arguments[0])

    def _step(self, event: str, place: Any, before: Any = None) -> None:
        try:
            path = str(Path.cwd() / os.fsdecode(place))
        except TypeError:  # a descriptor
            return
        if not path.startswith(self._home):
            return
        number = self.count
        self.count += 1
        if self._pause and Path(path).name == FRESH:
            pause, self._pause = self._pause, None
            pause(number)
        if self._fault == "full" and number >= self._at and event in TAKES_SPACE:
            if before:
                before()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        if self._fault in SIGNALS and number == self._at:
            if before and self._fault == "kill":
                before()
            os.kill(os.getpid(), SIGNALS[self._fault])

    @staticmethod
    def _halve(descriptor: int) -> None:
        """What was written is not all there."""
        os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
