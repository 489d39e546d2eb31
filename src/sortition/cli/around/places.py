"""The files and folders that a command is given: named so that they can be, and left by nobody."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

from sortition.errors import Finding, InputErrors

GIVEN = "_given"  # of what was typed, by parameter, for what is said about it


def check_given(command: Any, ctx: Any, arguments: Sequence[str]) -> None:
    """Keep what was typed, and see that no file or folder is an empty text.

    That would stand for this folder.

    Raises
    ------
    typer.Exit
        After what is wrong was said.
    """
    hints = get_type_hints(inspect.unwrap(command.callback))
    given, _, _ = command.make_parser(ctx).parse_args(args=list(arguments))
    ctx.meta[GIVEN] = given
    for parameter in command.params:
        value = given.get(parameter.name)
        values = value if isinstance(value, (list, tuple)) else (value,)
        if "" in values and _is_place(hints.get(parameter.name)):
            from sortition.cli.show.terminal import said

            name = parameter.metavar if parameter.param_type_name == "argument" else None
            with said():
                raise InputErrors(
                    (Finding(code="usage-place-empty", value=name or max(parameter.opts, key=len)),)
                )


def _is_place(hint: Any) -> bool:
    return hint is Path or any(map(_is_place, get_args(hint)))


def open_places(ctx: Any) -> None:
    """See that files and folders can have their names, and settle what dead processes left there.

    Raises
    ------
    typer.Exit
        After what is wrong was said.
    """
    from sortition.cli.show.terminal import complain, said
    from sortition.folders.holder import COMMAND
    from sortition.folders.settling import settle
    from sortition.texts.speech import speak

    COMMAND.set(ctx.info_name)
    places = tuple(dict.fromkeys(_places(ctx)))
    with said():
        check_names(places)
        for place in places:
            complain(*map(speak, settle(place)))


def check_names(places: Sequence[Path]) -> None:
    """See that there can be files or folders of these names.

    Raises
    ------
    InputErrors
    """
    from sortition.folders.names import impossible

    faults = tuple(impossible(places))
    if faults:
        raise InputErrors(faults)


def _places(ctx: Any) -> Iterator[Path]:
    hints = get_type_hints(inspect.unwrap(ctx.command.callback))
    for name, value in ctx.params.items():
        if value is not None and _is_place(hints.get(name)):
            values = value if isinstance(value, (list, tuple)) else (value,)
            yield from map(Path, values)  # they come as text from Typer below 0.29
