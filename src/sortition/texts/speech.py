"""The language that is spoken here and now, and the small words between sentences.

Whoever is told something at the terminal is told in this language; documents for programs are in
English, whatever is spoken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from sortition.errors import Finding
from sortition.texts import describe

LANGUAGES = ("en", "da")
SPOKEN: ContextVar[str] = ContextVar("SPOKEN", default="en")


def speak(finding: Finding) -> str:
    """A finding in the language that is spoken."""
    return describe(finding, SPOKEN.get())


def phrase(name: str, **facts: object) -> str:
    """A phrase in the language that is spoken, with its fields filled in.

    Raises
    ------
    KeyError
        If there is no such phrase, or it needs other facts.
    """
    return phrases(SPOKEN.get())[name].format(**facts)


@cache
def phrases(language: str) -> Mapping[str, str]:
    """The phrases of a language, by name."""
    file = files("sortition.texts").joinpath(f"phrases.{language}.toml")
    found: Mapping[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found
