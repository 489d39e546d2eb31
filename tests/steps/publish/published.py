"""A small lottery that is published, and drawn in whichever way."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from pathlib import Path

from tests.audit.forging import POOL, QUOTAS
from tests.cli.running import Outcome, contents, sortition, write_inputs

Files = dict[str, bytes]
OPTIONS = ("--size", "4", "--household", "street", "--tickets", "1000")
NAMED = ("--assembly", "Klimaborgerting", "--organiser", "Nordby Kommune")
# a rule for a seed, and a seed that keeps it
NUMBERS = ("--numbers", f"3 from 1 to 9; three dice; the town hall; {date.today().isoformat()}")
BY_NUMBERS = ("--source", "seed", *NUMBERS)
SEED = "1.5.7./"


def clock(moment: datetime) -> type[datetime]:
    """A clock that stands still."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls.fromtimestamp(moment.timestamp(), tz)

    return Clock


def publish(folder: Path, *options: str) -> Path:
    """The folder of a lottery over the small pool."""
    folder.mkdir(exist_ok=True)
    pool, quotas = write_inputs(folder, POOL, QUOTAS)
    done = sortition(
        "lottery",
        pool,
        quotas,
        *OPTIONS,
        *NAMED,
        "--quiet",
        "--out",
        "lottery",
        *options,
        cwd=folder,
    )
    assert (done.code, done.stdout, done.stderr) == (0, "", "")
    return folder / "lottery"


def draw(lottery: Path, *options: str | Path) -> Outcome:
    return sortition("draw", lottery, *options, cwd=lottery.parent)


def files_of(lottery: Path) -> Files:
    return contents(lottery)


def write(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
