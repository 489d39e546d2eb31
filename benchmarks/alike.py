"""One lottery and one panel, whatever machine, order and format: the digests of many runs.

    python benchmarks/alike.py FIGURES [ENVIRONMENTS]

selects from the sample in a process of its own for each thing that might matter and does not, and
leaves figures in a folder for `benchmarks/reliability.py`. With a folder for environments, those of
`ENVIRONMENTS` that are not there yet are made in it by uv, with the Pythons that it finds or
fetches, and the same is selected with each; one that cannot be made is named and left out. What is
in the folder of figures already is not tried again. The exit code is 1 if two lotteries or two
panels differ.
"""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
SOURCE = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
OPTIONS = ("--size", "36", "--household", "adresse,postnummer", "--seed", "63454660390103169462")
KERNELS = ("Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen")
LOCALES = ("C", "da_DK.UTF-8", "tr_TR.UTF-8")
ZONES = ("UTC", "Europe/Copenhagen", "Pacific/Chatham", "America/St_Johns")
# the oldest and the newest that are allowed, and what lies between, by its name
ENVIRONMENTS = {
    "oldest": ("3.11", ("highspy==1.12.0", "numpy==2.0.0")),
    "highs-1.13": ("3.11", ("highspy==1.13.1",)),
    "highs-1.14": ("3.11", ("highspy==1.14.0",)),
    "highs-1.15": ("3.11", ("highspy==1.15.1",)),
    "python-3.11": ("3.11", ()),
    "python-3.12": ("3.12", ()),
    "python-3.13": ("3.13", ()),
    "python-3.14": ("3.14", ()),
}
VERSIONS = """
import platform
from importlib.metadata import version
print(f"Python {platform.python_version()}, HiGHS {version('highspy')}, NumPy {version('numpy')}")
"""
Table = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A run, and what is other than usual in it."""

    kind: str
    what: str
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    pool: str = "pool.csv"
    quotas: str = "quotas.csv"
    python: str = sys.executable


def environments(folder: Path) -> Iterator[tuple[int, str]]:
    """The interpreters of all environments that are there or can be made."""
    uv = shutil.which("uv")
    command = [uv] if uv else [sys.executable, "-m", "uv"]
    for number, (name, (version, pinned)) in enumerate(ENVIRONMENTS.items()):
        python = folder / name / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not python.exists():
            unmade = folder / f"{name}.part"
            needed = ["--quiet", "--requirements", str(ROOT / "pyproject.toml"), *pinned]
            made = unmade / python.relative_to(folder / name)
            for step in (
                ["venv", "--quiet", "--clear", "--relocatable", "--python", version, str(unmade)],
                ["pip", "install", "--python", str(made), *needed],
            ):
                if subprocess.run([*command, *step], check=False).returncode:
                    print("left out", name, flush=True)
                    break
            else:
                unmade.rename(folder / name)
        if python.exists():
            yield number, str(python)


def other_versions(folder: Path) -> Iterator[tuple[int, Trial]]:
    """Those of the environments, by numbers that stay if one cannot be made."""
    for number, python in environments(folder):
        done = subprocess.run([python, "-c", VERSIONS], capture_output=True, text=True, check=True)
        yield 100 + number, Trial(kind="versions", what=done.stdout.strip(), python=python)


def trials(home: Path) -> Iterator[Trial]:
    yield Trial(kind="nothing", what="")
    for seed in ("0", "1", "4294967295"):
        yield Trial(kind="hash seeds", what=seed, environment={"PYTHONHASHSEED": seed})
    for count in ("1", "2", "7"):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        yield Trial(kind="threads", what=count, environment=dict.fromkeys(names, count))
    for locale in LOCALES:
        changes = {"LC_ALL": locale, "LANG": locale, "LOCPATH": str(home / "locales")}
        yield Trial(kind="locales", what=locale, environment=changes)
    for zone in ZONES:
        yield Trial(kind="time zones", what=zone, environment={"TZ": zone})
    for kernel in KERNELS:
        changes = {"OPENBLAS_CORETYPE": kernel}
        yield Trial(kind="kernels of the linear algebra", what=kernel, environment=changes)
    for what in ("turned round", "shuffled"):
        yield Trial(kind="orders of rows", what=what, pool=f"rows {what}.csv")
        yield Trial(kind="orders of columns", what=what, pool=f"columns {what}.csv")
    yield Trial(kind="formats", what="XLSX", pool="pool.xlsx", quotas="quotas.xlsx")
    yield Trial(kind="solvers", what="CBC", options=("--solver", "cbc"))


def write_inputs(home: Path) -> None:
    """The sample in all its orders and formats, and the locales."""
    for name in ("pool.csv", "quotas.csv"):
        table = read(SAMPLES / name)
        write(home / name, table)
        book = Workbook(write_only=True)
        sheet = book.create_sheet(name.removesuffix(".csv"))
        for row in table:
            sheet.append(row)
        book.save(home / name.replace(".csv", ".xlsx"))
    header, *rows = read(SAMPLES / "pool.csv")
    write(home / "rows turned round.csv", [header, *rows[::-1]])
    write(home / "rows shuffled.csv", [header, *random.Random(1).sample(rows, len(rows))])
    places = list(range(len(header)))
    for what, order in (
        ("turned round", places[::-1]),
        ("shuffled", random.Random(1).sample(places, len(places))),
    ):
        turned = [[row[place] for place in order] for row in (header, *rows)]
        write(home / f"columns {what}.csv", turned)
    (home / "locales").mkdir()
    for locale in LOCALES[1:]:
        name, _, codes = locale.partition(".")
        command = ["localedef", "-i", name, "-f", codes, str(home / "locales" / locale)]
        subprocess.run(command, check=True)


def read(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def write(path: Path, table: Table) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)


def digests(home: Path, trial: Trial) -> dict[str, str]:
    """What `lottery.json` and `panel.csv` begin with, the latter whatever order it is in."""
    with TemporaryDirectory() as out:
        files = (str(home / trial.pool), str(home / trial.quotas))
        command = [trial.python, "-m", "sortition", "select", *files, *OPTIONS, *trial.options]
        subprocess.run(
            [*command, "--out", f"{out}/run", "--quiet"],
            env={**os.environ, "PYTHONPATH": SOURCE, **trial.environment},
            check=True,
        )
        header, *rows = read(Path(out) / "run" / "panel.csv")
        panel = sorted(sorted(zip(header, row, strict=True)) for row in rows)
        return {
            "lottery": sha256((Path(out) / "run" / "lottery.json").read_bytes()).hexdigest()[:12],
            "panel": sha256(json.dumps(panel).encode()).hexdigest()[:12],
        }


def main() -> int:
    figures, *folders = map(Path, sys.argv[1:])
    figures.mkdir(parents=True, exist_ok=True)
    seen = set()
    with TemporaryDirectory() as folder:
        write_inputs(Path(folder))
        versions = (trial for place in folders for trial in other_versions(place))
        for number, trial in (*enumerate(trials(Path(folder))), *versions):
            place = figures / f"alike-{number:03d}.json"
            if not place.exists():
                told = {"name": f"alike {number:03d}", "kind": trial.kind, "what": trial.what}
                place.write_text(json.dumps(told | digests(Path(folder), trial)), encoding="utf-8")
            found = json.loads(place.read_bytes())
            seen.add((found["lottery"], found["panel"]))
            print(*found.values(), flush=True)
    return int(len(seen) > 1)


if __name__ == "__main__":
    sys.exit(main())
