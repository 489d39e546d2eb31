"""The verifier as one file, run by interpreters that have nothing installed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.forging import Documents, Files, forged, make_run, write_run
from tests.budgets import in_large
from tests.cli.running import ROOT, sortition
from tests.steps.publish.published import BY_NUMBERS, SEED, draw, publish


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pyz") / "verify.pyz"
    make(target)
    return target


def make(target: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "make_pyz.py", target], check=True)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_run(tmp_path_factory.mktemp("run"))


def bare(
    python: Path | str, archive: Path, *arguments: Path | str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(python), "-I", "-S", str(archive), *map(str, arguments)],
        env={},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def other_pythons() -> Iterator[tuple[Path, bool]]:
    """Other interpreters of this machine, and whether they are new enough."""
    probe = "import sys; print(sys.version_info[:2] >= (3, 11), sys.version_info[:2])"
    seen = {f"True {sys.version_info[:2]}"}
    places = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    for path in [*places, *sorted(Path("/usr/bin").glob("python3.[0-9]*"))]:
        done = subprocess.run([path, "-c", probe], capture_output=True, text=True, check=False)
        said = done.stdout.strip()
        if done.returncode == 0 and said not in seen:
            seen.add(said)
            yield path, said.startswith("True")


def test_a_run_and_a_forgery(tmp_path: Path, archive: Path, files: Files) -> None:
    sound = bare(sys.executable, archive, write_run(tmp_path / "run", files))
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "claims hold for the files given" in sound.stdout.splitlines()[-1]

    def change(run: Documents) -> None:
        run.report["certificate"]["cuts"] = 7

    folder = write_run(tmp_path / "run", forged(files, change))
    unsound = bare(sys.executable, archive, folder)
    assert (unsound.returncode, unsound.stderr) == (1, "")
    assert "report.json: certificate.cuts is 7, but computed as 0." in unsound.stdout
    assert '"computed": "0"' in bare(sys.executable, archive, folder, "--json").stdout
    announced = bare(sys.executable, archive, folder, "--announced", "0" * 64)
    assert "was announced" in announced.stdout


def test_no_folder(tmp_path: Path, archive: Path) -> None:
    done = bare(sys.executable, archive, tmp_path / "absent")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a folder" in done.stderr


def test_other_versions_of_python(tmp_path: Path, archive: Path, files: Files) -> None:
    folder = write_run(tmp_path / "run", files)
    pythons = list(other_pythons())
    if not pythons:
        pytest.skip("there is no other Python here")
    for python, new_enough in pythons:
        done = bare(python, archive, folder)
        if new_enough:
            assert (done.returncode, done.stderr) == (0, ""), python
        else:
            assert done.returncode == 2, python
            assert done.stderr == "verify.pyz needs Python 3.11 or later.\n"


@in_large  # five calls of each version
def test_published_lotteries_on_other_versions_of_python(tmp_path: Path, archive: Path) -> None:
    """What one version wrote verifies on another: the folder, its public part, both archives."""
    lottery = publish(tmp_path, *BY_NUMBERS)
    assert draw(lottery, "--seed", SEED).code == 0
    assert sortition("pack", lottery, cwd=tmp_path).code == 0
    places = [lottery, *(lottery / name for name in ("public", "public.zip", "sealed.zip"))]
    broken = tmp_path / "broken.zip"
    broken.write_bytes((lottery / "public.zip").read_bytes().replace(b'"weight":', b'"weigth":', 1))
    pythons = [Path(sys.executable), *(python for python, new in other_pythons() if new)]
    for python in pythons:
        for place in places:
            done = bare(python, archive, place)
            assert (done.returncode, done.stderr) == (0, ""), (python, place)
        assert bare(python, archive, broken).returncode == 2, python


def test_it_holds_what_is_needed_as_it_stands_in_the_source(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        for name in names:
            if name != "__main__.py":
                assert opened.read(name) == (ROOT / "src" / name).read_bytes()
    parts = {name.split("/")[1] for name in names if name != "__main__.py"}
    assert parts == {"__init__.py", "audit", "errors.py", "model", "texts"}
    assert "sortition/texts/findings/verification.toml" in names


def test_the_same_source_gives_the_same_bytes(tmp_path: Path, archive: Path) -> None:
    make(tmp_path / "again.pyz")
    assert (tmp_path / "again.pyz").read_bytes() == archive.read_bytes()
