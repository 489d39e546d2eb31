"""The process behind `tests.folders.breaking`: it forks for each command, and breaks it."""

from __future__ import annotations

import fcntl
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NoReturn, TextIO

import sortition
from sortition.cli import main
from sortition.errors import InputErrors
from sortition.folders.settling import settle
from sortition.folders.workshop import LOCK
from sortition.tables.written.results import write_files
from tests.folders.steps import SIGNALS, Steps

# what commands load when they run; nothing of it starts a thread
LOADED = ("highspy", "openpyxl", "pandas", "pulp", "filelock")
APART = ("sortition.app", "sortition.bench", "sortition.frames", "sortition.__main__")
# what `write-bare` makes of a folder; one of its files is there before, in `OLD`
OLD = {"a.csv": b"old a", "log": b"1\n", "kept.txt": b"of somebody else"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "part/one/c.csv": b"new c", "log": b"1\n2\n"}
Order = dict[str, Any]  # a `Run` of `breaking`


class Child:
    """A process of its own in which one command runs; it ends with it.

    With `orders` it is paused once its files are made, and forks for each order that comes in.
    Whoever is forked goes on from there.
    """

    def __init__(
        self, home: str, orders: TextIO | None = None, answers: TextIO | None = None
    ) -> None:
        self._home, self._orders, self._answers = home, orders, answers
        self._steps = Steps(Path(home), self._pause if orders else None)
        self._scratch = Path()

    def run(self, order: Order, scratch: Path, start: int) -> NoReturn:
        """Run a command as soon as something can be read from a descriptor."""
        self._turn_to(order, scratch)
        sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8")  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = os.fdopen(2, "w", encoding="utf-8")  # type: ignore[misc]
        for number in SIGNALS.values():
            if number != signal.SIGKILL:  # whoever runs the tests may have made them deaf to these
                signal.signal(number, signal.SIG_DFL)
        command, *rest = order["arguments"]
        sys.argv = ["sortition", command, *rest]
        os.read(start, 1)  # until all are ready
        self._steps.install()
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
            (self._scratch / "steps").write_text(str(self._steps.count), encoding="utf-8")
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _turn_to(self, order: Order, scratch: Path) -> None:
        self._scratch = scratch
        os.chdir(self._home)
        for descriptor, name in ((0, os.devnull), (1, "stdout"), (2, "stderr")):
            os.dup2(os.open(scratch / name, os.O_RDWR | os.O_CREAT), descriptor)
        self._steps.befall(order["fault"], order["at"])

    def _pause(self, number: int) -> None:
        """Say before which step this is, and fork for each order; only who is forked returns."""
        assert self._orders is not None
        assert self._answers is not None
        gc.freeze()
        print(number, file=self._answers, flush=True)
        for line in self._orders:
            order, scratch = json.loads(line)
            process = os.fork()
            if process == 0:
                self._lock()
                self._turn_to(order, Path(scratch))
                return
            print(_code_of(process), file=self._answers, flush=True)
        os._exit(0)

    def _lock(self) -> None:
        """Lock what a fork does not inherit, until this process dies."""
        for lock in Path(self._home).rglob(f".sortition-*/{LOCK}"):
            fcntl.flock(os.open(lock, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Paused:
    """A command that is paused once its files are made, so that many can go on from there."""

    def __init__(self, home: str, order: Order) -> None:
        self._folder = tempfile.TemporaryDirectory()
        (orders, to_child), (from_child, answers) = os.pipe(), os.pipe()
        os.write(to_child, b"!")
        self._process = os.fork()
        if self._process == 0:
            os.close(to_child)
            os.close(from_child)
            child = Child(home, os.fdopen(orders), os.fdopen(answers, "w"))
            child.run(order, Path(self._folder.name), orders)
        os.close(orders)
        os.close(answers)
        self._orders, self._answers = os.fdopen(to_child, "w"), os.fdopen(from_child)
        self.number = int(self._answers.readline() or -1)

    def go_on(self, order: Order, scratch: Path) -> int:
        """The exit code of another that went on from there."""
        print(json.dumps((order, str(scratch))), file=self._orders, flush=True)
        return int(self._answers.readline())

    def close(self) -> None:
        """End it; it left no trace but where it is paused."""
        self._orders.close()
        self._answers.close()
        os.waitpid(self._process, 0)
        self._folder.cleanup()


class Server:
    """Runs what comes in, a line of JSON a request."""

    def __init__(self) -> None:
        self._paused: Paused | None = None

    def answer(self, how: str, home: str, orders: Sequence[Order]) -> Any:
        """What becomes of commands that run at once, of one that is paused, or go on from there."""
        if how == "pause":
            if self._paused:
                self._paused.close()
            self._paused = Paused(home, orders[0])
            return self._paused.number
        with tempfile.TemporaryDirectory() as folder:
            places = [Path(folder, str(number)) for number in range(len(orders))]
            for place in places:
                place.mkdir()
            if how == "go on":
                assert self._paused
                codes = [self._paused.go_on(orders[0], places[0])]
            else:
                codes = _at_once(home, orders, places)
            return [_ended(code, place) for code, place in zip(codes, places, strict=True)]


def _at_once(home: str, orders: Sequence[Order], places: Sequence[Path]) -> list[int]:
    """The exit codes of commands that are let go at the same moment."""
    children = []
    ready, start = os.pipe()
    for order, place in zip(orders, places, strict=True):
        process = os.fork()
        if process == 0:
            Child(home).run(order, place, ready)
        children.append(process)
    os.write(start, b"!" * len(orders))
    codes = [_code_of(process) for process in children]
    os.close(ready)
    os.close(start)
    return codes


def _code_of(process: int) -> int:
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _ended(code: int, place: Path) -> dict[str, Any]:
    counted = place / "steps"
    return {
        "code": code,
        "stdout": (place / "stdout").read_text(encoding="utf-8"),
        "stderr": (place / "stderr").read_text(encoding="utf-8"),
        "steps": int(counted.read_text(encoding="utf-8")) if counted.exists() else -1,
    }


def _write(folder: Path) -> None:
    write_files(folder, NEW, overwrite=True)


BARE = {"write-bare": _write, "settle-bare": settle}


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
    """Run what comes in until nothing more does."""
    if sys.argv[1:] == ["bare"]:
        import_module("filelock")
    else:
        _load()
    gc.freeze()
    server = Server()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(server.answer(*json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
