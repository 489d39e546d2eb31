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
from tests.cli.panels import POOL, QUOTAS
from tests.cli.running import sortition, write_inputs
from tests.figures import note
from tests.steps.publish.published import NAMED

INPUTS = ("pool.csv", "quotas.csv", "--size", "6", "--household", "street")
TRIES = examples(75, thorough=100_000)
LONGEST = 30  # seconds
ODD = (
    *(b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'", b";", b",", b"\t"),
    *(b"{", b"}", b"[]", b"null", b"true", b"-1", b"0.5", b"1e999", b"NaN", b"9" * 5_000),
    *(b"[" * 3_000, "\u202e\u0130\u00a0".encode(), b"=1+1", b"\\u0000", b"\\ud800", b"../"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file that is damaged, and what reads it."""

    file: Path
    read: Callable[[], object]


def targets(home: Path) -> list[Target]:
    """Inputs in three formats, and all that a selection and a published lottery left."""
    write_inputs(home, POOL, QUOTAS)
    ended = [
        sortition("select", *INPUTS, "--seed", "1", "--out", "run", cwd=home),
        sortition("lottery", *INPUTS, *NAMED, "--out", "lottery", cwd=home),
        sortition("draw", "lottery", "--drawn", "007", cwd=home),
        sortition("alternates", "run", "--count", "2", cwd=home),
    ]
    assert [one.stderr for one in ended if one.code] == []
    shutil.copy(home / "run" / "panel.xlsx", home / "pool.xlsx")
    inputs = [
        Target(file=home / name, read=lambda pool=pool: read_inputs(home / pool, home))  # type: ignore[misc]
        for name, pool in (
            *((name, "pool.csv") for name in ("pool.csv", "quotas.csv")),
            ("pool.xlsx", "pool.xlsx"),
        )
    ]
    written = [
        Target(file=file, read=lambda read=read, folder=folder: read(home / folder))  # type: ignore[misc]
        for folder in ("run", "lottery")
        for file in sorted((home / folder).rglob("*"))
        if file.suffix in {".json", ".jsonl", ".csv", ".txt"}
        for read in (verified, told)
    ]
    return inputs * 8 + written


def read_inputs(pool: Path, home: Path) -> None:
    reading = read_instance(
        pool, home / "quotas.csv", panel_size=6, id_column=None, household_columns=("street",)
    )
    for finding in reading.assumed:
        describe(finding)


def verified(folder: Path) -> None:
    list(outcome_lines(examine(folder)))


def told(folder: Path) -> None:
    panel_status(folder, None)


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
def test_damaged_files(tmp_path: Path) -> None:
    chance = random.Random(7)
    all_targets = targets(tmp_path)
    read_whole, longest = 0, 0.0
    for number in range(TRIES):
        target = chance.choice(all_targets)
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
        note("damaged", damaged=number + 1, readers=len(all_targets), read=read_whole)
    assert longest < LONGEST
