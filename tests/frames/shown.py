"""What documentation shows of Python: in docstrings of the package, and on pages.

`python -m tests.frames.shown FILE` writes all of it as one module: `make lint` has mypy read it.
"""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import sortition

ROOT = Path(__file__).parents[2]
OFFERED = [name for name in sortition.__all__ if inspect.isfunction(getattr(sortition, name))]
RESULTS = [name for name in sortition.__all__ if name.endswith("Result")]
PAGES = ["README.md", "docs/python.md"]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FINDER = doctest.DocTestFinder(recurse=False)


def examples_of(name: str) -> doctest.DocTest:
    (test,) = FINDER.find(getattr(sortition, name), name, globs={})
    return test


def examples_of_package() -> doctest.DocTest:
    (test,) = FINDER.find(importlib.import_module("sortition"), "sortition", module=False)
    return test


def page_code(page: str) -> str:
    """The Python of a page, from its first block to its last."""
    return "\n".join(BLOCK.findall((ROOT / page).read_text(encoding="utf-8")))


def as_module() -> str:
    """Everything that is shown, each page and docstring as the body of a function."""
    return "import sortition\n\n" + "\n".join(_as_functions())


def _as_functions() -> Iterator[str]:
    tests = [examples_of_package(), *map(examples_of, [*OFFERED, *RESULTS])]
    shown = {test.name: "".join(one.source for one in test.examples) for test in tests}
    shown |= {page: page_code(page) for page in PAGES}
    for number, (name, code) in enumerate(shown.items()):
        body = "".join(f"    {line}\n" if line else "\n" for line in code.splitlines())
        yield f"def shown_{number}() -> None:  # {name}\n{body}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(as_module(), encoding="utf-8")
