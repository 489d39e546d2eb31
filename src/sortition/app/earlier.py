"""Former versions of files, each with the settings that went with it, so that both come back."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sortition.app.agreed import Setting, flat, with_settings
from sortition.errors import Finding, InputErrors

EARLIER = "earlier"
SETTINGS = ".settings"  # behind the name of a version
ABSENT = "absent"  # the settings that there were not


def versions(home: Path, name: str) -> tuple[Path, ...]:
    """The former versions of a file, of whatever kind they were, the newest first."""
    stem = Path(name).stem
    numbered = {
        _number_of(path): path
        for path in (home / EARLIER).glob(f"{stem}-*.*")
        if path.suffix != SETTINGS and path.stem.rpartition("-")[0] == stem
    }
    return tuple(numbered[number] for number in sorted(numbered, reverse=True) if number)


def set_aside(
    home: Path, name: str, former: Iterable[Path], settings: Mapping[str, Setting | None]
) -> dict[str, bytes]:
    """Files to be written: further versions of a file, the last of them with its settings.

    Parameters
    ----------
    former : iterable of Path
        The oldest first.
    settings : mapping of str to str, int, date, tuple of str or None
    """
    stem = Path(name).stem
    newest = next(iter(versions(home, name)), None)
    number = _number_of(newest) if newest else 0
    aside: dict[str, bytes] = {}
    place = ""
    for path in former:
        number += 1
        place = f"{EARLIER}/{stem}-{number}{path.suffix}"
        aside[place] = path.read_bytes()
    if place and settings:
        known = {key: value for key, value in settings.items() if value is not None}
        absent = tuple(key for key in settings if key not in known)
        text = with_settings("", {**known, ABSENT: absent})
        aside[f"{place}{SETTINGS}"] = text.encode()
    return aside


def settings_with(version: Path) -> dict[str, Setting | None]:
    """The settings that went with a former version; None for those that there were not.

    Raises
    ------
    InputErrors
        If somebody changed them by hand, so that they cannot be read.
    """
    path = version.with_name(f"{version.name}{SETTINGS}")
    if not path.is_file():
        return {}
    try:
        document: dict[str, Any] = dict(flat(tomllib.loads(path.read_text(encoding="utf-8"))))
    except ValueError:
        raise InputErrors((Finding(code="app-project-unclear", file=path.name),)) from None
    absent = document.pop(ABSENT, ())
    told = {key: tuple(one) if isinstance(one, list) else one for key, one in document.items()}
    return {**told, **dict.fromkeys(absent)}


def _number_of(path: Path) -> int:
    """The number of a former version; 0 if it is none."""
    number = path.stem.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() else 0
