"""What documentation shows of Python runs, and a type checker has nothing to say against it."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import sortition
from tests.cli.running import ROOT

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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the samples where the pages have them."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", sorted({*OFFERED, *RESULTS}))
def test_an_example_runs(name: str, folder: Path) -> None:
    test = examples_of(name)
    assert test.examples, f"{name} has no example"
    assert not [one for one in test.examples if one.options], "an example is left out"
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_package_shows_how_it_is_used(folder: Path) -> None:
    test = examples_of_package()
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_the_code_of_a_page_runs(page: str, folder: Path) -> None:
    code = page_code(page)
    assert code
    exec(compile(code, page, "exec"), {})


def as_functions() -> Iterator[str]:
    """Everything that is shown, each page and docstring as the body of a function."""
    tests = [examples_of_package(), *map(examples_of, [*OFFERED, *RESULTS])]
    shown = {test.name: "".join(one.source for one in test.examples) for test in tests}
    shown |= {page: page_code(page) for page in PAGES}
    for number, (name, code) in enumerate(shown.items()):
        body = "".join(f"    {line}\n" if line else "\n" for line in code.splitlines())
        yield f"def shown_{number}() -> None:  # {name}\n{body}\n"


def test_examples_pass_mypy(tmp_path: Path) -> None:
    """All in one file and one run, with the types that `py.typed` lets others see."""
    home = Path(sortition.__file__).parent
    assert (home / "py.typed").is_file()
    file = tmp_path / "examples.py"
    file.write_text("import sortition\n\n" + "\n".join(as_functions()), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--cache-dir", str(ROOT / ".mypy_cache"), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", OFFERED)
def test_a_docstring_says_what_is_taken_returned_and_raised(name: str) -> None:
    function = getattr(sortition, name)
    said = inspect.getdoc(function) or ""
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"\n{section}\n---" in said, section
    for parameter in inspect.signature(function).parameters:
        assert parameter in said, parameter


METHODS = [
    sortition.LotteryResult.draw,
    sortition.LotteryResult.plot,
    sortition.SelectionResult.save,
    sortition.SeatingResult.save,
]
PARAMETERS = re.compile(r"^Parameters\n-+\n(.*?)(?=\n\n\w+\n-+\n|\Z)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "function",
    [*(getattr(sortition, name) for name in OFFERED), *METHODS],
    ids=lambda function: function.__qualname__,
)
def test_everything_that_is_taken_is_explained(function: Callable[..., object]) -> None:
    """Entries that go on in a second line have their names there, and one explanation."""
    found = PARAMETERS.search(inspect.getdoc(function) or "")
    assert found
    lines = found[1].splitlines()
    entries = [(line, after) for line, after in pairwise([*lines, ""]) if line.strip() == line]
    bare = [line for line, after in entries if " : " in line and not after.startswith(" ")]
    assert bare == []
