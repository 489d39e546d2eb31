"""What would not run on another system, read off the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sortition

HOME = Path(sortition.__file__).parent
# measuring asks the kernel how much memory a process took, and says so where it cannot
MODULES = [path for path in sorted(HOME.rglob("*.py")) if "bench" not in path.parts]
POSIX_MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getuid", "initgroups", "killpg",
    "lchown", "mkfifo", "mknod", "nice", "openpty", "setegid", "seteuid", "setgid", "setsid",
    "setuid", "statvfs", "sync", "uname", "wait3", "wait4", "SIGALRM", "SIGKILL", "alarm",
}  # fmt: skip
# folders of mkdtemp keep an owner-only list of rights on Windows, and what is moved out of them too
OF_ITS_OWNER_ALONE = {"mkdtemp", "mkstemp", "NamedTemporaryFile"}


def place(module: Path) -> str:
    return module.relative_to(HOME).as_posix()


@cache
def names(module: Path) -> frozenset[str]:
    """The modules that are imported, and the attributes that are looked up on them."""
    return frozenset(_names(module))


def _names(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (alias.name for alias in node.names)
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in {"os", "signal", "tempfile"}
        ):
            yield node.attr


def test_nothing_is_called_that_one_system_alone_has() -> None:
    for module in MODULES:
        assert names(module) & (POSIX_MODULES | POSIX_NAMES) == set(), place(module)


def test_no_result_lies_in_a_folder_of_its_owner_alone() -> None:
    for module in MODULES:
        assert names(module) & OF_ITS_OWNER_ALONE == set(), place(module)
