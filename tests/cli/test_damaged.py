"""Damaged files: every reader ends with a result or with faults that have their sentences.

The readers are called as the commands call them, and what they notice is put into words, since a
sentence that asks for a fact that is not there would be the next fault.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from sortition.audit.verify import examine
from sortition.errors import SortitionError
from sortition.instance.reading import read_instance
from sortition.model import InfeasibleQuotas
from sortition.steps.members.status import panel_status
from sortition.texts import describe
from sortition.texts.outcomes import outcome_lines
from tests.budgets import examples
from tests.cli.panels import ids_in
from tests.cli.running import POOL, QUOTAS, sortition, write_inputs
from tests.figures import earlier, note
from tests.steps.publish.published import NAMED

INPUTS = ("pool.csv", "quotas.csv", "--size", "3")
FEW = ("--tickets", "20")
BY_ID = ("--names", "id")
WHY = ("--few-tickets", "a test")
PARTS = 2  # of what every run tries, for as many processes
TRIES = examples(600, thorough=100_000)
LONGEST = 30  # seconds
REGISTRY = "id,gender,age,street\n" + "".join(
    f"R{n},{'f' if n % 3 else 'm'},{18 + n},Street {n // 2}\n" for n in range(40)
)
MAP = """\
[columns]
gender = "gender"

[values.age]
"18-29" = "young"
"""
PROJECT = """\
pool = "pool.csv"
quotas = "quotas.csv"
size = 3
language = "da"
"""
# other files that somebody gives to a command, and how it reads them
GIVEN = {
    "figures.csv": ("quotas", "figures.csv", "--size", "10", "--ages", "16-29,30+"),
    "answers.csv": ("intake", "answers.csv", "--quotas", "quotas.csv", "--size", "3"),
    "registry.csv": ("invite", "registry.csv", "--size", "9", "--by", "gender", "--seed", "1"),
    "map.toml": ("check", *INPUTS, "--map", "map.toml"),
    "project.toml": ("check", "--project", "project.toml"),
    "called.csv": ("confirm", "run", "--read", "called.csv"),
    "gone.csv": ("replace", "run", "--dropouts", "gone.csv", "--dry-run"),
    "late.csv": ("replace", "run", "--dropouts", "gone.csv", "--late", "late.csv", "--dry-run"),
    "attendance.csv": ("evaluate", "run", "--attendance", "attendance.csv"),
    "population.csv": ("evaluate", "run", "--population", "population.csv"),
    "rates.csv": ("plan", "quotas.csv", "--size", "3", "--rates", "rates.csv"),
    "rules.csv": ("groups", "pool.csv", "--tables", "2", "--sessions", "1", "--rules", "rules.csv"),
    "letter.html": ("letters", "invitation", "pool.csv", "--template", "letter.html", *BY_ID),
    "receipt.json": ("verify", "lottery", "--receipt", "receipt.json"),
    "public.zip": ("verify", "public.zip"),
}
CONTENT = {
    "figures.csv": "Area;Age;Sex;Population\n"
    + "".join(f"Town;{age} years;{sex};{age + 9}\n" for age in range(16, 40) for sex in ("M", "F")),
    "answers.csv": POOL,
    "registry.csv": REGISTRY,
    "map.toml": MAP,
    "project.toml": PROJECT,
    "called.csv": "id,status\n{2},confirmed\n",
    "gone.csv": "id\n{0}\n",
    "late.csv": "id,gender,age\nL1,female,young\nL2,male,old\n",
    "attendance.csv": "id,session 1,session 2\n{0},yes,no\n{1},yes,yes\n",
    "population.csv": "feature,value,population\ngender,female,60\ngender,male,40\n",
    "rates.csv": "gender,rate,population\nfemale,0.05,900\nmale,0.10,1100\n",
    "rules.csv": "group,rule,who\nA,together,P1\nA,together,P2\n",
    "letter.html": "<html><body><p>To {{name}}</p></body></html>",
}
ODD = (
    *(b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'", b";", b",", b"\t"),
    *(b"{", b"}", b"[]", b"null", b"true", b"-1", b"0.5", b"1e999", b"NaN", b"9" * 5_000),
    *(b"[" * 3_000, "\u202e\u0130\u00a0".encode(), b"=1+1", b"\\u0000", b"\\ud800", b"../"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file that is damaged, what reads it, and how often it is tried beside others."""

    file: Path
    read: Callable[[], object]
    share: int


