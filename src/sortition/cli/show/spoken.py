"""Words and figures on the terminal, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from sortition.errors import Finding
from sortition.model import Language
from sortition.pages.wording import Wording, wording
from sortition.texts.grouping import folded
from sortition.texts.signs import signs
from sortition.texts.speech import SPOKEN

LABEL = 10  # characters, for the names at the beginning of lines


def spoken() -> Language:
    """The language of the terminal."""
    return cast(Language, SPOKEN.get())


def words() -> Wording:
    """The words of the terminal."""
    return wording(spoken(), "cli/show")


def say(key: str, **facts: object) -> str:
    """A text of the terminal with its fields filled in; whole numbers are counts of something."""
    own = words()
    return own.text(key, **{name: _parted(own, fact) for name, fact in facts.items()})


def _parted(own: Wording, fact: object) -> object:
    return own.integer(fact) if isinstance(fact, int) else fact


def lead(name: str, text: str) -> str:
    """A line that begins with a name, as in ``Written   here``."""
    named = say(f"names.{name}")
    return f"{named:<{LABEL - 1}} {text}"


def under(text: str) -> str:
    """A line that goes on under one with a name."""
    return f"{'':{LABEL}}{text}"


def figure(number: str) -> str:
    """A number that Python formatted, with signs and spaces as the language has them."""
    written = signs(spoken()).number(number.removesuffix("%"))
    return words().text("numbers.percent", number=written) if number.endswith("%") else written


def many(count: int) -> str:
    """A count, its thousands parted as the language parts them."""
    return signs(spoken()).count(count)


def assumed(findings: Sequence[Finding], heading: str = "assumed") -> Iterator[str]:
    """What was assumed, folded, under its heading; nothing if nothing was."""
    if findings:
        yield from ("", say(f"headings.{heading}"), *(f"  {line}" for line in folded(findings)))
