"""What tests counted, for the pages that quote it: kept where `benchmarks/reliability.py` asks."""

from __future__ import annotations

import json
import os
from pathlib import Path

PLACE = os.environ.get("SORTITION_FIGURES")  # a folder


def note(name: str, **figures: int | str) -> None:
    """Keep figures under a name that no other test uses."""
    if PLACE:
        path = Path(PLACE) / f"{name.replace(' ', '-')}.json"
        path.write_text(json.dumps({"name": name, **figures}, ensure_ascii=False), encoding="utf-8")
