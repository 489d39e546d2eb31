"""Which files of a folder belong to its log: those that events wrote, and those of rounds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from sortition.audit.log.rounds import OF_A_ROUND
from sortition.audit.shapes.bundle import PUBLIC, SEALED

ROUNDS = "replacement-*"


def logged_names(log: bytes) -> set[str]:
    """The places of the files that the events of a log name, whether the log is whole or not."""
    return set(_named(log))


def round_names(names: Iterable[str]) -> set[str]:
    """Those of some places that are files of rounds."""
    return {name for name in names if OF_A_ROUND.fullmatch(name)}


def round_files(directory: Path) -> set[str]:
    """The places of the files of rounds that are in a folder, logged or not."""
    found = (path for part in ("", PUBLIC, SEALED) for path in directory.glob(f"{part}{ROUNDS}/*"))
    return round_names(path.relative_to(directory).as_posix() for path in found)


def _named(log: bytes) -> Iterator[str]:
    for line in log.split(b"\n"):
        try:
            files = json.loads(line)["facts"]["files"]
            yield from (name for name in files if _is_inside(name))
        except (AttributeError, ValueError, KeyError, TypeError, RecursionError):
            continue  # said of the log itself


def _is_inside(name: str) -> bool:
    """Whether a place is one within the folder, on every system."""
    path = PurePosixPath(name)
    plain = name.isprintable() and "\\" not in name and ":" not in name
    return plain and not path.is_absolute() and ".." not in path.parts and path.as_posix() == name
