"""Names that no file or folder can have."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sortition.errors import Finding

COULD_BE = (FileNotFoundError, NotADirectoryError, PermissionError)


def impossible(places: Iterable[Path]) -> Iterator[Finding]:
    """Those that are too long, or have a letter that no name has."""
    for place in places:
        try:
            os.lstat(place)
        except COULD_BE:
            continue
        except (OSError, ValueError):
            yield Finding(code="name-impossible", value=str(place))
