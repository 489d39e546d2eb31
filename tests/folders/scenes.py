"""Every command that writes, each in a folder where it finds what it needs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.cli.panels import OPTIONS, POOL, QUOTAS, ids_in, write_ids
from tests.cli.running import SAMPLES, contents, write_inputs
from tests.folders.breaking import Breaker, Ended
from tests.steps.publish.published import NAMED

INPUTS = ("pool.csv", "quotas.csv", "--size", "6")
SELECT = ("select", "pool.csv", "quotas.csv", *OPTIONS)
LOTTERY = ("lottery", *INPUTS, *NAMED, "--household", "street")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A command, and one that reads what it changes."""

    command: tuple[str, ...]
    reader: tuple[str, ...] = ()
    code: int = 0

    @property
    def next(self) -> tuple[str, ...]:
        """What somebody runs afterwards: a reader, or else the same again."""
        return self.reader or self.command


SCENES = {
    "select": Scene(command=(*SELECT, "--out", "new"), reader=("verify", "new")),
    "select again": Scene(
        command=(*SELECT, "--out", "plain", "--overwrite"), reader=("status", "plain")
    ),
    "lottery": Scene(command=(*LOTTERY, "--out", "fresh"), reader=("verify", "fresh")),
    "lottery again": Scene(
        command=(*LOTTERY, "--out", "lottery", "--overwrite"), reader=("verify", "lottery")
    ),
    "draw": Scene(command=("draw", "lottery", "--drawn", "007"), reader=("verify", "lottery")),
    "draw twice": Scene(
        command=("draw", "drawn", "--drawn", "008"), reader=("verify", "drawn"), code=2
    ),
    "alternates": Scene(
        command=("alternates", "plain", "--count", "2"), reader=("status", "plain")
    ),
    "alternates again": Scene(
        command=("alternates", "run", "--count", "3", "--overwrite"), reader=("status", "run")
    ),
    "second panel": Scene(
        command=("alternates", "plain", "--second-panel"), reader=("verify", "plain")
    ),
    "confirm": Scene(command=("confirm", "run"), reader=("status", "run")),
    "confirm read": Scene(
        command=("confirm", "run", "--read", "answers.csv"), reader=("verify", "run")
    ),
    "replace": Scene(
        command=("replace", "run", "--dropouts", "gone.csv"), reader=("status", "run")
    ),
    "replace announced": Scene(
        command=("replace", "drawn", "--dropouts", "left.csv", "--promise", "drawn"),
        reader=("verify", "drawn"),
    ),
    "replace drawn": Scene(
        command=("replace", "announced", "--drawn", "011"), reader=("verify", "announced")
    ),
    "groups": Scene(command=("groups", "run", "--tables", "2", "--sessions", "2")),
    "evaluate": Scene(command=("evaluate", "run")),
    "pack": Scene(command=("pack", "drawn"), reader=("verify", "drawn")),
    "receipt": Scene(command=("receipt", "001", "--from", "drawn", "--out", "receipt.json")),
    "invite": Scene(command=("invite", "pool.csv", "--size", "5", "--by", "gender", "--seed", "1")),
    "check": Scene(command=("check", *INPUTS, "--out", "checked")),
    "compare": Scene(command=("compare", *INPUTS, "--draws", "10", "--out", "compared")),
    "quotas": Scene(
        command=("quotas", "folketal.csv", "--size", "36", "--ages", "16-59,60+", "--out", "q.csv")
    ),
    "intake": Scene(command=("intake", "pool.csv", "--quotas", "quotas.csv", "--out", "taken")),
    "map": Scene(command=("map", "pool.csv", "quotas.csv", "--out", "map.toml")),
}
SAMPLES_NEEDED = ("folketal.csv",)


def set_up(breaker: Breaker, home: Path) -> Path:
    """What the scenes begin with."""
    write_inputs(home, POOL, QUOTAS)
    for name in SAMPLES_NEEDED:
        shutil.copy(SAMPLES / name, home)
    _done(breaker, home, *SELECT, "--out", "plain")
    shutil.copytree(home / "plain", home / "run")
    _done(breaker, home, "alternates", "run", "--count", "2")
    _done(breaker, home, *LOTTERY, "--out", "lottery")
    shutil.copytree(home / "lottery", home / "drawn")
    _done(breaker, home, "draw", "drawn", "--drawn", "007")
    panel = ids_in(home / "run" / "panel.csv")
    write_ids(home / "gone.csv", panel[0])
    write_ids(home / "left.csv", ids_in(home / "drawn" / "panel.csv")[0])
    shutil.copytree(home / "drawn", home / "announced")
    leave = ("--dropouts", "left.csv", "--promise", "drawn")
    _done(breaker, home, "replace", "announced", *leave)
    rows = "".join(f"{id},confirmed\n" for id in panel[1:])
    (home / "answers.csv").write_text(f"id,status\n{rows}", encoding="utf-8")
    return home


def _done(breaker: Breaker, home: Path, *arguments: str) -> None:
    ended = breaker.run(home, *arguments)
    assert ended.code == 0, ended.stderr


def hidden(home: Path) -> list[str]:
    """What lies aside."""
    return sorted(str(path) for path in home.rglob(".*"))


def sane(ended: Ended) -> None:
    """A command says what it has to say, whatever befell another."""
    assert ended.code in {0, 1, 2}, ended
    assert "Traceback" not in ended.stderr
    assert "defect" not in ended.stderr


def whole(home: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Whether a folder is as before a command or as after it; anything else fails.

    Times and keys are others in each run, so that what is new is told by its names and by being
    other than what was old.
    """
    now = contents(home)
    if now == old:
        return "old"
    assert set(now) == set(new)
    mixed = [
        name
        for name, content in new.items()
        if (content == old.get(name)) != (now[name] == old.get(name))
    ]
    assert mixed == []
    return "new"
