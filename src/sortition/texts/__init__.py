"""The words for what was found: one sentence for each code, in ``findings/``.

A part of a sentence in square brackets is left out if a fact that it names is not known.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sortition.errors import Finding

OPTIONAL = re.compile(r"\[([^\]]*)\]")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LONGEST_VALUE = 80  # characters of a cell that are shown


def describe(finding: Finding) -> str:
    """A finding in words: where it stands, what it is, what to do about it.

    Places that the sentence itself names are not said twice. Characters that cannot be seen are
    shown by their codes.

    Raises
    ------
    KeyError
        If the catalogue has no sentence for the code, or the finding lacks a fact it needs.
    """
    template = sentences()[finding.code]
    named = {
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
    }
    words = {
        name: _visible(str(text))
        for name, text in {**named, "value": _shortened(finding.value), **finding.facts}.items()
        if text not in ("", None)
    }
    places = [
        words[name] if name == "file" else f"{name} {words[name]}"
        for name in named
        if name in words and f"{{{name}}}" not in template
    ]
    # what was left empty is no place to name, but a sentence can quote it
    words = {"column": "", "value": "", **words}
    sentence = OPTIONAL.sub(lambda part: part[1] if _known(part[1], words) else "", template)
    sentence = PLACEHOLDER.sub(lambda match: words[match[1]], sentence)
    return f"{', '.join(places)}: {sentence}" if places else sentence


@cache
def sentences() -> Mapping[str, str]:
    """The catalogue: a sentence for each code.

    Raises
    ------
    ValueError
        If two of its files have a sentence for the same code.
    """
    catalogue: dict[str, str] = {}
    for page in sorted(files("sortition.texts").joinpath("findings").iterdir(), key=str):
        for code, words in tomllib.loads(page.read_text(encoding="utf-8")).items():
            if code in catalogue:
                raise ValueError(f"two sentences for {code}")
            catalogue[code] = " ".join(str(words).split())
    return catalogue


def _known(template: str, words: Mapping[str, str]) -> bool:
    return all(words.get(name) for name in PLACEHOLDER.findall(template))


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
