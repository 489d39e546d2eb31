"""Write the reference of all commands into ``docs/reference/commands.md``.

python scripts/make_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from sortition.cli.around.usage import choices_of
from sortition.cli.main import app

PLACE = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"


def reference() -> str:
    """The page: each command with what it takes, in the order of the help."""
    program: Any = get_command(app)
    lines = [
        "# Commands",
        "",
        "Made from the program; `sortition COMMAND --help` shows the same.",
        "",
    ]
    for name, command in program.commands.items():
        lines += [f"## {name}", "", command.help, "", *_table(command), ""]
    return "\n".join(lines)


def _table(command: Any) -> Iterator[str]:
    yield "| | takes | what it is for |"
    yield "|---|---|---|"
    for parameter in command.params:
        argument = parameter.param_type_name == "argument"
        name = parameter.metavar if argument else max(parameter.opts, key=len)
        takes = "" if argument else parameter.metavar or ", ".join(choices(command, parameter))
        needed = " Needed." if parameter.required else ""
        yield f"| `{name}` | {_cell(takes)} | {_cell(parameter.help)}{needed} |"


def choices(command: Any, parameter: Any) -> list[str]:
    """The words of which it takes one, each once."""
    return list(dict.fromkeys(choices_of(command, parameter)))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
