"""The examples of everything that the package offers are run."""

from __future__ import annotations

import doctest
import importlib
import inspect

import pytest

import sortition

OFFERED = [name for name in sortition.__all__ if inspect.isfunction(getattr(sortition, name))]


@pytest.mark.parametrize("name", OFFERED)
def test_an_example_runs(name: str) -> None:
    function = getattr(sortition, name)
    found = doctest.DocTestFinder(recurse=False).find(function, name, globs={})
    examples = [test for test in found if test.examples]
    assert examples, f"{name} has no example"
    for test in examples:
        assert doctest.DocTestRunner().run(test).failed == 0


def test_the_package_shows_how_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    package = importlib.import_module("sortition")
    (test,) = doctest.DocTestFinder(recurse=False).find(package, "sortition", module=False)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", OFFERED)
def test_a_docstring_says_what_is_taken_returned_and_raised(name: str) -> None:
    function = getattr(sortition, name)
    said = inspect.getdoc(function) or ""
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert f"\n{section}\n---" in said, section
    for parameter in inspect.signature(function).parameters:
        assert parameter in said, parameter
