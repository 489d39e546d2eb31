"""What tests counted, for the pages that quote it: kept where `benchmarks/reliability.py` asks.

A long run that was broken off goes on where it was: what is kept there is not counted again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

PLACE = os.environ.get("SORTITION_FIGURES")  # a folder


def noted(name: str) -> bool:
    """Whether there are figures of this name."""
    return _place(name).exists() if PLACE else False


def note(name: str, **figures: int | str) -> None:
    """Keep figures under a name that no other test uses."""
    if PLACE:
        _place(name).write_text(
            json.dumps({"name": name, **figures}, ensure_ascii=False), encoding="utf-8"
        )


def _place(name: str) -> Path:
    assert PLACE
    return Path(PLACE) / f"{name.replace(' ', '-')}.json"
