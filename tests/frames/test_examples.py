"""What documentation shows of Python runs; `make lint` has its types checked."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import sortition

from .shown import (
    OFFERED,
    PAGES,
    RESULTS,
    ROOT,
    as_module,
    examples_of,
    examples_of_package,
    page_code,
)


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


def test_all_of_it_is_one_module_for_the_type_checker() -> None:
    """Mypy itself reads it in `make lint`, with the types that `py.typed` lets others see."""
    assert (Path(sortition.__file__).parent / "py.typed").is_file()
    checked = as_module()
    compile(checked, "shown", "exec")
    headings = re.findall(r"^def shown_\d+\(\) -> None:  # (.*)$", checked, re.MULTILINE)
    assert headings == ["sortition", *OFFERED, *RESULTS, *PAGES]
    assert "-m tests.frames.shown" in (ROOT / "Makefile").read_text(encoding="utf-8")


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
