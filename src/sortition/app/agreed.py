"""Settings written into a project file that people may have written too."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

from sortition.errors import Finding, InputErrors

TABLE = re.compile(r"(?m)^[ \t]*\[")


def with_settings(text: str, settings: Mapping[str, str | int | None]) -> str:
    """A project file with these keys at its top; comments and all else stay as they are.

    Parameters
    ----------
    text : str
        The file, or nothing.
    settings : mapping of str to str, int or None
        None takes a key out.

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


def toml(value: str | int) -> str:
    """A value as TOML writes it, on one line."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _check(before: str, after: str, settings: Mapping[str, str | int | None]) -> None:
    """See that the file says what was asked for, and else what it said before."""
    try:
        wanted = tomllib.loads(before) | {k: v for k, v in settings.items() if v is not None}
        found = tomllib.loads(after)
    except ValueError:
        wanted, found = {"": ""}, {}
    wanted = {key: value for key, value in wanted.items() if settings.get(key, 0) is not None}
    if found != wanted:
        raise InputErrors((Finding(code="app-project-unclear", file="assembly.toml"),))