def targets(home: Path) -> list[Target]:
    """Inputs, all that a selection and a published lottery left, and other files one can give."""
    write_inputs(home, POOL, QUOTAS)
    for name, content in CONTENT.items():
        (home / name).write_text(content, encoding="utf-8")
    ended = [
        sortition("select", *INPUTS, *FEW, "--seed", "1", "--out", "run", cwd=home),
        sortition("lottery", *INPUTS, *FEW, *NAMED, *WHY, "--out", "lottery", cwd=home),
        sortition("draw", "lottery", "--drawn", "07", cwd=home),
        sortition("alternates", "run", "--count", "1", cwd=home),
        sortition("receipt", "P1", "--from", "lottery", "--out", "receipt.json", cwd=home),
        sortition("pack", "lottery", cwd=home),
    ]
    assert [one.stderr for one in ended if one.code] == []
    for name in ("called.csv", "gone.csv", "attendance.csv"):
        text = CONTENT[name].format(*ids_in(home / "run" / "panel.csv"))
        (home / name).write_text(text, encoding="utf-8")
    shutil.move(home / "lottery" / "public.zip", home)
    (home / "lottery" / "sealed.zip").unlink()
    shutil.copy(home / "run" / "panel.xlsx", home / "pool.xlsx")
    inputs = [
        Target(file=home / name, read=partial(read_inputs, home / pool, home), share=48)
        for name, pool in (
            *((name, "pool.csv") for name in ("pool.csv", "quotas.csv")),
            ("pool.xlsx", "pool.xlsx"),
        )
    ]
    written = [
        Target(file=file, read=partial(read, home / folder), share=2)
        for folder in ("run", "lottery")
        for file in sorted((home / folder).rglob("*"))
        if file.suffix in {".json", ".jsonl", ".csv", ".txt"}
        for read in (verified, told)
    ]
    given = [
        Target(file=home / name, read=partial(taken, command, home), share=1)
        for name, command in GIVEN.items()
    ]
    return [*inputs, *written, *given]


def read_inputs(pool: Path, home: Path) -> None:
    reading = read_instance(
        pool, home / "quotas.csv", panel_size=3, id_column=None, household_columns=()
    )
    for finding in reading.assumed:
        describe(finding)


def verified(folder: Path) -> None:
    list(outcome_lines(examine(folder)))


def told(folder: Path) -> None:
    panel_status(folder, None)


def taken(command: tuple[str, ...], home: Path) -> None:
    """What a command does with it; one that needs more than is given says what, after reading."""
    ended = sortition(*command, cwd=home)
    assert ended.code in {0, 1, 2}, ended
    assert "Traceback" not in ended.stderr
    assert "defect" not in ended.stderr
    for name in ("intake", "invitations", "groups", "plan", "run/evaluation"):
        shutil.rmtree(home / name, ignore_errors=True)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut, doubled, left out, or odd ones put in."""
    if content[:2] == b"PK" and chance.random() < 0.7:
        return repacked(content, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 2, 20, 400)))
        part = content[start:end]
        put = chance.choice((b"", part * 2, part[::-1], bytes([chance.randrange(256)])))
        content = content[:start] + chance.choice((put, chance.choice(ODD))) + content[end:]
    return content


def repacked(content: bytes, chance: random.Random) -> bytes:
    """A workbook one part of which is damaged."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, damaged(part, chance) if name == chosen else part)
    return made.getvalue()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_files(tmp_path: Path, part: int) -> None:
    """Each try has a number, and so has a run that goes on where another was broken off."""
    name = f"damaged {part}"
    known = earlier(name)
    tried, read_whole = known.get("damaged", 0), known.get("read", 0)
    all_targets = targets(tmp_path)
    shares = [target.share for target in all_targets]
    longest = 0.0
    for number in range(tried, TRIES // PARTS):
        chance = random.Random(f"{part} {number}")
        (target,) = chance.choices(all_targets, shares)
        whole = target.file.read_bytes()
        target.file.write_bytes(damaged(whole, chance))
        started = time.process_time()
        try:
            target.read()
            read_whole += 1
        except (SortitionError, InfeasibleQuotas) as error:
            for fault in getattr(error, "faults", ()):
                describe(fault)
        except BaseException as error:
            shutil.copy(target.file, tmp_path / "damaged")
            raise AssertionError(f"{target.file}, kept as {tmp_path / 'damaged'}") from error
        longest = max(longest, time.process_time() - started)
        target.file.write_bytes(whole)
        note(name, damaged=number + 1, readers=len(all_targets), read=read_whole)
    assert longest < LONGEST
