"""What tests counted, for the pages that quote it: kept where `benchmarks/reliability.py` asks.

A long run that was broken off goes on where it was: what is kept there is not counted again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

PLACE = os.environ.get("SORTITION_FIGURES")  # a folder


def earlier(name: str) -> dict[str, Any]:
    """The figures that are kept under a name; none if there are none."""
    if PLACE and _place(name).exists():
        figures: dict[str, Any] = json.loads(_place(name).read_bytes())
        return figures
    return {}


def marks(name: str) -> set[str]:
    """What was tried under a name, as `mark` kept it."""
    place = _place(name).with_suffix(".tried") if PLACE else None
    return set(place.read_text("ascii").split()) if place and place.exists() else set()


def mark(name: str, tried: str) -> None:
    """Keep that something was tried, so that a run that goes on does not count it twice."""
    if PLACE:
        with _place(name).with_suffix(".tried").open("a", encoding="ascii") as file:
            file.write(f"{tried}\n")


def note(name: str, **figures: int | str) -> None:
    """Keep figures under a name that no other test uses, and at which revision they began."""
    if PLACE:
        begun = {key: one for key, one in earlier(name).items() if key == "revision"}
        _place(name).write_text(
            json.dumps({"name": name, **figures, **begun}, ensure_ascii=False), encoding="utf-8"
        )


def _place(name: str) -> Path:
    assert PLACE
    return Path(PLACE) / f"{name.replace(' ', '-')}.json"
