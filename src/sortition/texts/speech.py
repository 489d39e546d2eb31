"""The language that is spoken here and now.

Whoever is told something at the terminal is told in this language; documents for programs are in
English, whatever is spoken.
"""

from __future__ import annotations

from contextvars import ContextVar

from sortition.errors import Finding
from sortition.texts import describe
from sortition.texts.phrases import phrases, written

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
    language = SPOKEN.get()
    told = {name: written(name, fact, language) for name, fact in facts.items()}
    return phrases(language)[name].format(**told)
