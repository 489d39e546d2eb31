"""A text with fields, such as ``Dear {{name}}``: which it uses, and the text filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from sortition.tables.labels import squeeze

FIELD = re.compile(r"\{\{([^{}]*)\}\}")
Spelling = Callable[[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text in parts: every other one, from the second on, names a field, squeezed."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """The parts of a text as somebody wrote it."""
        parts = FIELD.split(text)
        return cls(parts=tuple(squeeze(part) if n % 2 else part for n, part in enumerate(parts)))

    @property
    def fields(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(self.parts[1::2])

    def filled(self, values: Mapping[str, str], spell: Spelling = lambda _, value: value) -> str:
        """The text with values in its fields.

        Parameters
        ----------
        values : mapping of str to str
            By the name of the field.
        spell : callable
            How a value is written, by name and value.
        """
        return "".join(
            spell(part, values.get(part, "")) if n % 2 else part
            for n, part in enumerate(self.parts)
        )


def as_html(name: str, value: str) -> str:
    """A value within HTML, whatever letters are in it."""
    del name
    return escape(value).replace("\n", "<br>")


def plain_text(html: str) -> tuple[str, str]:
    """The first heading of a letter in HTML, and the text that comes after it."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.text).split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return " ".join("".join(reader.heading).split()), text


class _Plain(HTMLParser):
    """Takes the tags off; what stands above the heading is the letter's, not the text's."""

    BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "h2", "h3", "footer", "header"})

    def __init__(self) -> None:
        super().__init__()
        self.heading: list[str] = []
        self.text: list[str] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag == "h1" and not self.heading:
            self._within, self.text = True, []
        elif tag in self.BLOCKS:
            self.text.append("\n\n")
        elif tag in {"br", "li", "tr"}:
            self.text.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "h1":
            self._within = False
        elif tag in self.BLOCKS:
            self.text.append("\n\n")

    def handle_data(self, data: str) -> None:
        # a gap in HTML is a gap, however it is written
        (self.heading if self._within else self.text).append(re.sub(r"\s+", " ", data))
