"""Who may import whom: the rules of the layers, read off the source."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sortition

HOME = Path(sortition.__file__).parent
MODULES = sorted(HOME.rglob("*.py"))
# from the top down; a layer imports itself and those below it
LAYERS = (
    ("cli", "__main__"),
    ("bench",),
    ("runs",),
    ("report",),
    ("registry",),
    ("files",),
    ("checking", "comparison", "publication", "recruitment", "membership", "seating"),
    ("selection", "simple_rules"),
    ("preparation",),
    ("audit",),
    ("fairness",),
    ("core",),
    ("model",),
    ("errors",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# the package itself: its version, and names that are loaded when they are first used
ROOT = "__init__"
CONFINED = {
    "pulp": {"core/solver.py"},
    "highspy": {"core/solver.py"},
    "openpyxl": {"files/"},
    "pandas": {"files/", "registry/"},
    "pyarrow": {"registry/"},
    "dask": {"registry/"},
    "distributed": {"registry/"},
    "typer": {"cli/"},
    "rich": {"cli/"},
    "jinja2": {"report/"},
}
STANDARD_LIBRARY_ONLY = ("audit/", "model/", "errors.py", "fairness.py")
WRITERS = {"open", "print", "input", "Path", "exec", "eval"}
IO_MODULES = {"io", "os", "pathlib", "shutil", "subprocess", "tempfile", "logging", "socket", "sys"}


def place(module: Path) -> str:
    return module.relative_to(HOME).as_posix()


def layer(module: Path) -> str:
    return module.relative_to(HOME).parts[0].removesuffix(".py")


def only_for_types(tree: ast.Module) -> set[ast.AST]:
    """What stands under ``if TYPE_CHECKING`` and is never run."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }


def imports(module: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever the statement stands."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    typing_only = only_for_types(tree)
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(module)} imports relatively"
            assert node.module
            if node.module == "sortition":
                yield from (_own_name(alias.name) for alias in node.names)
            else:
                yield node.module


def _own_name(name: str) -> str:
    """What ``from sortition import name`` loads: a module, or the package itself."""
    is_module = (HOME / name).is_dir() or (HOME / f"{name}.py").is_file()
    return f"sortition.{name}" if is_module else "sortition"


def own(module: Path) -> Iterator[str]:
    """The layers of the package that a module imports."""
    for name in imports(module):
        first, *rest = name.split(".")
        if first == "sortition":
            yield rest[0] if rest else ROOT


def each(modules: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("module", modules, ids=place)


def within(places: tuple[str, ...]) -> list[Path]:
    return [module for module in MODULES if place(module).startswith(places)]


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 40
    assert "numpy" in set(imports(HOME / "core" / "types.py"))
    assert set(own(HOME / "selection.py")) >= {"core", "model"}


@each(MODULES)
def test_each_library_has_its_place(module: Path) -> None:
    for name in imports(module):
        allowed = CONFINED.get(name.split(".")[0])
        assert allowed is None or place(module).startswith(tuple(allowed)), name


@each(within(STANDARD_LIBRARY_ONLY))
def test_what_a_verifier_reads_needs_the_standard_library_alone(module: Path) -> None:
    below = {"model", "errors"}
    allowed = {"audit": {"audit", "fairness"} | below, "fairness": below, "model": below}
    for name in imports(module):
        first = name.split(".")[0]
        if first == "sortition":
            continue
        assert first in sys.stdlib_module_names, name
    assert set(own(module)) <= allowed.get(layer(module), set())


@each([module for module in MODULES if layer(module) != ROOT])
def test_imports_go_down(module: Path) -> None:
    level = LEVEL.get(layer(module))
    if layer(module) == "texts":
        assert set(own(module)) <= {"errors", "texts"}
        return
    assert level is not None, f"{layer(module)} is not a layer that is known here"
    for name in own(module):
        if name == ROOT:
            continue
        if name == "texts":
            speaking = {"cli", "report", "runs"}
            assert layer(module) in speaking, "only these have words for people"
        else:
            assert LEVEL[name] >= level, name


@each(within(("core/",)))
def test_core_does_no_io(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & WRITERS
    assert not {name.split(".")[0] for name in imports(module)} & IO_MODULES


def test_help_waits_for_no_solver() -> None:
    assert "TYPE_CHECKING" in (HOME / "__init__.py").read_text(encoding="utf-8")
    assert not {"core", "files", "selection"} & set(own(HOME / "__init__.py"))
