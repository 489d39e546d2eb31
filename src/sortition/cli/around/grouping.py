"""Commands that take their options in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option for each field of the groups that it takes.

    A group is a dataclass such as `ReadingOptions`, and can hold others. It stands for its options,
    in their order.
    """
    parameters = list(_options(command))

    @wraps(command)
    def run(**given: object) -> None:
        command(**_arguments(command, given))

    del vars(run)["__wrapped__"]  # what it takes are the options, not the groups
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(run)["__signature__"] = Signature(parameters)
    return run


def _options(taker: Callable[..., object]) -> Iterator[Parameter]:
    """The options of a command or a group, those of the groups in it among them."""
    hints = get_type_hints(taker, include_extras=True)
    for parameter in signature(taker).parameters.values():
        kind = hints[parameter.name]
        if _is_group(kind):
            yield from _options(kind)
        else:
            yield parameter.replace(annotation=kind)


def _arguments(taker: Callable[..., object], given: dict[str, object]) -> dict[str, object]:
    """What a command or a group is called with, where these options are given."""
    hints = get_type_hints(taker)
    return {
        name: hints[name](**_arguments(hints[name], given))
        if _is_group(hints[name])
        else given[name]
        for name in signature(taker).parameters
    }


def _is_group(kind: object) -> bool:
    return isinstance(kind, type) and is_dataclass(kind)
