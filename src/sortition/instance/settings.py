"""A TOML file that a person wrote: what it says, and in which line."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.tables.content import File
from sortition.tables.labels import listed
from sortition.tables.reading import read_bytes

Key = tuple[str | int, ...]

LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a TOML file says.

    Attributes
    ----------
    file : str
        As it is named in findings.
    digest : str
        SHA-256 of its bytes, 64 hexadecimal digits.
    document : mapping
    lines : mapping of Key to int
        The line of each key and table, by the path to it; tables of an array have numbers from 0.
    """

    file: str
    digest: str
    document: Mapping[str, Any]
    lines: Mapping[Key, int]

    def finding(
        self, *, code: str, key: Key, value: str = "", facts: Mapping[str, str | int] | None = None
    ) -> Finding:
        """A finding about what stands at a key; the fact ``key`` is its last part in words."""
        words = [part for part in key if isinstance(part, str)]
        named = {"key": words[-1]} if words else {}
        return Finding(
            code=code,
            file=self.file,
            row=self._line(key),
            value=value,
            facts={**named, **(facts or {})},
        )

    def unknown(
        self, key: Key, known: Iterable[str], others: Mapping[str, str] | None = None
    ) -> Finding:
        """The fault of a key that nothing reads, with the keys that are read in its place.

        Parameters
        ----------
        others : mapping of str to str, optional
            Keys that are written differently and mean one of these.
        """
        accepted = sorted(known)
        meant = (others or {}).get(str(key[-1]))
        close = [meant] if meant in accepted else []
        close = close or difflib.get_close_matches(str(key[-1]).casefold(), accepted, n=1)
        facts = {"known": listed(accepted), **({"closest": close[0]} if close else {})}
        return self.finding(code="setting-unknown", key=key, facts=facts)

    def _line(self, key: Key) -> int | None:
        """The line of a key, or of the nearest table around it that is known."""
        around = (key[:length] for length in range(len(key), 0, -1))
        return next((self.lines[path] for path in around if path in self.lines), None)


def read_settings(path: File) -> Settings:
    """Read a TOML file.

    Raises
    ------
    InputErrors
        If it cannot be read or is not TOML in UTF-8.
    """
    data = read_bytes(path)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        document = tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputErrors((Finding(code="setting-not-utf8", file=path.name),)) from None
    except (ValueError, RecursionError) as error:  # a figure of too many digits among them
        place = LINE.search(str(error))
        row = int(place[1]) if place and place[1] else None
        value = LINE.sub("", str(error))
        fault = Finding(code="setting-not-toml", file=path.name, row=row, value=value)
        raise InputErrors((fault,)) from None
    return Settings(
        file=path.name,
        digest=digest(data),
        document=document,
        lines=dict(reversed(list(_lines(text)))),  # the first of several lines counts
    )


def _lines(text: str) -> Iterator[tuple[Key, int]]:
    """Where keys and tables stand, as far as each is written on a line of its own."""
    table: Key = ()
    seen: dict[Key, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("["):
            path = _path(line)
            if path and line.lstrip().startswith("[["):
                seen[path] = seen.get(path, -1) + 1
                path = (*path, seen[path])
            if path:
                table = path
                yield from ((table[:length], number) for length in range(1, len(table) + 1))
            continue
        starts = (line[: equals.start()] for equals in re.finditer("=", line))
        found = next(filter(None, (_path(f"{start}= 0") for start in starts)), None)
        if found:
            path = (*table, *found)
            yield from ((path[:length], number) for length in range(1, len(path) + 1))


def _path(line: str) -> Key | None:
    """The path of the one key or table that a line of TOML holds; None if it is no TOML."""
    try:
        inner = tomllib.loads(line)
    except (ValueError, RecursionError):
        return None
    path: list[str] = []
    while isinstance(inner, dict) and inner:
        ((name, inner),) = inner.items()
        path.append(name)
        inner = inner[0] if isinstance(inner, list) else inner
    return tuple(path)
