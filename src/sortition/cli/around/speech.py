"""The language in which a command speaks, known before it is: help and usage are told in it too."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sortition.texts.speech import LANGUAGES

LANGUAGE, PROJECT = "--language", "--project"
DEFAULT_PROJECT = "assembly.toml"
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language that is asked for: by the option, the project file, or the locale.

    Only what is said depends on the locale; pages and lists do not.

    Parameters
    ----------
    arguments : sequence of str
        Those of the command line, without the name of the program.
    environment : mapping of str to str
    """
    asked = (*_given(arguments, LANGUAGE), *language_in_project(arguments), _of_locale(environment))
    return next((language for language in asked if language in LANGUAGES), "en")


def _given(arguments: Sequence[str], option: str) -> Iterator[str]:
    for number, argument in enumerate(arguments):
        if argument == option and number + 1 < len(arguments):
            yield arguments[number + 1]
        elif argument.startswith(f"{option}="):
            yield argument.removeprefix(f"{option}=")


def language_in_project(arguments: Sequence[str]) -> Iterator[str]:
    """The language that the project file at hand names, for the command alone and for all."""
    file = next(_given(arguments, PROJECT), DEFAULT_PROJECT)
    try:
        document = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # whoever reads it for good says what is wrong
        return
    own = document.get(arguments[0]) if arguments else None
    for table in (own, document):
        if isinstance(table, dict) and isinstance(table.get("language"), str):
            yield table["language"]


def _of_locale(environment: Mapping[str, str]) -> str:
    locale = next((environment[name] for name in LOCALES if environment.get(name)), "")
    return locale.partition("_")[0].partition(".")[0]
