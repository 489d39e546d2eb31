"""A page as PDF: printed where a browser is, and how to print it where none is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.budgets import in_large
from tests.cli.running import contents, faults_said, sortition, write_inputs

CHECK = ("check", "pool.csv", "quotas.csv", "--size", "2", "--out", "check")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path)
    return tmp_path


@in_large
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not on the PATH")
def test_a_browser_prints_it(folder: Path) -> None:
    done = sortition(*CHECK, "--pdf", "mail/check.pdf", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.endswith("Written: mail/check.pdf\n")
    printed = (folder / "mail" / "check.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert [path.name for path in (folder / "mail").iterdir()] == ["check.pdf"]
    (fault,) = faults_said(sortition(*CHECK[:-1], "again", "--pdf", "mail/check.pdf", cwd=folder))
    assert "already holds results: check.pdf" in fault
    assert (folder / "mail" / "check.pdf").read_bytes() == printed


def test_without_a_browser_it_is_told_how(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("PROGRAMFILES", raising=False)
    done = sortition(*CHECK, "--pdf", "check.pdf", cwd=folder)
    assert done.code == 0
    assert "No PDF was written" in done.stderr
    assert "Open check/check.html in any browser" in done.stderr
    assert (folder / "check" / "check.html").exists()
    assert not (folder / "check.pdf").exists()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ((*CHECK, "--pdf", "check.html"), "Give a name that ends in .pdf"),
        ((*CHECK[:-2], "--pdf", "check.pdf"), "no page is written here"),
        (
            ("quotas", "quotas.csv", "--size", "2", "--pdf", "q.pdf"),
            "Give --out, or for quotas --page",
        ),
    ],
)
def test_what_cannot_be_printed(folder: Path, call: tuple[str, ...], said: str) -> None:
    before = contents(folder)
    (fault,) = faults_said(sortition(*call, cwd=folder))
    assert said in fault
    assert contents(folder) == before
