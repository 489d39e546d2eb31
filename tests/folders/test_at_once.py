"""Two commands at once in one folder: done in turn, or one is refused; no event is lost."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from pathlib import Path

from tests.budgets import LARGE
from tests.figures import note
from tests.folders.breaking import Breaker, Ended, Run
from tests.folders.scenes import SCENES, hidden, sane

PAIRS = 200 if LARGE else 5
ALSO = ("confirm", "evaluate", "purge run")
# what is tried on one folder, where its log is, and how to verify it
STAGES = {
    "run": ("events.jsonl", ("alternates again", "confirm read", "replace", *ALSO)),
    "drawn": ("public/events.jsonl", ("draw twice", "replace announced", "pack")),
    "lottery": ("public/events.jsonl", ("draw", "draw", "lottery again")),
    "packed": ("public/events.jsonl", ("purge", "erase")),
    "plain": ("events.jsonl", ("select again", "select again")),
}
EVENTS = {
    "alternates again": "alternates",
    "confirm read": "confirmed",
    "replace": "replaced",
    "replace announced": "announced",
    "draw": "drawn",
    "purge": "purged",
    "purge run": "purged",
    "erase": "erased",
}


def events(log: Path) -> Counter[str]:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return Counter(json.loads(line)["event"] for line in lines)


def pairs() -> list[tuple[str, tuple[str, str]]]:
    """The folder and the two commands of each try."""
    chance = random.Random(1)
    folders = [*STAGES, *chance.choices(list(STAGES), k=PAIRS - len(STAGES))]
    return [(folder, tuple(chance.sample(STAGES[folder][1], 2))) for folder in folders]  # type: ignore[misc]


def test_two_at_once(breaker: Breaker, base: Path, tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    for number, (folder, names) in enumerate(pairs()):
        home = tmp_path / str(number)
        shutil.copytree(base, home)
        log = home / folder / STAGES[folder][0]
        before = events(log)
        commands = [Run(arguments=SCENES[name].spoken_in(base)) for name in names]
        ended = breaker.at_once(home, commands)
        for one in ended:
            sane(one)
        assert hidden(home) == []
        look(folder, names, ended, events(log), before)
        verified = breaker.run(home, "verify", folder)
        assert verified.code == 0, (names, verified.stdout)
        refused = sum("is being changed" in one.stderr for one in ended)
        outcomes["one refused" if refused else "in turn"] += 1
        shutil.rmtree(home)
    assert sum(outcomes.values()) == PAIRS
    note("pairs", pairs=PAIRS, refused=outcomes["one refused"], turns=outcomes["in turn"])


def look(
    folder: str,
    names: tuple[str, str],
    ended: list[Ended],
    after: Counter[str],
    before: Counter[str],
) -> None:
    """Every command that says so has its event in the log, and no other has one."""
    told = Counter(
        EVENTS[name]
        for name, one in zip(names, ended, strict=True)
        if one.code == 0 and name in EVENTS
    )
    told["refused"] = sum("another was tried" in one.stderr for one in ended)
    if "lottery again" in names and ended[names.index("lottery again")].code == 0:
        before = Counter(prepared=1, published=1)  # its log begins anew
        assert told["drawn"] <= 1
        told["drawn"] = after["drawn"]  # of the lottery before, or of this one
    assert after == before + told, (folder, names, ended)
