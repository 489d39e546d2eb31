"""What is printed where: on a terminal, through pipes, and with --quiet."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.budgets import LARGE, in_large
from tests.cli.running import as_process, command, contents, environment, sortition, write_inputs
from tests.cli.terminal import on_a_terminal, screen

SELECT = ("select", "pool.csv", "quotas.csv", "--size", "2", "--seed", "1", "--out", "out")
CALLS = {
    "success": (0, SELECT),
    "fault": (2, (*SELECT, "--id", "nobody")),
    "usage": (2, (*SELECT, "--solver", "luck")),
    "infeasible": (1, (*SELECT[:3], "--size", "3", "--household", "age")),
    "help": (0, ("select", "--help")),
    "nothing": (2, ()),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path)
    return tmp_path


def test_quiet_prints_nothing(folder: Path) -> None:
    done = sortition(*SELECT, "--quiet", cwd=folder)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "out" / "panel.csv").exists()


def test_quiet_still_says_what_is_wrong(folder: Path) -> None:
    done = sortition(*SELECT, "--id", "nobody", "--quiet", cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    assert "no column “nobody”" in done.stderr


def test_progress_is_shown_and_wiped_away(folder: Path) -> None:
    done = on_a_terminal(*SELECT, cwd=folder)
    assert done.code == 0
    assert done.stdout.startswith("2 people were drawn from 6.")
    phases = ("Reading the files", "Looking for the fairest chances", "Writing the results")
    places = [done.stderr.find(phase) for phase in phases]
    assert -1 not in places
    assert places == sorted(places)
    assert screen(done.stderr) == ""
    assert done.stderr.rfind("\x1b[?25h") > done.stderr.rfind("\x1b[?25l")  # the cursor is back


def test_progress_makes_room_for_what_is_wrong(folder: Path) -> None:
    done = on_a_terminal(*SELECT, "--id", "nobody", cwd=folder)
    assert (done.code, done.stdout) == (2, "")
    first, second = screen(done.stderr).splitlines()
    assert first == "A fault was found; nothing was written."
    assert "no column “nobody”" in second


def test_quiet_on_a_terminal(folder: Path) -> None:
    done = on_a_terminal(*SELECT, "--quiet", cwd=folder)
    assert (done.code, done.stdout, done.stderr) == (0, "", "")


def test_a_plain_terminal_gets_no_progress(folder: Path) -> None:
    done = on_a_terminal(*SELECT, cwd=folder, TERM="dumb")
    assert (done.code, done.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_defect(folder: Path) -> None:
    """As in ``sortition select … | head -1``."""
    process = subprocess.Popen(
        command(*SELECT),
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    stderr = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert stderr == b""
    assert (folder / "out" / "panel.csv").exists()


@pytest.mark.parametrize("encoding", ["cp1252", pytest.param("ascii", marks=in_large)])
@pytest.mark.parametrize("call", CALLS if LARGE else ["success", "fault", "help"])
def test_a_poor_console_is_told_the_same(folder: Path, call: str, encoding: str) -> None:
    code, arguments = CALLS[call]
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C", LANGUAGE="da"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize("call", ["success", pytest.param("fault", marks=in_large), "help"])
def test_a_closed_console_changes_no_outcome(folder: Path, call: str, closed: str) -> None:
    code, arguments = CALLS[call]
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.join(command(*arguments))} {closed}"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", pytest.param("latin-1", marks=in_large)])
def test_letters_that_the_terminal_does_not_know(tmp_path: Path, encoding: str) -> None:
    write_inputs(
        tmp_path,
        "id,by\n1,Łódź\n2,łódź\n3,Århus\n",
        "feature,value,min,max\nby,Łódź,1,1\nby,Århus,1,1\n",
    )
    process = subprocess.run(
        command(*SELECT),
        cwd=tmp_path,
        env=environment(PYTHONIOENCODING=encoding),
        capture_output=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, b"")
    assert b"2 people were drawn from 3." in process.stdout


@pytest.mark.parametrize("call", CALLS)
def test_a_pipe_gets_words_alone_and_the_tests_own_way_to_run_a_command_is_faithful(
    folder: Path, call: str
) -> None:
    """Most tests run commands in their own process; it must not make a difference."""
    code, arguments = CALLS[call]
    twin = folder.parent / f"{folder.name}-twin"
    shutil.copytree(folder, twin)
    inside, outside = sortition(*arguments, cwd=folder), as_process(*arguments, cwd=twin)
    assert outside.code == code
    assert outside.stdout + outside.stderr
    assert "\x1b" not in outside.stdout + outside.stderr
    assert "Traceback" not in outside.stderr
    assert inside == outside
    assert contents(folder).keys() == contents(twin).keys()
    assert Path.cwd() != folder
