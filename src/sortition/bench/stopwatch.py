"""Run a command and say how long it took and how much memory it needed at most.

Run as a program of its own, ``python -I -S stopwatch.py LIMIT COMMAND…``, with the limit in
seconds. The operating system charges a process with the peak memory of whoever started it, so
that must be a small program and cannot be the one that reads pools and makes tables.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

POLL = 0.002  # seconds; what a measurement can be wrong by
BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Run the command; write what was measured as JSON."""
    limit, command = float(sys.argv[1]), sys.argv[2:]
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # the caller chose it
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    in_time = True
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        seconds = time.perf_counter() - started
        if pid:
            break
        if in_time and seconds > limit:
            in_time = False
            process.kill()
        time.sleep(POLL)
    process.returncode = os.waitstatus_to_exitcode(status)
    measured = {
        "exit_code": process.returncode,
        "in_time": in_time,
        "seconds": seconds,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_bytes": usage.ru_maxrss * BYTES_OF_MAXRSS,
    }
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main()
