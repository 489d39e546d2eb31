"""The words for what was found: one sentence for each code, in ``findings/``.

A part of a sentence in square brackets is left out if a fact that it names is not known. What a
page can say was assumed has a sentence in every language of the pages, in a folder of its own;
faults are told at the terminal, in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sortition.errors import Finding
from sortition.texts.phrases import written

OPTIONAL = re.compile(r"\[([^\]]*)\]")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
BLANK = "(blank)"  # a fact that a file left empty
OPTION = re.compile(r"--[a-z][a-z-]*")  # a fact that is one of our own words
LONGEST_VALUE = 80  # characters of a cell that are shown
PLACES = {
    "en": {"sheet": "sheet", "row": "row", "column": "column"},
    "da": {"sheet": "ark", "row": "række", "column": "kolonne"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A finding in words, and the language that they are in."""

    text: str
    language: str


def describe(
    finding: Finding,
    language: str = "en",
    spell: Callable[[str], str] = str,
    instead: str | None = None,
) -> str:
    """A finding in words: where it stands, what it is, what to do about it.

    Places that the sentence itself names are not said twice. Characters that cannot be seen are
    shown by their codes.

    Parameters
    ----------
    finding : Finding
    language : {"en", "da"}
        Without a sentence in it, the English one is used.
    spell : callable
        What becomes of our own words, before those of the finding are among them.
    instead : str, optional
        A sentence in the place of that of the catalogue, with fields and brackets as there.

    Raises
    ------
    KeyError
        If the catalogue has no sentence for the code, or the finding lacks a fact it needs.
    """
    return say(finding, language, spell, instead).text


def say(
    finding: Finding,
    language: str,
    spell: Callable[[str], str] = str,
    instead: str | None = None,
) -> Sentence:
    """A finding in words as `describe` has them, with the language that they turned out in."""
    spoken = language if _entry(finding.code, language) else "en"
    template = instead or sentence_of(finding.code, spoken)
    named = {
        "file": finding.file,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
    }
    told = {**named, "value": _shortened(finding.value), **finding.facts}
    words = {
        name: _visible(written(name, fact, spoken))
        for name, fact in told.items()
        if fact not in ("", None)
    }
    words |= {name: spell(word) for name, word in words.items() if OPTION.fullmatch(word)}
    for name, ours in _words(finding.code, spoken).items():
        for english, word in ours.items() if name in words else ():
            words[name] = words[name].replace(english, word)
    places = [
        words[name] if name == "file" else f"{PLACES[spoken][name]} {words[name]}"
        for name in named
        if name in words and f"{{{name}}}" not in template
    ]
    sentence = OPTIONAL.sub(lambda part: part[1] if _known(part[1], words) else "", template)
    sentence = spell(sentence)
    # what was left empty is no place to name, but a sentence can quote it
    words = {**dict.fromkeys(finding.facts, BLANK), "column": "", "value": "", **words}
    sentence = PLACEHOLDER.sub(lambda match: words[match[1]], sentence)
    text = f"{', '.join(places)}: {sentence}" if places else sentence
    return Sentence(text=text, language=spoken)


@cache
def sentences(language: str = "en") -> Mapping[str, str]:
    """The catalogue of a language: a sentence for each code.

    An entry of a file is the sentence, or a table of the ``sentence`` and of ``words``: what the
    language puts, fact by fact, for English words and signs in facts.

    Raises
    ------
    ValueError
        If two of its files have a sentence for the same code.
    """
    pages = list(map(_entries, _pages(language)))
    catalogue = {code: entry["sentence"] for page in pages for code, entry in page.items()}
    if len(catalogue) < sum(map(len, pages)):
        raise ValueError(f"two sentences for a code in {language}")
    return catalogue


def sentence_of(code: str, language: str = "en") -> str:
    """The sentence for a code.

    Raises
    ------
    KeyError
        If the language has none.
    """
    entry = _entry(code, language)
    if entry is None:
        raise KeyError(code)
    sentence: str = entry["sentence"]
    return sentence


@cache
def _entry(code: str, language: str) -> Mapping[str, Any] | None:
    """What a language says for a code; files that do not mention it are not parsed."""
    for page in _pages(language):
        if code in page and code in _entries(page):
            return _entries(page)[code]
    return None


@cache
def _pages(language: str) -> tuple[str, ...]:
    folder = files("sortition.texts").joinpath("findings")
    pages = folder if language == "en" else folder.joinpath(language)
    if not pages.is_dir():
        return ()
    named = [page for page in sorted(pages.iterdir(), key=str) if page.name.endswith(".toml")]
    return tuple(page.read_text(encoding="utf-8") for page in named)


@cache
def _entries(page: str) -> Mapping[str, Mapping[str, Any]]:
    catalogue: dict[str, Mapping[str, Any]] = {}
    for code, said in tomllib.loads(page).items():
        entry = {"sentence": said} if isinstance(said, str) else said
        catalogue[code] = {**entry, "sentence": " ".join(entry["sentence"].split())}
    return catalogue


def _words(code: str, language: str) -> Mapping[str, Mapping[str, str]]:
    """How this language puts the English words and signs that stand in facts, by fact."""
    words: Mapping[str, Mapping[str, str]] = (_entry(code, language) or {}).get("words", {})
    return words


def _known(template: str, words: Mapping[str, str]) -> bool:
    return all(words.get(name) for name in PLACEHOLDER.findall(template))


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
