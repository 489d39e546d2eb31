"""What a project file can set for a command."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

OWN_NAME = "_project"  # of the parameter by which a command says that it reads a project file
NEEDED = {
    str: "a text in quotation marks",
    Path: "the name of a file or folder in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime: "a date such as 2026-06-30",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a project file can set for a command: an option or an argument.

    Attributes
    ----------
    parameter : str
        The name of the parameter.
    type : type
        One of those of `NEEDED`.
    choices : tuple of str
        The only texts that are accepted; empty if any is.
    many : bool
        Whether there is a list of them.
    """

    parameter: str
    type: type
    choices: tuple[str, ...] = ()
    many: bool = False

    def accepts(self, value: object) -> bool:
        """Whether a value of TOML will do."""
        if self.many:
            return isinstance(value, list) and all(map(self._accepts_one, value))
        return self._accepts_one(value)

    def _accepts_one(self, value: object) -> bool:
        if self.choices:
            return value in self.choices
        if self.type in {int, bool}:
            return type(value) is self.type
        if self.type is float:
            return type(value) in {int, float}
        if self.type is datetime:
            return type(value) is date or _is_day(value)
        return isinstance(value, str) and bool(value)

    @property
    def needed(self) -> str:
        """What it must be, in words."""
        one = " or ".join(f'"{choice}"' for choice in self.choices) or NEEDED[self.type]
        return f"a list, and each part of it {one}" if self.many else one

    def given(self, value: Any, folder: Path) -> Any:
        """The value as if it had been typed; files and folders are those beside the file."""
        if self.many:
            return [replace(self, many=False).given(one, folder) for one in value]
        if self.type is bool:
            return value
        return str(folder / value) if self.type is Path else str(value)


def settings_of(command: Any) -> dict[str, Setting]:
    """What a project file can set for a command, by its key; nothing if it reads none."""
    types = get_type_hints(inspect.unwrap(command.callback))
    if OWN_NAME not in types:
        return {}
    settings = {}
    for parameter in command.params:
        if parameter.name in types and parameter.name != OWN_NAME:
            key = max(parameter.opts, key=len).removeprefix("--")
            settings[key] = setting_of(parameter.name, types[parameter.name])
    return settings


def setting_of(name: str, annotation: Any) -> Setting:
    """What can be set for a parameter of this type, such as it is annotated."""
    if get_origin(annotation) in {Union, UnionType}:
        (annotation,) = (one for one in get_args(annotation) if one is not type(None))
    many = get_origin(annotation) is list
    if many:
        (annotation,) = get_args(annotation)
    if get_origin(annotation) is Literal:
        return Setting(parameter=name, type=str, choices=get_args(annotation), many=many)
    if annotation not in NEEDED:
        raise TypeError(f"a project file cannot hold {name}")
    return Setting(parameter=name, type=annotation, many=many)


def _is_day(value: object) -> bool:
    from sortition.tables.dates import read_date

    return isinstance(value, str) and read_date(value) is not None
