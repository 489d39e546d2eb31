"""A measured process: its time, its memory and how it ended, and nobody else's."""

from __future__ import annotations

import sys

import pytest

from sortition.bench.processes import RunFailed, TookTooLong, Usage, timed

MEGABYTES = 10**6


def of_python(code: str, *, limit: float = 60) -> Usage:
    return timed([sys.executable, "-I", "-S", "-c", code], limit=limit)


def test_seconds_are_those_of_the_clock() -> None:
    usage = of_python("import time; time.sleep(0.5)")
    assert 0.5 <= usage.seconds < 5


def test_waiting_takes_no_processor_and_work_does() -> None:
    idle = of_python("import time; time.sleep(0.5)")
    busy = of_python("import time\nwhile time.process_time() < 0.5: pass")
    assert idle.cpu_seconds < 0.3
    assert 0.5 <= busy.cpu_seconds <= busy.seconds + 0.01


def test_peak_is_what_the_process_had_at_most() -> None:
    usage = of_python(f"bytearray({300 * MEGABYTES}).count(1)")
    assert 300 <= usage.peak_mb < 400


def test_memory_of_the_one_who_measures_does_not_count() -> None:
    ballast = bytearray(b"x") * (300 * MEGABYTES)
    usage = of_python("pass")
    assert len(ballast) == 300 * MEGABYTES
    assert usage.peak_mb < 60


def test_largest_child_counts() -> None:
    child = f"bytearray({300 * MEGABYTES}).count(1)"
    usage = of_python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{child}'])")
    assert 300 <= usage.peak_mb < 400


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        ("import sys; sys.exit('it is raining')", 1, "it is raining"),
        ("import sys; sys.exit(7)", 7, ""),
        ("import os; os.abort()", -6, ""),
    ],
)
def test_failure_is_raised(code: str, exit_code: int, said: str) -> None:
    with pytest.raises(RunFailed) as failed:
        of_python(code)
    assert failed.value.exit_code == exit_code
    assert failed.value.said.strip() == said


def test_program_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(RunFailed, match="exit code 1"):
        timed(["no-such-program-anywhere"])


def test_process_is_ended_when_its_time_is_up() -> None:
    with pytest.raises(TookTooLong, match=r"more than 0\.3 s") as late:
        of_python("import time; time.sleep(600)", limit=0.3)
    assert late.value.limit == 0.3


def test_what_it_writes_is_not_in_the_way() -> None:
    assert of_python("print('x' * 10**7)").seconds < 30
