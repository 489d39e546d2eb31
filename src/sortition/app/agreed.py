"""Settings written into a project file that people may have written too."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from sortition.errors import Finding, InputErrors

TABLE = re.compile(r"(?m)^[ \t]*\[")
Setting: TypeAlias = str | int | datetime.date | tuple[str, ...]


def with_settings(text: str, settings: Mapping[str, Setting | None]) -> str:
    """A project file with these keys at its top; comments and all else stay as they are.

    Parameters
    ----------
    text : str
        The file, or nothing.
    settings : mapping of str to str, int, date, tuple of str or None
        A key such as ``intake.files`` is that of one command. None takes a key out.

    Raises
    ------
    InputErrors
        If a key is written in a way that cannot be changed line by line.
    """
    table = TABLE.search(text)
    top, tables = (text[: table.start()], text[table.start() :]) if table else (text, "")
    for key, value in settings.items():
        line = re.compile(rf"(?m)^[ \t]*{re.escape(key)}[ \t]*=.*\n?")
        wanted = "" if value is None else f"{key} = {toml(value)}\n"
        if line.search(top):
            top = line.sub(lambda _: wanted, top, count=1)  # noqa: B023 -- called at once
        elif wanted:
            top = f"{top.rstrip()}\n" if top.strip() else ""
            top += wanted
    changed = f"{top.rstrip()}\n\n{tables}" if tables and settings else top + tables
    _check(text, changed, settings)
    return changed


def toml(value: Setting) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _check(before: str, after: str, settings: Mapping[str, Setting | None]) -> None:
    """See that the file says what was asked for, and else what it said before."""
    try:
        wanted = dict(flat(tomllib.loads(before)))
        found = dict(flat(tomllib.loads(after)))
    except (ValueError, RecursionError):
        wanted, found = {"": ""}, {}
    for key, value in settings.items():
        wanted.pop(key, None)
        if value is not None:
            wanted[key] = list(value) if isinstance(value, tuple) else value
    if found != wanted:
        raise InputErrors((Finding(code="app-project-unclear", file="assembly.toml"),))


def flat(document: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a document by its key, with those of the tables around it."""
    for key, value in document.items():
        if isinstance(value, dict) and value:
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
