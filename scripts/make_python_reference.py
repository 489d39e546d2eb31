"""Write the reference of the functions for Python into ``docs/reference/python.md``.

python scripts/make_python_reference.py
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sortition

PLACE = Path(__file__).parents[1] / "docs" / "reference" / "python.md"
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)
UNPACKED = re.compile(r"Unpack\[(\w+)\]")
HEAD = """\
# The functions and their results

Made from the program; `help(sortition.lottery)` shows the same. How they belong together is in
[from Python](../python.md).
"""


def reference() -> str:
    """The page: the functions, then what they return, then what they raise."""
    members = [(name, getattr(sortition, name)) for name in sortition.__all__ if name[0] != "_"]
    functions = [one for one in members if not inspect.isclass(one[1])]
    classes = [one for one in members if inspect.isclass(one[1])]
    raised = [one for one in classes if issubclass(one[1], Exception)]
    lines = [HEAD]
    for name, function in functions:
        lines += [f"## {name}", "", *_function(f"sortition.{name}", function)]
    for name, of in [*(one for one in classes if one not in raised), *raised]:
        lines += [f"## {name}", "", *_documented(of.__doc__), *_members(of)]
    return "\n".join(lines)


def _function(called: str, function: Callable[..., Any], *, bound: bool = False) -> Iterator[str]:
    yield f"```python\n{called}({_signature(function, bound=bound)})\n```"
    yield ""
    yield from _documented(function.__doc__)


def _signature(function: Callable[..., Any], *, bound: bool) -> str:
    """Names and defaults; the types stand below."""
    inner = inspect.unwrap(function)
    shown: list[str] = []
    for one in list(inspect.signature(inner).parameters.values())[int(bound) :]:
        if one.kind is one.KEYWORD_ONLY and "*" not in shown:
            shown.append("*")
        if one.kind is one.VAR_KEYWORD:
            unpacked = UNPACKED.match(one.annotation)
            options = inner.__globals__[unpacked[1]].__annotations__ if unpacked else ()
            shown += [f"{name}=…" for name in options]
        else:
            default = "" if one.default is one.empty else f"={one.default!r}"
            shown.append(f"{one.name}{default}")
    return ", ".join(shown)


def _members(of: type) -> Iterator[str]:
    """What a result has: those of its own, then those it shares."""
    found: dict[str, Any] = {}
    for home in of.__mro__:
        if home.__module__.startswith("sortition."):
            found = {**vars(home), **found}
    for name, member in sorted(found.items()):
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, property):
            yield from (f"### {of.__name__}.{name}", "", *_documented(member.__doc__))
        elif inspect.isfunction(member):
            called = f"{of.__name__}.{name}"
            yield from (f"### {called}", "", *_function(called, member, bound=True))


def _documented(docstring: str | None) -> Iterator[str]:
    """A numpydoc docstring as Markdown."""
    text, *sections = SECTION.split(inspect.cleandoc(docstring or ""))
    yield from (_prose(text), "")
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        yield from (f"**{title}**", "")
        if title == "Examples":
            yield f"```pycon\n{body.strip()}\n```"
        else:
            yield from _entries(body)
        yield ""


def _entries(body: str) -> Iterator[str]:
    """Each parameter, or what else there is a list of, with what is said of it."""
    for entry in re.split(r"\n(?=\S)", body.strip()):
        head, _, said = entry.partition("\n")
        name, _, kind = head.partition(" : ")
        words = " ".join(said.split())
        kind_shown = f" ({_prose(kind)})" if kind else ""
        yield f"- `{name}`{kind_shown}{f': {_prose(words)}' if words else ''}"


def _prose(text: str) -> str:
    return text.strip().replace("``", "`").replace("<", "&lt;")


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
