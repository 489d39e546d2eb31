"""Help in the language that is spoken: what stands in the code is English."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sortition.texts.speech import SPOKEN

# what the library itself says, by the name under which it can be changed
FIXED = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "OPTIONS_PANEL_TITLE": "Options",
    "COMMANDS_PANEL_TITLE": "Commands",
    "DEFAULT_STRING": "[default: {}]",
    "REQUIRED_LONG_STRING": "[required]",
}
PARAGRAPH = "\n\n"


@cache
def helps(language: str) -> Mapping[str, str]:
    """What each English text of the help is in a language; nothing for English itself."""
    file = files("sortition.cli").joinpath(f"help.{language}.toml")
    if not file.is_file():
        return {}
    sections = tomllib.loads(file.read_text(encoding="utf-8")).values()
    return {english: text for section in sections for english, text in section.items()}


def told(text: str) -> str:
    """A text of the help in the language that is spoken, its paragraphs without line ends."""
    spoken = helps(SPOKEN.get())
    paragraphs = (" ".join(part.split()) for part in inspect.cleandoc(text).split(PARAGRAPH))
    return PARAGRAPH.join(spoken.get(part, part) for part in paragraphs)


class _Spoken:
    """A command as Typer has it, but with its help in the language that is spoken."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _spell(self)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that asks for help, which says so."""
        return _spelled(super().get_help_option(ctx))  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that says how it is called."""
        _write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """All of the help."""
        with _fixed_words():
            super().format_help(ctx, formatter)  # type: ignore[misc]


class SpokenHelp(_Spoken, TyperCommand):
    """A command whose help is in the language that is spoken."""


class Program(_Spoken, TyperGroup):
    """The program, whose help is in the language that is spoken."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.subcommand_metavar = told(self.subcommand_metavar)


def _spell(command: Any) -> None:
    command.help = told(command.help or "")
    command.options_metavar = told(command.options_metavar)
    for parameter in command.params:
        _spelled(parameter)


def _spelled(parameter: Any) -> Any:
    """An option or argument with its help in the language that is spoken."""
    parameter.help = told(parameter.help or "")
    if parameter.metavar:
        parameter.metavar = told(parameter.metavar)
    if getattr(parameter, "is_flag", False):
        parameter.metavar = ""  # it takes nothing, so there is no kind of it to name
    if parameter.param_type_name == "argument":  # its own name says what it is
        parameter.display_type_rich = lambda ctx: None
    return parameter


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=told("Usage:") + " ")


@contextmanager
def _fixed_words() -> Iterator[None]:
    """Let the library say its own words in the language that is spoken."""
    from typer import rich_utils

    before = {name: getattr(rich_utils, name) for name in FIXED}
    try:
        for name, english in FIXED.items():
            setattr(rich_utils, name, told(english))
        yield
    finally:
        for name, words in before.items():
            setattr(rich_utils, name, words)
