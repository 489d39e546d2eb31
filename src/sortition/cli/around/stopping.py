"""Signals that ask a program to stop: all of them do what Ctrl-C does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# to end, of a terminal that is closed, and how Windows says either; not every system has all
NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")
AS_BY_CTRL_C = 130


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """Let these signals interrupt what runs, so that it is undone as by Ctrl-C.

    One that whoever started the program told it not to hear is not heard.

    Yields
    ------
    list of int
        The signals that came.
    """
    came: list[int] = []

    def interrupt(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        numbers = []  # signals are for the main thread alone
    heard = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, interrupt)
    try:
        yield came
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


def exit_code(code: int, came: list[int]) -> int:
    """That of a command which was stopped tells by what, as shells do."""
    return 128 + came[0] if came and code == AS_BY_CTRL_C else code
