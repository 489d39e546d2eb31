"""Who may import whom, and how rooms are kept: read off the source."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import sortition

HOME = Path(sortition.__file__).parent
MODULES = sorted(HOME.rglob("*.py"))
FOLDERS = sorted({module.parent for module in MODULES})
MOST_MODULES = 25  # in one folder
# from the top down; a floor imports itself, room by room, and those below it
FLOORS = (
    ("__main__",),
    ("cli",),
    ("app", "frames"),  # faces: neither knows that the other is there, and one command opens `app`
    ("bench",),
    ("steps",),
    ("selection",),
    ("instance", "registry"),
    ("tables", "pages"),
    ("core",),
    ("folders",),
    ("audit",),
    ("model",),
    ("errors",),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
# the steps that use another, each through what that step's `__init__` offers
BETWEEN_STEPS = {
    ("compare", "select"),  # the same aims toward the population
    ("demo", "select"),
    ("evaluate", "members"),  # the panel as it is now
    ("evaluate", "seating"),  # who attended
    ("funnel", "members"),  # the call list
    ("funnel", "plan"),  # people counted in strata
    ("funnel", "seating"),  # who attended
    ("invite", "intake"),  # who is on a list, and how old
    ("quotas", "intake"),  # tables of keys
    ("invite", "plan"),  # how strata answer
    ("letters", "members"),  # the panel as it is now
    ("members", "publish"),  # a panel that was drawn in public
    ("publish", "select"),  # the report of a selection
    ("press", "members"),  # the panel as it is now
    ("seating", "members"),  # the panel as it is now
    ("select", "plan"),  # how strata answer
}
# the package itself: its version, and names that are loaded when they are first used
ROOT = "__init__"
CONFINED = {
    "pulp": {"core/programs/"},
    "highspy": {"core/programs/"},
    "pandas": {"frames/", "tables/"},
    "openpyxl": {"tables/", "steps/members/worksheet.py"},
    "pyarrow": {"tables/"},
    "docx": {"steps/letters/"},
    "segno": {"steps/letters/", "app/"},
    "filelock": {"folders/"},
    "python_calamine": {"tables/workbook/"},
    "duckdb": {"registry/"},
    "dask": {"registry/"},
    "distributed": {"registry/"},
    "typer": {"cli/"},
    "rich": {"cli/"},
    "starlette": {"app/"},
    "uvicorn": {"app/"},
    "jinja2": {"pages/"},
}
STANDARD_LIBRARY_ONLY = ("audit/", "model/", "errors.py", "texts/")
WRITERS = {"open", "print", "input", "Path", "exec", "eval"}
IO_MODULES = {"io", "os", "pathlib", "shutil", "subprocess", "tempfile", "logging", "socket", "sys"}


def place(module: Path) -> str:
    return module.relative_to(HOME).as_posix()


def floor_of(module: Path) -> str:
    return module.relative_to(HOME).parts[0].removesuffix(".py")


def step_of(dotted: str) -> str | None:
    """The step that a module of this package belongs to, by its dotted name."""
    parts = dotted.split(".")
    return parts[2] if parts[:2] == ["sortition", "steps"] and len(parts) > 2 else None


def statements(of: ast.AST) -> Iterator[ast.AST]:
    """It and all statements in it, however deep; much fewer than there are nodes."""
    yield of
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(of, part, ()):
            yield from statements(inner)


def only_for_types(tree: ast.Module) -> set[ast.AST]:
    """The statements under ``if TYPE_CHECKING``, which are never run."""
    return {
        inner
        for node in statements(tree)
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
        for statement in node.body
        for inner in statements(statement)
    }


@cache
def imports(module: Path) -> tuple[str, ...]:
    """The dotted names that a module imports, wherever the statement stands."""
    return tuple(_imports(module))


def _imports(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    typing_only = only_for_types(tree)
    for node in statements(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(module)} imports relatively"
            assert node.module
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if _file_of(whole) else node.module


def _file_of(dotted: str) -> Path | None:
    """The file of a module of this package; None if it is none."""
    first, *rest = dotted.split(".")
    if first != "sortition":
        return None
    path = HOME.joinpath(*rest)
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return file
    return None


def own(module: Path) -> Iterator[str]:
    """The floors of the package that a module imports."""
    for name in imports(module):
        first, *rest = name.split(".")
        if first == "sortition":
            yield rest[0] if rest else ROOT


def within(places: tuple[str, ...]) -> list[Path]:
    return [module for module in MODULES if place(module).startswith(places)]


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """A circle of a graph; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 40
    assert "numpy" in imports(HOME / "core" / "types.py")
    assert set(own(HOME / "selection" / "select.py")) >= {"selection", "model"}
    assert circle({"a": {"b"}, "b": {"a"}})


