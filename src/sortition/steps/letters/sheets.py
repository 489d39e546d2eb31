"""A template in HTML, and all letters on one page of it, each on a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from sortition.errors import Finding, InputErrors
from sortition.steps.letters.fields import QR, Fields
from sortition.steps.letters.filling import Text, as_html, plain_text
from sortition.steps.letters.pictures import can_draw, qr_svg

BODY = re.compile(r"(?P<before>.*<body[^>]*>)(?P<letter>.*)(?P<after></body>.*)", re.S | re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A page whose body is one letter.

    Attributes
    ----------
    before, after : Text
        What stands around it, with fields that are the same for everybody.
    letter : Text
    picture : str
        What the QR code is called for those who do not see it.
    """

    before: Text
    letter: Text
    after: Text
    picture: str

    @classmethod
    def read(cls, html: str, file: str, picture: str) -> Sheets:
        """Take a page apart.

        Raises
        ------
        InputErrors
            If it has no body.
        """
        found = BODY.fullmatch(html)
        if found is None:
            raise InputErrors((Finding(code="letters-no-body", file=file),))
        before, letter, after = (Text.of(part) for part in found.groups())
        return cls(before=before, letter=letter, after=after, picture=picture)

    @property
    def used(self) -> frozenset[str]:
        """The names of all fields."""
        return self.before.fields | self.letter.fields | self.after.fields

    def headed(self, notice: str) -> Sheets:
        """The same with a notice above every letter."""
        first, *others = self.letter.parts
        framed = f'<p style="border: 3px solid; padding: .5rem"><b>{escape(notice)}</b></p>'
        return replace(self, letter=Text(parts=(f"{framed}{first}", *others)))

    def mail(self) -> tuple[Text, Text]:
        """The heading and the text below it, without tags."""
        heading, text = plain_text("".join(_rejoined(self.letter)))
        return Text.of(heading), Text.of(text)

    def merged(self, fields: Fields) -> bytes:
        """One page with everybody's letter."""
        around = (
            self.before.filled(fields.facts, as_html),
            self.after.filled(fields.facts, as_html),
        )
        letters = "".join(
            f'<section class="letter">{self.letter.filled(values, self._spelled)}</section>\n'
            for values in fields.people
        )
        return f"{around[0]}\n{letters}{around[1]}".encode()

    def _spelled(self, name: str, value: str) -> str:
        if name != QR:
            return as_html(name, value)
        return _drawn(value, as_html(name, self.picture)) if value and can_draw() else ""


@cache
def _drawn(content: str, label: str) -> str:
    return qr_svg(content, label)


def _rejoined(text: Text) -> Iterator[str]:
    """A text as it was written, without the picture."""
    for n, part in enumerate(text.parts):
        if n % 2 == 0:
            yield part
        elif part != QR:
            yield f"{{{{{part}}}}}"
