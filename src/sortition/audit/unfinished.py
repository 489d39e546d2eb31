"""Whether the files of a folder are just being changed, so that they do not belong together yet."""

from __future__ import annotations

from pathlib import Path

WORKSHOP = ".sortition-change"
JOURNAL = "journal.json"  # in the workshop, from before the first file is put in its place


def is_mixed(path: Path) -> bool:
    """Whether a folder, or the folder that it is a part of, holds some files of a change."""
    place = path.absolute()
    return any((home / WORKSHOP / JOURNAL).is_file() for home in (place, place.parent))
