"""What the package imports is declared, and what is declared is locked."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sortition import __version__
from tests.test_layers import MODULES, imports, only_for_types, place, statements

ROOT = Path(__file__).parents[1]
TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = TOLD["project"]["optional-dependencies"]
FOR_USERS = EXTRAS.keys() - {"dev"}
OF_AN_EXTRA = {"app": "app/"}  # what is loaded only if that was installed
ELSEWHERE = {"bench/peer_driver.py"}  # is run by the Python of the peer's environment
MACHINES = [
    {"python_version": python, "python_full_version": f"{python}.0", **system}
    for python in ("3.11", "3.12", "3.13", "3.14")
    for system in (
        {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
        {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
        {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    )
]


def requirements(lines: list[str]) -> list[Requirement]:
    """What some lines ask for, with the extras of the package itself followed."""
    asked: list[Requirement] = []
    for requirement in map(Requirement, lines):
        if requirement.name == "sortition":
            for extra in requirement.extras:
                asked += requirements(EXTRAS[extra])
        else:
            asked.append(requirement)
    return asked


def names(lines: list[str]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements(lines)}


RUN_TIME = names(TOLD["project"]["dependencies"])
WITH_EXTRAS = RUN_TIME.union(*(names(EXTRAS[extra]) for extra in FOR_USERS))


def outside(module: Path) -> set[str]:
    """The packages that a module imports from elsewhere, wherever the statement stands."""
    first = {name.partition(".")[0] for name in imports(module)}
    return first - sys.stdlib_module_names - {"sortition"}


def at_once(module: Path) -> set[str]:
    """Those that are loaded with the module, and not by one of its functions."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    later = {
        inner
        for node in statements(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in statements(node)
    }
    loaded: set[str] = set()
    for node in set(statements(tree)) - later - only_for_types(tree):
        if isinstance(node, ast.Import):
            loaded |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            loaded.add(node.module.partition(".")[0])
    return loaded


@cache
def homes() -> Mapping[str, list[str]]:
    """The packages that each name is imported from."""
    return packages_distributions()


def undeclared(module: Path) -> set[str]:
    """What a module imports though it may not be there."""
    foreign = outside(module)
    if not foreign:
        return set()
    eager = at_once(module)
    there = RUN_TIME.union(
        *(names(EXTRAS[extra]) for extra, room in OF_AN_EXTRA.items() if f"/{room}" in str(module))
    )
    return {
        name
        for name in foreign
        if not {canonicalize_name(home) for home in homes().get(name, [name])}
        & (there if name in eager else WITH_EXTRAS)
    }


def test_what_is_imported_is_declared() -> None:
    for module in MODULES:
        if place(module) not in ELSEWHERE:
            assert undeclared(module) == set(), place(module)


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("import numpy.linalg\nfrom stdnum.dk import cpr", set()),
        ("import requests", {"requests"}),
        ("def read():\n    import requests", {"requests"}),
        ("def read():\n    import dask.dataframe", set()),
        ("import dask.dataframe", {"dask"}),
        ("def test():\n    import pytest", {"pytest"}),
    ],
)
def test_an_undeclared_import_is_noticed(tmp_path: Path, source: str, missing: set[str]) -> None:
    module = tmp_path / "module.py"
    module.write_text(source, encoding="utf-8")
    assert undeclared(module) == missing


def test_the_locks_hold_what_builds_the_package() -> None:
    assert TOLD["dependency-groups"]["build"] == TOLD["build-system"]["requires"]


def pins(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """What a lock allows, with the hashes of its files."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        pinned, *hashes = line.partition("#")[0].split("--hash=")
        if pinned.strip():
            yield Requirement(pinned.strip()), [digest.strip() for digest in hashes]


LOCKED = {
    "run.txt": TOLD["project"]["dependencies"] + TOLD["build-system"]["requires"],
    "dev.txt": TOLD["project"]["dependencies"] + EXTRAS["dev"] + TOLD["build-system"]["requires"],
    "bundle.txt": [
        *TOLD["project"]["dependencies"],
        *(line for extra in ("app", "letters") for line in EXTRAS[extra]),
        *TOLD["build-system"]["requires"],
        *TOLD["dependency-groups"]["bundle"],
    ],
    "release.txt": [
        *TOLD["build-system"]["requires"],
        *(line for line in TOLD["dependency-groups"]["release"] if isinstance(line, str)),
    ],
}


@pytest.mark.parametrize("lock", LOCKED)
def test_a_lock_allows_known_files_alone(lock: str) -> None:
    for requirement, hashes in pins(lock):
        assert [one.operator for one in requirement.specifier] == ["=="], requirement.name
        assert requirement.url is None
        assert hashes, requirement.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes)


@pytest.mark.parametrize("lock", LOCKED)
def test_a_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", "    hash="), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKED)
def test_a_lock_holds_all_that_is_declared_on_every_machine(lock: str) -> None:
    pinned = list(pins(lock))
    for machine in MACHINES:
        versions: dict[str, str] = {}
        for requirement, _ in pinned:
            if requirement.marker is None or requirement.marker.evaluate(machine):
                name = canonicalize_name(requirement.name)
                assert name not in versions, (name, machine)
                versions[name] = next(iter(requirement.specifier)).version
        for asked in requirements(LOCKED[lock]):
            if asked.marker is None or asked.marker.evaluate(machine):
                assert versions[canonicalize_name(asked.name)] in asked.specifier, asked.name


def test_the_version_is_the_same_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert TOLD["project"]["version"] == __version__
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [__version__]
