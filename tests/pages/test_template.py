"""Each template is in the room that uses it, and what two rooms use is one floor down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sortition

HOME = Path(sortition.__file__).parent
PAGES = HOME / "pages"
ROOMS = sorted(folder.parent for folder in HOME.glob("steps/**/templates"))
NAMED = re.compile(r'(\w+\.(?:html|css|svg))"')
FILLED_IN = "page.html"  # unless another is named


def templates(room: Path) -> set[str]:
    return {file.name for file in (room / "templates").iterdir()}


def named_in(room: Path) -> set[str]:
    """The files that the templates and modules of a room name."""
    sources = [*(room / "templates").iterdir(), *room.glob("*.py")]
    return {name for file in sources for name in NAMED.findall(file.read_text(encoding="utf-8"))}


def test_what_is_shared_is_used_by_two_rooms() -> None:
    assert len(ROOMS) > 10
    for name in templates(PAGES) - named_in(PAGES):
        assert sum(name in named_in(room) for room in ROOMS) > 1, name


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(HOME).as_posix())
def test_a_room_has_what_it_uses_and_no_more(room: Path) -> None:
    assert templates(room) <= named_in(room) | {FILLED_IN}
    assert not templates(room) & templates(PAGES)


@pytest.mark.parametrize("room", [*ROOMS, PAGES], ids=lambda room: room.name)
def test_what_is_imported_is_used(room: Path) -> None:
    for file in (room / "templates").glob("*.html"):
        text = file.read_text(encoding="utf-8")
        parts = [
            (room / "templates" / name).read_text(encoding="utf-8")
            for name in NAMED.findall(text)
            if name in templates(room)
        ]
        for names in re.findall(r"\{% from \S+ import (.*?) with context %\}", text):
            whole = re.sub(r"\{% from .*? %\}", "", "".join((text, *parts)))
            for name in names.split(", "):
                assert re.search(rf"\b{name}\(", whole), f"{file}: {name}"
