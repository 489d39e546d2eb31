"""Archives whose bytes follow from what is in them alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO


def packed(parts: Iterable[tuple[str, bytes]], *, smaller: bool = False) -> bytes:
    """An archive of these parts, in their order and without times.

    Parameters
    ----------
    parts : iterable of (str, bytes)
    smaller : bool
        Whether they are compressed.
    """
    archive = BytesIO()
    kind = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in parts:
            member = zipfile.ZipInfo(name)  # of 1980
            member.create_system = 0  # the same on every system
            file.writestr(member, content, compress_type=kind)
    return archive.getvalue()
