"""The peer: another package that finds fair lotteries, in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from sortition.bench.choices import PeerName
from sortition.bench.processes import Usage, timed
from sortition.bench.subjects import Subject
from sortition.errors import SortitionError

SOLVER = "highspy"
NO_LIMIT = 10**6  # seconds; the stopwatch ends a run, not the package
ASK_VERSIONS = """
import json, sys, importlib.metadata, sortition_algorithms
json.dump({name: importlib.metadata.version(name) for name in sys.argv[1:]}, sys.stdout)
"""


class PeerMissing(SortitionError):
    """The peer could not be installed.

    Attributes
    ----------
    reason : str
        What stood in the way, as the installer said it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The peer, ready to run.

    Attributes
    ----------
    name : str
    python : Path
        The Python of its environment.
    versions : mapping of str to str
        Of the package and its solver.
    """

    name: PeerName
    python: Path
    versions: Mapping[str, str]

    def run(self, subject: Subject, out: Path, *, limit: float) -> tuple[Usage, float | None]:
        """One measured run of its maximin, and the lowest chance that it reports.

        Parameters
        ----------
        subject : Subject
            With an id column.
        out : Path
            An empty folder.
        limit : float
            Seconds after which the run is ended.

        Raises
        ------
        RunFailed
        TookTooLong
        """
        with as_file(files("sortition.bench") / "peer_driver.py") as driver:
            read = [subject.pool, subject.quotas, subject.size, subject.id_column]
            arguments = [*read, out, "maximin", NO_LIMIT]
            usage = timed(
                [
                    *(str(self.python), "-I", str(driver)),
                    *map(str, arguments),
                    *subject.household_columns,
                ],
                limit=limit,
            )
        return usage, json.loads((out / "lowest.json").read_text(encoding="utf-8"))


def install_peer(name: PeerName) -> Peer:
    """Make the environment of the peer, unless it is there, and load it once.

    It is kept in the user's cache folder; remove it there to get a newer version.

    Raises
    ------
    PeerMissing
    """
    folder = _cache() / "sortition" / "bench" / f"{name}-python{sys.version_info.minor}"
    python = folder / "bin" / "python"
    try:
        versions = _versions(python, name)
    except (PeerMissing, OSError):
        _call([sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _call([*pip, name, SOLVER])
        versions = _versions(python, name)
    return Peer(name=name, python=python, versions=versions)


def _versions(python: Path, name: str) -> dict[str, str]:
    versions: dict[str, str] = json.loads(
        _call([str(python), "-I", "-c", ASK_VERSIONS, name, SOLVER])
    )
    return versions


def _call(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise PeerMissing("".join(last) or f"exit code {done.returncode}")
    return done.stdout


def _cache() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
