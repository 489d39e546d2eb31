"""A rehearsal in the folder of an assembly: whether one is on, and putting it aside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

from sortition.app.assembly import LETTERS, LOTTERY, Assembly
from sortition.audit.shapes.bundle import COMMITMENT
from sortition.errors import Finding, InputErrors
from sortition.folders.change import changing
from sortition.model import is_rehearsal
from sortition.model.choices import Kind

ASIDE = "rehearsal"
TO_THE_PANEL = [kind for kind in get_args(Kind) if kind not in {"invitation", "reminder"}]
CAME = (  # what comes of a draw, by patterns in the folder
    f"{LOTTERY}/**/*",
    "attendance.csv",
    "questionnaire.*",
    *(f"{LETTERS}/{kind}/**/*" for kind in TO_THE_PANEL),
)


def is_tried(assembly: Assembly) -> bool:
    """Whether the lottery that is published is a trial, which decides nothing."""
    commitment: Any = assembly.document(f"{LOTTERY}/{COMMITMENT}")
    return isinstance(commitment, dict) and is_rehearsal(commitment["about"]["assembly"])


def put_aside(assembly: Assembly) -> None:
    """Move a trial and all that came of it to a folder of its own; the real one begins anew.

    Raises
    ------
    InputErrors
        If there is no trial, somebody changes it just now, or nothing can be written.
    """
    with changing(assembly.lottery), changing(assembly.folder) as change:
        if not is_tried(assembly):
            raise InputErrors((Finding(code="app-changed-meanwhile"),))
        aside = _unused(assembly.folder)
        places = list(_places(assembly.folder))
        content = {place: (assembly.folder / place).read_bytes() for place in places}
        change.make({f"{aside}/{place}": data for place, data in content.items()}, going=places)
    for path in sorted(assembly.lottery.rglob("*"), reverse=True):
        with suppress(OSError):  # only those that are empty by now
            path.rmdir()


def _places(folder: Path) -> Iterator[str]:
    """What came of the draw, but for the hidden files of a change that is being made."""
    for pattern in CAME:
        for path in sorted(folder.glob(pattern)):
            place = path.relative_to(folder)
            if path.is_file() and not any(part.startswith(".") for part in place.parts):
                yield place.as_posix()


def _unused(folder: Path) -> str:
    number = 1
    while (folder / f"{ASIDE}-{number}").exists():
        number += 1
    return f"{ASIDE}-{number}"
