"""What is left in a folder: whose it is, and what may be done with it."""

from __future__ import annotations

import errno
import json
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from sortition.audit.unfinished import JOURNAL, WORKSHOP
from sortition.audit.verify import examine
from sortition.errors import InputErrors
from sortition.folders.change import changing
from sortition.folders.settling import settle, steadily
from sortition.tables.written.results import write_files
from tests.cli.running import contents, sortition


def leave(folder: Path, **lists: list[str]) -> Path:
    """A workshop whose process died, with a journal of these files, all of them in their places."""
    workshop = folder / WORKSHOP
    workshop.mkdir(parents=True)
    (workshop / "lock").write_bytes(b"")
    journal = {"folders": [], "new": [], "replaced": [], **lists, "schema": "sortition-change/1"}
    (workshop / JOURNAL).write_text(json.dumps(journal))
    return workshop


@pytest.mark.parametrize(
    "name", ["../outside.csv", "/outside.csv", "..", "", "link/outside.csv", 7, "a/../../outside"]
)
def test_a_journal_that_leads_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.csv").write_text("of somebody")
    folder = tmp_path / "run"
    leave(folder, new=[name])
    (folder / "link").symlink_to(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(InputErrors) as caught:
        settle(folder)
    assert [fault.code for fault in caught.value.faults] == ["folder-journal"]
    assert contents(tmp_path) == before


@pytest.mark.parametrize("there", ["", "list.csv"])
def test_nothing_that_a_link_leads_to_is_written_over(tmp_path: Path, there: str) -> None:
    kept = tmp_path / "elsewhere" / "list.csv"
    kept.parent.mkdir()
    kept.write_text("of somebody")
    workshop = tmp_path / "run" / WORKSHOP
    (workshop / "going" if there else workshop).mkdir(parents=True)
    (workshop / "lock").write_bytes(b"")
    (workshop / "going" / there).symlink_to(tmp_path / "elsewhere" / there)
    settle(tmp_path / "run")
    assert kept.read_text() == "of somebody"


def test_a_workshop_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "holder.json").write_text("of somebody")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / WORKSHOP).symlink_to(tmp_path / "elsewhere")
    assert settle(tmp_path / "run") == ()
    assert (tmp_path / "elsewhere" / "holder.json").read_text() == "of somebody"
    with pytest.raises(InputErrors):
        write_files(tmp_path / "run", {"a": b""}, overwrite=False)


def test_nothing_is_put_in_a_folder_that_is_a_link(tmp_path: Path) -> None:
    """From there nothing could be taken back, and it may be another disk."""
    (tmp_path / "web").mkdir()
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "public").symlink_to(tmp_path / "web")
    files = {"a": b"1", "public/part/b": b"1"}
    for write in (partial(write_files, overwrite=False), make_in):
        with pytest.raises(InputErrors) as caught:
            write(tmp_path / "run", files)
        assert [fault.code for fault in caught.value.faults] == ["output-in-a-link"]
        assert contents(tmp_path) == {}
        assert [path.name for path in (tmp_path / "run").iterdir()] == ["public"]


def write_in(folder: Path, files: dict[str, bytes]) -> None:
    write_files(folder, files, overwrite=False)


def make_in(folder: Path, files: dict[str, bytes]) -> None:
    with changing(folder) as change:
        change.make(files)


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_that_somebody_removes_meanwhile_is_told(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "run"
    if there:
        folder.mkdir()
    with pytest.raises(InputErrors) as caught, changing(folder) as change:
        shutil.rmtree(change.workshop.parent)
        change.make({"a": b"1", "part/b": b"1"})
    assert [fault.code for fault in caught.value.faults] == ["output-not-writable"]
    assert not folder.exists()


def test_a_disk_without_locks_is_told_and_left_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refusing(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refusing)
    with pytest.raises(InputErrors) as caught:
        write_files(tmp_path / "run", {"a": b"1"}, overwrite=False)
    assert [fault.code for fault in caught.value.faults] == ["output-without-locks"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    workshop = tmp_path / WORKSHOP
    workshop.mkdir()
    (workshop / "notes.txt").write_text("of somebody")
    (tmp_path / ".sortition-notes").mkdir()
    write_files(tmp_path, {"a.csv": b"1"}, overwrite=False)
    assert (workshop / "notes.txt").read_text() == "of somebody"
    assert (tmp_path / ".sortition-notes").is_dir()
    assert (tmp_path / "a.csv").read_bytes() == b"1"


def test_what_an_earlier_version_moved_aside_is_named_and_kept(tmp_path: Path) -> None:
    former = tmp_path / "run" / ".sortition-0123456789abcdef" / "former"
    former.mkdir(parents=True)
    (former / "panel.csv").write_text("the only copy")
    (finding,) = settle(tmp_path / "run")
    assert (finding.code, finding.file) == ("folder-of-earlier-version", str(former.parent))
    assert (former / "panel.csv").read_text() == "the only copy"


def test_a_folder_of_the_folder_is_settled_too(tmp_path: Path) -> None:
    """As one in which a step writes apart, and which goes along when the folder is purged."""
    (tmp_path / "run" / "seating").mkdir(parents=True)
    (tmp_path / "run" / "seating" / "b.csv").write_text("new")
    leave(tmp_path / "run" / "seating", new=["b.csv"])
    (finding,) = settle(tmp_path / "run")
    assert (finding.code, finding.file) == ("folder-undone", str(tmp_path / "run" / "seating"))
    assert list((tmp_path / "run").rglob("*")) == [tmp_path / "run" / "seating"]


def test_a_folder_in_two_minds_is_not_verified(tmp_path: Path) -> None:
    """By those who may not write there, or have the verifier alone."""
    leave(tmp_path / "run", new=["public/draw.json"])
    for place in (tmp_path / "run", tmp_path / "run" / "public"):
        with pytest.raises(InputErrors) as caught:
            examine(place)
        assert [fault.code for fault in caught.value.faults] == ["verify-mixed"]


def test_the_next_command_says_what_it_did(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("new")
    leave(tmp_path, new=["b.csv"])
    done = sortition("status", tmp_path, cwd=tmp_path)
    first, *_ = done.stderr.splitlines()
    assert first.startswith(f"A command was broken off while it changed {tmp_path}.")
    assert contents(tmp_path) == {}


def test_who_only_reads_waits_for_nobody_and_reads_one_time(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    write_files(folder, {"a": b"1", "b": b"1"}, overwrite=False)
    seen: list[bytes] = []

    def read() -> tuple[bytes, bytes]:
        first = (folder / "a").read_bytes()
        if not seen:  # somebody changes it just then
            write_files(folder, {"a": b"2", "b": b"2"}, overwrite=True)
        seen.append(first)
        return first, (folder / "b").read_bytes()

    assert steadily(folder, read) == (b"2", b"2")
    assert seen == [b"1", b"2"]
    with changing(folder):
        assert steadily(folder, read) == (b"2", b"2")
