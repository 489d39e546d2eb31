"""A command on a terminal: what it shows there, and what remains."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
from functools import partial
from pathlib import Path

from tests.cli.running import Outcome, command, environment

SILENCE = 60  # seconds without a word after which a command hangs
PIECES = re.compile(r"\x1b\[(\??[\d;]*)([A-Za-z])|([\r\n])|([^\x1b\r\n]+)")


def on_a_terminal(
    *arguments: str | Path, cwd: Path, interrupt_at: str = "", **changes: str
) -> Outcome:
    """Run a command whose standard error is a terminal; standard output is a pipe.

    Parameters
    ----------
    interrupt_at : str
        Press Ctrl-C, so to speak, when this is shown.
    """
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        command(*arguments),
        cwd=cwd,
        env=environment(COLUMNS="100", **changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=terminal,
        start_new_session=True,
        # a shell that runs the tests in the background makes their children deaf to Ctrl-C
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    os.close(terminal)
    shown = b""
    try:
        while chunk := _read(master):
            shown += chunk
            if interrupt_at and interrupt_at.encode() in shown:
                interrupt_at = ""
                os.killpg(process.pid, signal.SIGINT)
        stdout, _ = process.communicate(timeout=SILENCE)
    finally:
        os.close(master)
        process.kill()
    return Outcome(code=process.returncode, stdout=stdout.decode(), stderr=shown.decode())


def _read(master: int) -> bytes:
    ready, _, _ = select.select([master], [], [], SILENCE)
    if not ready:
        raise TimeoutError("the command is silent")
    try:
        return os.read(master, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def screen(shown: str) -> str:
    """What stands on the terminal in the end, if this was sent to it."""
    lines = [""]
    row = column = 0
    for code, letter, control, text in PIECES.findall(shown):
        if text:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + text + line[column + len(text) :]
            column += len(text)
        elif control:
            row += control == "\n"
            column = 0
            lines += [""] * (row + 1 - len(lines))
        elif letter == "K":
            assert code == "2"
            lines[row] = ""
        elif letter == "A":
            row -= int(code or 1)
        else:
            assert letter == "m" or code == "?25"  # colours; the cursor is hidden or shown
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")
