"""Every command that writes, each in a folder where it finds what it needs.

Only `demo`, which copies files and then does what `select` does, `app`, whose pages do what the
commands do, and `bench` are not here.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from tests.cli.panels import OPTIONS, POOL, QUOTAS, ids_in, write_ids
from tests.cli.running import SAMPLES, contents, write_inputs
from tests.folders.breaking import Breaker, Ended
from tests.steps.publish.published import NAMED

INPUTS = ("pool.csv", "quotas.csv", "--size", "6")
ABOUT = (
    *("--assembly", "Klimaborgerting", "--organiser", "Nordby Kommune", "--contact", "Mette"),
    *(
        "--days",
        "6 March",
        "--answer-by",
        "2027-01-20",
        "--reply-at",
        "https://svar.example/{code}",
    ),
    *("--names", "name", "--address", "street"),
)
NOBODY = "somebody who was not drawn"  # her id stands in a file of this name
BY = ("--by", "gender")
ANEW = ("--from", "pool", "--seed", "2")
PLANNED = ("--out", "planned")
RATES = "gender,rate,population\nf,0.05,900\nm,0.10,1100\n"
LATE = "id,name,gender,age,street\nL1,Liv,f,young,A\nL2,Lau,m,young,\n"
SELECT = ("select", "pool.csv", "quotas.csv", *OPTIONS)
LOTTERY = ("lottery", *INPUTS, *NAMED, "--household", "street")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A command, and one that reads what it changes, or only looks at where it wrote.

    What one that destroys files could not write over on a full disk lies aside for the next one.
    """

    command: tuple[str, ...]
    reader: tuple[str, ...] = ("verify", ".")
    code: int = 0
    destroys: bool = False

    def begun_in(self, base: Path, home: Path) -> Scene:
        """Copy what it needs from what was set up, and name who was not drawn."""
        words = {*self.command, *self.reader}
        for path in base.iterdir():
            if path.is_file():
                shutil.copy2(path, home)
            elif words & {path.name, *(f"{path.name}/{file.name}" for file in path.iterdir())}:
                shutil.copytree(path, home / path.name)
        return replace(self, command=self.spoken_in(base))

    def spoken_in(self, base: Path) -> tuple[str, ...]:
        """The command, with the id of somebody who was not drawn where it needs one."""
        nobody = (base / NOBODY).read_text(encoding="utf-8")
        return tuple(nobody if word == NOBODY else word for word in self.command)


SCENES = {
    "select": Scene(command=(*SELECT, "--out", "new"), reader=("verify", "new")),
    "select again": Scene(
        # by another seed, or what is new might be told by the seconds that it took alone
        command=(*SELECT, "--seed", "again", "--out", "plain", "--overwrite"),
        reader=("status", "plain"),
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
    "replace late": Scene(
        command=("replace", "run", "--dropouts", "gone.csv", "--late", "late.csv", *ANEW),
        reader=("verify", "run"),
    ),
    "groups": Scene(
        command=("groups", "run", "--tables", "2", "--sessions", "1"), reader=("status", "run")
    ),
    "groups again": Scene(
        command=("groups", "seated", "--tables", "3", "--sessions", "1", "--overwrite"),
        reader=("verify", "seated"),
    ),
    "evaluate": Scene(command=("evaluate", "run"), reader=("status", "run")),
    "evaluate template": Scene(command=("evaluate", "run", "--template"), reader=("status", "run")),
    "press": Scene(command=("press", "drawn", "--contact", "Mette"), reader=("verify", "drawn")),
    "my chance": Scene(command=("my-chance", "run", "005"), reader=("status", "run")),
    "letters": Scene(
        command=("letters", "yes", "run", *ABOUT, "--quiet"), reader=("status", "run")
    ),
    "letters templates": Scene(command=("letters", "--templates", "own")),
    "funnel": Scene(command=("funnel", "--pool", "pool.csv", "--selected", "run/panel.csv", *BY)),
    "purge": Scene(
        command=("purge", "packed", "--keep", "public", "--yes"),
        reader=("verify", "packed"),
        destroys=True,
    ),
    "purge run": Scene(
        command=("purge", "run", "--keep", "proof", "--yes"),
        reader=("verify", "run"),
        destroys=True,
    ),
    "erase": Scene(
        command=("purge", "packed", "--person", NOBODY, "--yes"),
        reader=("verify", "packed"),
        destroys=True,
    ),
    "stamp": Scene(
        command=("stamp", "lottery", "--request", "request.tsq"), reader=("verify", "lottery")
    ),
    "pack": Scene(command=("pack", "drawn"), reader=("verify", "drawn")),
    "receipt": Scene(command=("receipt", "001", "--from", "drawn", "--out", "receipt.json")),
    "receipts": Scene(
        command=("receipt", "--all", "--from", "drawn", "--out", "receipts"),
        reader=("verify", "drawn"),
    ),
    "plan": Scene(command=("plan", "quotas.csv", "--size", "6", "--rates", "rates.csv", *PLANNED)),
    "sample": Scene(command=("sample", "quotas.csv", "--size", "25", "--panel", "6")),
    "dataset": Scene(command=("dataset", *INPUTS, "--household", "street")),
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
    shutil.copytree(home / "drawn", home / "packed")
    _done(breaker, home, "pack", "packed")
    shutil.copytree(home / "run", home / "seated")
    _done(breaker, home, "groups", "seated", "--tables", "2", "--sessions", "1")
    others = ids_in(home / "drawn" / "not_selected.csv")
    (home / NOBODY).write_text(others[0], encoding="utf-8")
    (home / "rates.csv").write_text(RATES, encoding="utf-8")
    (home / "late.csv").write_text(LATE, encoding="utf-8")
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
