"""The process behind `tests.folders.breaking`: it forks for each command, and breaks it."""

from __future__ import annotations

import errno
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, suppress
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import sortition
from sortition.cli import main
from sortition.errors import InputErrors
from sortition.folders.settling import settle
from sortition.tables.written.results import write_files

# what commands load when they run; nothing of it starts a thread
LOADED = ("highspy", "openpyxl", "pandas", "pulp", "filelock")
APART = ("sortition.app", "sortition.bench", "sortition.frames", "sortition.__main__")
# what `write-bare` makes of a folder; one of its files is there before, in `OLD`
OLD = {"a.csv": b"old a", "log": b"1\n", "kept.txt": b"of somebody else"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "part/one/c.csv": b"new c", "log": b"1\n2\n"}
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
TAKES_SPACE = {"open", "os.mkdir", "os.link", "os.symlink", "fsync"}
SIGNALS = {"kill": signal.SIGKILL, "term": signal.SIGTERM, "hup": signal.SIGHUP}


class Steps:
    """Counts the steps of this process, and breaks it before one of them."""

    def __init__(self, home: Path, fault: str, at: int) -> None:
        self._home, self._fault, self._at = f"{home}{os.sep}", fault, at
        self.count = 0

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


def _child(home: str, run: dict[str, Any], scratch: Path, start: int) -> None:
    """Run one command in this process, which ends with it."""
    for descriptor, name in ((0, os.devnull), (1, "stdout"), (2, "stderr")):
        target = os.open(scratch / name, os.O_RDWR | os.O_CREAT)
        os.dup2(target, descriptor)
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = os.fdopen(2, "w", encoding="utf-8")  # type: ignore[misc]
    os.chdir(home)
    for number in SIGNALS.values():
        if number != signal.SIGKILL:  # whoever runs the tests may have made them deaf to these
            signal.signal(number, signal.SIG_DFL)
    steps = Steps(Path(home), run["fault"], run["at"])
    command, *rest = run["arguments"]
    sys.argv = ["sortition", command, *rest]
    os.read(start, 1)  # until all are ready
    steps.install()
    code = 70
    try:
        if command in BARE:
            BARE[command](Path(rest[0]))
            code = 0
        else:
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    except InputErrors as errors:
        sys.stderr.write(" ".join(fault.code for fault in errors.faults))
        code = 2
    except BaseException as error:
        sys.stderr.write(f"Traceback: {error!r}")
    finally:
        (scratch / "steps").write_text(str(steps.count), encoding="utf-8")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _write(folder: Path) -> None:
    write_files(folder, NEW, overwrite=True)


BARE = {"write-bare": _write, "settle-bare": settle}


def _served(home: str, runs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        children = []
        ready, start = os.pipe()
        for number, run in enumerate(runs):
            scratch = Path(folder) / str(number)
            scratch.mkdir()
            process = os.fork()
            if process == 0:
                _child(home, run, scratch, ready)
            children.append((process, scratch))
        os.write(start, b"!" * len(runs))
        ended = []
        for process, scratch in children:
            _, status = os.waitpid(process, 0)
            counted = scratch / "steps"
            ended.append(
                {
                    "code": os.waitstatus_to_exitcode(status),
                    "stdout": (scratch / "stdout").read_text(encoding="utf-8"),
                    "stderr": (scratch / "stderr").read_text(encoding="utf-8"),
                    "steps": int(counted.read_text(encoding="utf-8")) if counted.exists() else -1,
                }
            )
        os.close(ready)
        os.close(start)
        return ended


def _load() -> None:
    """Load what any command needs, and what is made once by the first that runs."""
    for name in LOADED:
        import_module(name)
    for module in walk_packages(sortition.__path__, "sortition."):
        if not module.name.startswith(APART):
            import_module(module.name)
    sys.argv = ["sortition", "verify", "nowhere"]
    with redirect_stderr(StringIO()), suppress(SystemExit):
        main()


def serve() -> None:
    """Run what comes in, a line of JSON a request."""
    if sys.argv[1:] == ["bare"]:
        import_module("filelock")
    else:
        _load()
    gc.freeze()
    for line in sys.stdin:
        home, *runs = json.loads(line)
        sys.stdout.write(json.dumps(_served(home, runs)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
