"""A small panel that was drawn, for the commands that come after the draw."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.running import Outcome, sortition, write_inputs

# ten women and ten men, half of them young; the first two women share an address
POOL = "id,name,gender,age,street\n" + "".join(
    f"{n:03},{'=Ane' if n == 1 else 'Bo'} {n},{'f' if n <= 10 else 'm'},"
    f"{'young' if n % 2 else 'old'},{'A' if n <= 2 else ''}\n"
    for n in range(1, 21)
)
QUOTAS = """\
feature,value,min,max
gender,f,3,3
gender,m,3,3
age,young,3,3
age,old,3,3
"""
OPTIONS = ("--size", "6", "--household", "street", "--seed", "1", "--tickets", "1000")


def make_panel(home: Path) -> Path:
    """The folder of a selection."""
    write_inputs(home, POOL, QUOTAS)
    done = sortition("select", "pool.csv", "quotas.csv", *OPTIONS, "--out", "run", cwd=home)
    assert done.code == 0, done.stderr
    return home / "run"


def copied(panel: Path, home: Path) -> Path:
    """The same folder elsewhere, to be changed."""
    return Path(shutil.copytree(panel, home / "run"))


def members(panel: Path, *, after: int = 0) -> list[str]:
    """The ids of the panel after some rounds."""
    place = panel / f"replacement-{after}" / "panel.csv" if after else panel / "panel.csv"
    return ids_in(place)


def ids_in(path: Path) -> list[str]:
    return [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def write_ids(path: Path, *ids: str) -> Path:
    path.write_text("\n".join(["id", *ids]) + "\n", encoding="utf-8")
    return path


def dropping(panel: Path, *ids: str, options: tuple[str | Path, ...] = ()) -> Outcome:
    """What a round says in which these leave."""
    gone = write_ids(panel.parent / "gone.csv", *ids)
    return sortition("replace", panel, "--dropouts", gone, *options, cwd=panel.parent)


def declining(panel: Path, *ids: str, options: tuple[str | Path, ...] = ()) -> Outcome:
    """What a round says with a list on which these have declined."""
    rows = "".join(f"{id},declined\n" for id in ids)
    (panel.parent / "answers.csv").write_text(f"id,status\n{rows}", encoding="utf-8")
    return sortition("replace", panel, "--dropouts", "answers.csv", *options, cwd=panel.parent)
