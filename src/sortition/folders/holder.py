"""Who is changing a folder, and since when: kept beside the lock, for those whom it keeps out."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from sortition.errors import Finding

HOLDER = "holder.json"
NAMES = ("command", "folder", "person", "process", "since")
LONGEST = 100  # characters of each; what somebody else wrote could be of any length
COMMAND: ContextVar[str] = ContextVar("COMMAND", default="")  # of the process, for others to read


def holder_of(folder: Path) -> bytes:
    """What is known of this process, as `read_holder` finds it."""
    own = {
        "command": COMMAND.get(),
        "folder": folder.name,
        "person": _person(),
        "process": f"{os.getpid()} on {platform.node()}",
        "since": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
    }
    return json.dumps(own, ensure_ascii=True).encode()


def read_holder(workshop: Path) -> Mapping[str, str]:
    """Who laid out a workshop; what cannot be told is left out."""
    try:
        document = json.loads((workshop / HOLDER).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(document, dict):
        return {}
    told = {name: document.get(name) for name in NAMES}
    return {name: text[:LONGEST] for name, text in told.items() if isinstance(text, str)}


def held(folder: Path, workshop: Path) -> Finding:
    """The refusal: somebody else is changing the folder."""
    told = {name: text for name, text in read_holder(workshop).items() if name != "folder"}
    return Finding(code="folder-held", file=str(folder), facts=told)


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody by name, as in a container
        return ""
