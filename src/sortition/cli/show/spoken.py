"""Words and figures on the terminal, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from sortition.errors import Finding
from sortition.model import Language
from sortition.pages.wording import Wording, wording
from sortition.texts.grouping import folded
from sortition.texts.phrases import COUNTS
from sortition.texts.speech import SPOKEN

LABEL = 10  # characters, for the names at the beginning of lines


def spoken() -> Language:
    """The language of the terminal."""
    return cast(Language, SPOKEN.get())


def words() -> Wording:
    """The words of the terminal."""
    return wording(spoken(), "cli/show")


def say(key: str, **facts: object) -> str:
    """A text of the terminal with its fields filled in, counts as the language writes them."""
    w = words()
    parted = {
        name: w.integer(fact) if type(fact) is int and name in COUNTS else fact
        for name, fact in facts.items()
    }
    return w.text(key, **parted)


def lead(name: str, text: str) -> str:
    """A line that begins with a name, as in ``Written   here``."""
    named = say(f"names.{name}")
    return f"{named:<{LABEL - 1}} {text}"


def under(text: str) -> str:
    """A line that goes on under one with a name."""
    return f"{'':{LABEL}}{text}"


def figure(number: str) -> str:
    """A number that Python formatted, with signs and spaces as the language has them."""
    texts = words().texts
    signs = {ord(","): texts["numbers.group"], ord("."): texts["numbers.decimal"]}
    if number.endswith("%"):
        return texts["numbers.percent"].format(number=number[:-1].translate(signs))
    return number.translate(signs)


def many(count: int) -> str:
    """A count, its thousands parted as the language parts them."""
    return words().integer(count)


def assumed(findings: Sequence[Finding], heading: str = "assumed") -> Iterator[str]:
    """What was assumed, folded, under its heading; nothing if nothing was."""
    if findings:
        yield from ("", say(f"headings.{heading}"), *(f"  {line}" for line in folded(findings)))
