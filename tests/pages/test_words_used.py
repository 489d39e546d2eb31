"""Every word of a page is said somewhere: what nobody says is found here, and taken out.

A word is said if its key stands in the source, or its section and its name do in one call; or if
it is put together of parts that stand there. A page's script asks for section and name.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import sortition
from sortition.pages.wording import catalogue

HOME = Path(sortition.__file__).parent
ROOMS = sorted(file.parent.relative_to(HOME).as_posix() for file in HOME.rglob("words.en.toml"))
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
PUT_TOGETHER = re.compile(r"[a-z]+\.[\w{}.()\[\]' ,-]*\{[^}]+\}\w*")
VARYING = re.compile(r"each\(\"(\w+)\", \*")
AROUND = re.compile(r"\"([a-z]+\.\w*)\" [~+](?: \w+ ~ \"(\w+)\")?")
SECTION_FIRST = re.compile(r"each\(\s*\"(\w+)\"((?:,\s*\"\w+\")+)")


@cache
def source(*endings: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for ending in endings
        for path in sorted(HOME.rglob(f"*.{ending}"))
    )


@cache
def literals() -> frozenset[str]:
    """Every quoted text of the package."""
    return frozenset(
        one or other for one, other in QUOTED.findall(source("py", "html", "svg", "js"))
    )


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The keys that are put together, with a group for each part that varies."""
    filled = (text for text in literals() if PUT_TOGETHER.fullmatch(text))
    written = [re.sub(r"\\\{.*?\\\}", "(.+)", re.escape(text)) for text in filled]
    around = AROUND.findall(source("py", "html", "svg"))
    begun = [f"{re.escape(before)}(.+){after}" for before, after in around]
    varying = [rf"{section}\.(.+)" for section in VARYING.findall(source("py", "html", "svg"))]
    return tuple(re.compile(pattern) for pattern in {*written, *begun, *varying})


@cache
def listed() -> frozenset[str]:
    """Keys whose section stands once, before several names."""
    found = SECTION_FIRST.findall(source("py", "html", "svg"))
    return frozenset(
        f"{section}.{name}" for section, names in found for name in re.findall(r"\w+", names)
    )


@cache
def scripted(room: str) -> tuple[frozenset[str], list[str]]:
    """What the scripts of a room may ask for, and how names begin that they put together."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in (HOME / room).rglob("*.js"))
    asked = re.sub(r"(?m)^\s*//.*$", "", scripts)
    return frozenset(re.findall(r"[\w-]+", asked)), re.findall(r"`(\w+_)\$\{", asked)


def is_said(key: str, room: str) -> bool:
    section, name = key.split(".")
    if key in literals() or key in listed() or is_asked_for(section, name, room):
        return True
    parts = [match.groups() for pattern in patterns() if (match := pattern.fullmatch(key))]
    return any(all(map(stands, part)) for part in parts)


def is_asked_for(section: str, name: str, room: str) -> bool:
    """Whether a script of the room does."""
    asked, begun = scripted(room)
    ends = [name.removeprefix(beginning) for beginning in begun if name.startswith(beginning)]
    return section in asked and (name in asked or stands(name) or any(map(stands, ends)))


def stands(part: str) -> bool:
    """Whether a part that varies stands somewhere by itself, as a value has it."""
    part = part.removeprefix("_")
    return bool(literals() & {part, part.replace("_", "-"), part.replace("_", " ")})


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_is_said(room: str) -> None:
    words = catalogue("en", room).items()
    keys = [f"{section}.{name}" for section, names in words for name in names]
    assert [key for key in keys if not is_said(key, room)] == []


@pytest.mark.parametrize("key", ["page.nothing", "nouns.ghost_one", "chances.unheard_of_meaning"])
def test_what_nobody_says_is_found(key: str) -> None:
    assert not is_said(key, "steps/select")
