"""What goes wrong or was assumed, in the words of somebody who calls functions.

The sentences are those of the commands and name options, such as ``--size``; here that is the
argument ``size=``, and what a command alone can do is said to be of the command.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

import sortition
from sortition.errors import InputErrors, SolverFailed, SortitionError
from sortition.frames.arguments import admitted
from sortition.frames.sources import inputs_of
from sortition.model import InfeasibleQuotas
from sortition.pages.conflict import infeasible_in_words
from sortition.pages.failure import ways_out
from sortition.texts import describe
from sortition.texts.grouping import grouped

P = ParamSpec("P")
R = TypeVar("R")

# an option, and a value that the sentence gives with it
OPTION = re.compile(r'--([a-z][a-z-]*)(?: ("[^"]*"|\{\w+\}|\d[\d,+-]*|\w+=\w+|pool\b|SHA256))?')
FLAGS = {"keep-protected", "next-wave", "overwrite", "resolve"}
CALLED = {"from": "places_from", "map": "mapping", "name": "names"}
SHEET = "sheet_name= of pandas.read_excel"
ELSEWHERE = {"pool-sheet": SHEET, "quotas-sheet": SHEET, "sheet": SHEET}


def telling(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function take what its annotations say, and add words to what it raises.

    Where it takes ``**reading``, its signature shows what that may be.
    """
    signature = _with_reading(inspect.signature(function, eval_str=True))

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        try:
            given.arguments = admitted(signature, given.arguments)
            return function(*given.args, **given.kwargs)
        except SortitionError as error:
            for line in _words(error, function.__name__, given.arguments):
                error.add_note(line)
            raise

    told.__signature__ = signature  # type: ignore[attr-defined]
    return told


def in_python(sentence: str) -> str:
    """A sentence with arguments in place of the options that it names."""
    return OPTION.sub(_argument, sentence)


said = partial(describe, spell=in_python)


def _words(error: SortitionError, name: str, given: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(error, InputErrors):
        yield from grouped(error.faults, say=said)
    elif isinstance(error, InfeasibleQuotas):
        yield from infeasible_in_words(error)
    elif isinstance(error, SolverFailed):
        yield from map(said, ways_out(error, name, given))


def _argument(option: re.Match[str]) -> str:
    name, value = option.groups()
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    argument = CALLED.get(name, name.replace("-", "_"))
    if argument not in arguments():
        return f"{option[0]} of the command"
    if name in FLAGS:
        return f"{argument}=True"
    if value is None:
        return f"{argument}="
    if value.startswith('"'):  # one text, with commas in it or not
        return f"{argument}={value}"
    parts = [f'"{part}"' for part in value.split(",")]
    return f"{argument}=" + (parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]")


@cache
def arguments() -> frozenset[str]:
    """The names of everything that a function of the package takes."""
    offered = [getattr(sortition, name) for name in sortition.__all__]
    functions = filter(inspect.isfunction, offered)
    return frozenset(name for each in functions for name in inspect.signature(each).parameters)


def _with_reading(signature: inspect.Signature) -> inspect.Signature:
    """The arguments that ``**reading`` stands for, after the size."""
    parameters = dict(signature.parameters)
    if parameters.pop("reading", None) is None:
        return signature
    taken = inspect.signature(inputs_of, eval_str=True).parameters
    reading = [taken[name] for name in taken if name not in parameters]
    shown = list(parameters.values())
    after = list(parameters).index("size") + 1
    return signature.replace(parameters=[*shown[:after], *reading, *shown[after:]])
