"""The panel as it stands, verified once for the files of its folder and then handed on."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from threading import Lock

from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.tables.content import digest_of

_last: dict[Path, tuple[str, StandingFolder]] = {}
_lock = Lock()


def standing(directory: Path) -> StandingFolder:
    """What `read_standing` says of a folder; of the same files it is worked out once.

    Raises
    ------
    InputErrors
        As `read_standing`.
    """
    with _lock:
        before = _state_of(directory)
        kept = _last.get(directory)
        if kept is not None and kept[0] == before:
            return kept[1]
        panel = read_standing(directory)
        _last.clear()
        if _state_of(directory) == before:  # nobody changed it meanwhile
            _last[directory] = before, panel
        return panel


def _state_of(directory: Path) -> str:
    """A digest of every file of a folder, but those of a change that is being made."""
    digest = sha256()
    for path in sorted(directory.rglob("*")):
        place = path.relative_to(directory)
        if path.is_file() and not any(part.startswith(".") for part in place.parts):
            digest.update(f"{place.as_posix()}\n{digest_of(path)}\n".encode())
    return digest.hexdigest()
