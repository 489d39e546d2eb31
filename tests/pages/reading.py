"""Read a page as a browser would, and the texts that it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from string import Formatter

from sortition.model import Language
from sortition.pages.wording import catalogue

LANGUAGES: list[Language] = ["en", "da"]
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """A page that was read: its tags, its attributes, and its words with single spaces."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        self.words = re.sub("[ \n]+", " ", " ".join(self.pieces))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.pieces += [value or "" for name, value in attrs if name == "aria-label"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.pieces.append(data)

    def values(self, name: str) -> list[str]:
        return [value for attribute, value in self.attributes if attribute == name]


def literals(language: Language, room: str) -> Iterator[tuple[str, str]]:
    """The keys of a room's own catalogue with the pieces of their texts between the fields."""
    for section, entries in catalogue(language, room).items():
        for name, text in entries.items():
            for literal, *_ in Formatter().parse(text):
                yield f"{section}.{name}", literal.strip(" ")