def test_each_library_has_its_place() -> None:
    strays = [
        (place(module), name)
        for module in MODULES
        for name in imports(module)
        if not place(module).startswith(tuple(CONFINED.get(name.split(".")[0], {""})))
    ]
    assert strays == []


def test_what_a_verifier_reads_needs_the_standard_library_alone() -> None:
    below = {"model", "errors"}
    allowed = {"audit": {"audit"} | below, "model": below, "texts": {"texts", "errors"}}
    for module in within(STANDARD_LIBRARY_ONLY):
        outside = {name.split(".")[0] for name in imports(module)} - {"sortition"}
        assert outside - sys.stdlib_module_names == set(), place(module)
        assert set(own(module)) - allowed.get(floor_of(module), set()) == set(), place(module)


def test_every_room_is_known() -> None:
    assert {floor_of(module) for module in MODULES} == {ROOT, "texts", *FLOOR}


def test_imports_go_down() -> None:
    upward = [
        (place(module), name)
        for module in MODULES
        if floor_of(module) not in (ROOT, "texts")
        for name in own(module)
        if name not in (ROOT, "texts", floor_of(module)) and FLOOR[name] <= FLOOR[floor_of(module)]
    ]
    assert upward == []


def test_words_for_people_are_taken_by_those_who_speak() -> None:
    taking = {floor_of(module) for module in MODULES if "texts" in own(module)}
    assert taking - {ROOT, "texts"} == {"cli", "app", "frames", "steps", "pages", "selection"}


def test_steps_meet_at_their_doors() -> None:
    for module in within(("steps/",)):
        mine = step_of(".".join(("sortition", *module.relative_to(HOME).with_suffix("").parts)))
        for name in imports(module):
            other = step_of(name)
            if other not in (None, mine):
                assert (mine, other) in BETWEEN_STEPS, (place(module), name)
                assert name == f"sortition.steps.{other}", f"{place(module)}: {name} is no door"


def test_each_arrow_between_steps_is_there() -> None:
    arrows = {
        (module.relative_to(HOME).parts[1], step_of(name))
        for module in within(("steps/",))
        for name in imports(module)
    }
    assert arrows >= BETWEEN_STEPS


def test_no_circle_of_modules() -> None:
    graph = {
        place(module): {
            place(file)
            for name in imports(module)
            if (file := _file_of(name)) is not None
            and file != module
            # a room's door offers what is in it
            and not (file.name == "__init__.py" and module.is_relative_to(file.parent))
        }
        for module in MODULES
    }
    assert circle(graph) == []


@pytest.mark.parametrize("floor", ["audit", "core", "steps", ""])
def test_no_circle_of_rooms(floor: str) -> None:
    home = HOME / floor
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        if module.is_relative_to(home) and module.parent != home:
            room = module.relative_to(home).parts[0]
            graph.setdefault(room, set())
            for name in imports(module):
                file = _file_of(name)
                if file and file.is_relative_to(home) and file.parent != home:
                    graph[room] |= {file.relative_to(home).parts[0]} - {room}
    assert circle(graph) == []


def test_no_file_repeats_its_room() -> None:
    for module in MODULES:
        room, words = module.parent.name, module.stem.split("_")
        if module.parent != HOME:
            assert room not in words and room.removesuffix("s") not in words, place(module)


def test_a_room_can_be_taken_in_at_a_glance() -> None:
    sizes = Counter(place(module.parent) for module in MODULES)
    assert {room: size for room, size in sizes.items() if size > MOST_MODULES} == {}


def test_a_room_says_what_it_is_for() -> None:
    for folder in FOLDERS:
        door = folder / "__init__.py"
        assert ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))), place(folder)


def test_core_does_no_io() -> None:
    for module in within(("core/",)):
        called = {
            node.func.id
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert called & WRITERS == set(), place(module)
        assert {name.split(".")[0] for name in imports(module)} & IO_MODULES == set(), place(module)


def test_help_waits_for_no_solver() -> None:
    assert "TYPE_CHECKING" in (HOME / "__init__.py").read_text(encoding="utf-8")
    assert not {"core", "instance", "selection"} & set(own(HOME / "__init__.py"))
