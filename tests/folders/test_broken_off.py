"""Whatever befalls a command: its folder is as before or as after it, and the next one works."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.budgets import LARGE
from tests.cli.running import contents
from tests.figures import earlier, note
from tests.folders.breaking import Breaker, Ended, Fault
from tests.folders.forking import NEW, OLD
from tests.folders.scenes import SCENES, hidden, sane, whole

SPARSE = 8  # steps, from one try of the command itself to the next; before it, another reads
LEVELS = 20  # of a disk that is full sooner or later
# on every run; the large one tries each command
FEW = ("select again", "draw", "alternates again", "confirm read", "replace", "purge")
NAMES = tuple(SCENES) if LARGE else FEW
CODES = {"kill": -9, "term": 143, "hup": 129, "full": 2}


class Stage:
    """A scene that is set up anew for each fault."""

    def __init__(self, breaker: Breaker, base: Path, name: str, scratch: Path) -> None:
        self.breaker, self.base, self.home = breaker, base, scratch / "home"
        self.paused, self.laying_out = scratch / "paused", -1
        self.scene = SCENES[name]
        self._set()
        self.old = contents(self.home)
        undisturbed = breaker.run(self.home, *self.scene.command)
        assert undisturbed.code == self.scene.code, undisturbed.stderr
        assert hidden(self.home) == []
        self.name = name
        self.steps, self.new = undisturbed.steps, contents(self.home)
        assert self.steps > 5
        self.read = self._read()
        if LARGE:  # what the command makes is the same each time
            self._pause()

    def _pause(self) -> None:
        """Keep the folder, and the process, as they are before the first file is laid out."""
        self._set()
        self.laying_out = self.breaker.pause(self.home, *self.scene.command)
        shutil.copytree(self.home, self.paused, symlinks=True)

    def _break_off(self, fault: Fault, at: int) -> Ended:
        if not 0 <= self.laying_out <= at:
            self._set()
            return self.breaker.run(self.home, *self.scene.command, fault=fault, at=at)
        shutil.rmtree(self.home)
        shutil.copytree(self.paused, self.home, symlinks=True)
        return self.breaker.go_on(self.home, fault, at)

    def _set(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir()
        self.scene = self.scene.begun_in(self.base, self.home)

    def _read(self) -> int:
        return self.breaker.run(self.home, *self.scene.reader).code

    def befall(self, fault: Fault, at: int) -> str:
        """Break the command there, look at what is left, and go on."""
        ended = self._break_off(fault, at)
        if fault == "full":
            assert ended.code in {CODES[fault], self.scene.code}, ended
            assert self.scene.destroys or hidden(self.home) == []
        elif ended.code != self.scene.code:  # a signal in the last steps can come too late
            assert ended.code == CODES[fault], ended
        assert "Traceback" not in ended.stderr
        after = self.breaker.run(self.home, *self.scene.reader)
        sane(after)
        assert len(after.stderr.splitlines()) <= 2 + after.code
        assert hidden(self.home) == []
        left = whole(self.home, self.old, self.new)
        if left == "new":
            assert after.code == self.read, after.stderr
        if at % SPARSE == 0:
            sane(self.breaker.run(self.home, *self.scene.command))
            assert hidden(self.home) == []
        return left


@pytest.fixture
def stage(
    breaker: Breaker, base: Path, tmp_path: Path, fault: Fault, request: pytest.FixtureRequest
) -> Stage:
    if earlier(f"{fault} {request.param}"):
        pytest.skip("counted already")
    return Stage(breaker, base, request.param, tmp_path)


def late(steps: int) -> list[int]:
    """One step of the last third, where files change places."""
    return [random.Random(steps).randrange(steps * 2 // 3, steps)]


@pytest.mark.parametrize("stage", NAMES, indirect=True)
@pytest.mark.parametrize("fault", ["kill"])
def test_a_kill_before_any_step(stage: Stage, fault: Fault) -> None:
    steps = range(stage.steps) if LARGE else late(stage.steps)
    found = [stage.befall(fault, at) for at in steps]
    if LARGE:
        assert set(found) == {"old", "new"}
    count(stage, fault, found)


@pytest.mark.parametrize("stage", NAMES if LARGE else FEW[:1], indirect=True)
@pytest.mark.parametrize("fault", ["term", "hup"])
def test_a_signal_to_stop(stage: Stage, fault: Fault) -> None:
    # before every step one of the two, which are heard in one place
    every = range(fault == "hup", stage.steps, 2)
    found = {at: stage.befall(fault, at) for at in (every if LARGE else late(stage.steps))}
    count(stage, fault, list(found.values()))


@pytest.mark.parametrize("stage", NAMES if LARGE else FEW[1:2], indirect=True)
@pytest.mark.parametrize("fault", ["full"])
def test_a_full_disk(stage: Stage, fault: Fault) -> None:
    levels = LEVELS if LARGE else 1
    places = [stage.steps * (2 * level + 1) // (2 * levels) for level in range(levels)]
    count(stage, fault, [stage.befall(fault, at) for at in places])


def count(stage: Stage, fault: Fault, found: list[str]) -> None:
    """Note how often a command was broken off, and what was found."""
    old, new = found.count("old"), found.count("new")
    assert old + new == len(found)
    note(
        f"{fault} {stage.name}", command=stage.name, fault=fault, runs=len(found), old=old, new=new
    )


def put(folder: Path, files: dict[str, bytes]) -> None:
    """Write files and their folders."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("there", [False, True])
def test_every_state_that_a_change_can_leave(bare: Breaker, tmp_path: Path, there: bool) -> None:
    """Each step of a bare change, and in the large run each step of what settles it after that."""
    old = {f"out/{name}": content for name, content in OLD.items()} if there else {}
    new = {**old, **{f"out/{name}": content for name, content in NEW.items()}}
    seen, twice = set(), 0

    def broken(at: int) -> Path:
        home = tmp_path / "home"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        put(home, old)
        bare.run(home, "write-bare", "out", fault="kill", at=at)
        return home

    home = broken(-1)
    assert contents(home) == new
    shutil.rmtree(home)
    home.mkdir()
    put(home, old)
    steps = bare.run(home, "write-bare", "out").steps
    for at in range(steps):
        settling = bare.run(broken(at), "settle-bare", "out")
        assert settling.code == 0, settling.stderr
        found = contents(home)
        assert found in (old, new), at
        seen.add(len(found))
        assert hidden(home) == []
        if at % 9 and not LARGE:
            continue
        for again in range(0, settling.steps, 1 if LARGE else 7):
            broken(at)
            twice += 1
            bare.run(home, "settle-bare", "out", fault="kill", at=again)
            assert bare.run(home, "settle-bare", "out").code == 0
            assert contents(home) == found, (at, again)
            assert hidden(home) == []
    assert seen == {len(old), len(new)}
    note(f"states {there}", there=str(there), steps=steps, twice=twice)
