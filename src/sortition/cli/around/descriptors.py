"""The output of Python alone: what C code prints goes nowhere."""

from __future__ import annotations

import os
import sys
from errno import EINVAL, EPIPE
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any

NOBODY_READS = {EPIPE, EINVAL}  # Windows says the latter


def speak_alone() -> None:
    """Give Python's output descriptors of its own, and what prints past it none.

    Solvers are C code, and versions of them print to descriptors 1 and 2 whatever options they
    are given, some of it out of C's own buffers as late as the process ends. So the two are
    turned away for good, here and for processes that are started without an output of their own;
    if they are closed, lest a file be opened in their place. A stream that was put in the place
    of the standard one stays as it is.
    """
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:
            _turn_away(descriptor)
        elif stream is getattr(sys, f"__{name}__") and isinstance(stream, TextIOWrapper):
            stream.flush()
            own = _alike(stream, os.dup(descriptor))
            # libraries ask the original for the width of the terminal
            setattr(sys, name, own)
            setattr(sys, f"__{name}__", own)
            _turn_away(descriptor)


def lost() -> OSError | None:
    """Why output could not be written; None if it was, or if nobody wanted to read on."""
    if sys.stdout is not None:
        sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    error = raw.lost if isinstance(raw, _Output) else None
    return None if error is None or error.errno in NOBODY_READS else error


class _Output(FileIO):
    """Output that may come to nothing: what a command answers does not hang on who listens."""

    lost: OSError | None = None

    def write(self, content: Any) -> int:
        if self.lost is None:
            try:
                return super().write(content)
            except OSError as error:
                self.lost = error
        return len(content)


def _alike(stream: TextIOWrapper, descriptor: int) -> TextIOWrapper:
    if os.isatty(descriptor):  # that of Windows is no file
        own = open(  # noqa: SIM115  # it stays open to the end
            descriptor, "w", encoding=stream.encoding, errors=stream.errors, closefd=False
        )
        own.reconfigure(line_buffering=stream.line_buffering, write_through=stream.write_through)
        return own
    return TextIOWrapper(
        BufferedWriter(_Output(descriptor, "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _turn_away(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != descriptor:
        os.dup2(nowhere, descriptor)
        os.close(nowhere)
