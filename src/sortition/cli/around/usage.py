"""What is wrong with how a command was called, in the language that is spoken."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from sortition.cli.around.places import GIVEN
from sortition.errors import Finding
from sortition.texts.speech import phrase, speak

UsageError: Any = typer.BadParameter.__bases__[0]  # the library gives it no public name
BAD_USAGE, BROKEN_OFF = 2, 1
QUOTED = re.compile(r"'([^']*)'")
IN_BRACKETS = re.compile(r"\((.*)\)")
OTHER_WORDS = {  # what other tools call an option, where the letters do not tell
    **dict.fromkeys(("--table-size", "--group-size", "--people-per-table", "--seats"), "--chairs"),
    **dict.fromkeys(("--groups", "--number-of-groups", "--n-groups"), "--tables"),
    **dict.fromkeys(("--rounds", "--allocations", "--meetings"), "--sessions"),
    **dict.fromkeys(("--number", "--panel-size", "--number-wanted", "--people", "-n"), "--size"),
    **dict.fromkeys(("--address", "--addresses", "--check-same-address"), "--household"),
    **dict.fromkeys(("--algorithm", "--selection-algorithm"), "--objective"),
    **dict.fromkeys(("--test", "--test-selection", "--trial", "--dry-run"), "--rehearsal"),
    **dict.fromkeys(("--already-selected", "--selected", "--confirmed", "--keep"), "--seated"),
    **dict.fromkeys(("--columns-to-keep", "--keep-columns"), "--columns"),
    **dict.fromkeys(("--settings", "--config"), "--project"),
    **dict.fromkeys(("--withdrawn", "--left", "--gone"), "--dropouts"),
}
NEEDED: Mapping[type, str] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime: "a date such as 2026-11-20 or 20-11-2026",
}


def run(program: typer.Typer, whole: typer.Typer) -> int:
    """Run the program and return its exit code; say so if it was called in a wrong way.

    Parameters
    ----------
    program : typer.Typer
        With the command that is called.
    whole : typer.Typer
        With all commands, for what is said of others.
    """
    try:
        return program(standalone_mode=False, obj=whole) or 0
    except UsageError as error:
        for line in usage_lines(error):
            typer.echo(line, err=True)
        return BAD_USAGE
    except typer.Abort:
        typer.echo(phrase("broken_off"), err=True)
        return BROKEN_OFF


def usage_lines(error: Any) -> list[str]:
    """How it is called, what is wrong, and where more is said; nothing if help was shown."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return []
    ctx = error.ctx
    if ctx is None:
        return [speak(fault_of(error))]
    more = phrase("see_help", command=f"{ctx.command_path} {ctx.help_option_names[0]}")
    return [ctx.get_usage(), speak(fault_of(error)), more]


def fault_of(error: Any) -> Finding:
    """A usage error as a finding."""
    match type(error).__name__:
        case "MissingParameter":
            about = getattr(error.param, "help", "").rstrip(".")
            return Finding(code="usage-missing", value=_name(error.param), facts={"about": about})
        case "NoSuchOption":
            named = error.option_name
            theirs = OTHER_WORDS.get(named.replace("_", "-"), "")
            known = {one for parameter in error.ctx.command.params for one in parameter.opts}
            closest = theirs if theirs in known else next(iter(error.possibilities or ()), "")
            return Finding(code="usage-option-unknown", value=named, facts={"closest": closest})
        case "BadOptionUsage" if "does not take" in error.message:
            return Finding(code="usage-without-value", value=error.option_name)
        case "BadOptionUsage":
            return Finding(code="usage-value-missing", value=error.option_name)
        case "BadParameter":
            return _of_value(error)
    return _of_call(error)


def choices_of(command: Any, parameter: Any) -> list[str]:
    """The only words that an option or argument takes; none if any will do."""
    kinds = _kinds(command, parameter)
    return [one for kind in kinds if get_origin(kind) is Literal for one in get_args(kind)]


def _kinds(command: Any, parameter: Any) -> list[Any]:
    hint = get_type_hints(inspect.unwrap(command.callback)).get(parameter.name)
    return [one for kind in _parts(hint) for one in (kind, *_parts(kind))]


def _of_value(error: Any) -> Finding:
    """What a value must be that an option cannot take."""
    parameter = error.param
    kinds = _kinds(error.ctx.command, parameter)
    choices = choices_of(error.ctx.command, parameter)
    name, value = _name(parameter), str(error.ctx.meta.get(GIVEN, {}).get(parameter.name, ""))
    if choices:
        known = ", ".join(dict.fromkeys(choices))
        return Finding(code="usage-choice", value=value, facts={"option": name, "known": known})
    needed = next((words for kind, words in NEEDED.items() if kind in kinds), "")
    least, most = (getattr(parameter, limit, None) for limit in ("min", "max"))
    facts = {
        "option": name,
        "needed": needed,
        "least": "" if least is None else str(least),
        "most": "" if most is None else str(most),
    }
    return Finding(code="usage-value", value=value, facts=facts)


def _of_call(error: Any) -> Finding:
    """A command that is not there, or more than it takes."""
    commands = getattr(error.ctx.command, "commands", None)
    if commands is None:
        extra = IN_BRACKETS.search(error.message)
        return Finding(code="usage-too-much", value=extra[1] if extra else "")
    named = QUOTED.search(error.message)
    if named is None:
        return Finding(code="usage-command-missing")
    closest = next(iter(get_close_matches(named[1], commands)), "")
    return Finding(code="usage-command-unknown", value=named[1], facts={"closest": closest})


def _name(parameter: Any) -> str:
    """An option by its name, and an argument by its word in the line of usage."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(max(parameter.opts, key=len))


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) is not Literal and get_args(kind) else (kind,)
