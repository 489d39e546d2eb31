from pathlib import Path

import pytest

from sortition.errors import InputErrors
from sortition.folders import placing
from sortition.folders.settling import settle
from sortition.tables.written.results import write_files


def _hold_open(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """Refuse to move a file of that name, as Windows does while a spreadsheet has it."""
    replace, left = Path.replace, [times]

    def refusing(self: Path, target: Path) -> Path:
        if self.name == name and left[0] > 0:
            left[0] -= 1
            raise PermissionError(13, "in use", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    monkeypatch.setattr(placing, "PAUSE", 0.01)


def test_a_file_held_for_a_moment_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, {"a.csv": b"old"}, overwrite=False)
    _hold_open(monkeypatch, "a.csv", 3)
    write_files(tmp_path, {"a.csv": b"new"}, overwrite=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"new"}


def test_a_file_that_stays_open_is_named_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = {"a.csv": b"old a", "b.csv": b"old b"}
    write_files(tmp_path, former, overwrite=False)
    _hold_open(monkeypatch, "b.csv", 10**9)
    monkeypatch.setattr(placing, "PATIENCE", 0.05)
    with pytest.raises(InputErrors) as caught:
        write_files(tmp_path, {"a.csv": b"new a", "b.csv": b"new b"}, overwrite=True)
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == ("output-held-open", str(tmp_path / "b.csv"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == former


def test_what_cannot_be_undone_at_once_is_undone_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    former = {"a.csv": b"old a", "b.csv": b"old b"}
    write_files(out, former, overwrite=False)
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if target == out / "b.csv" or (target == out / "a.csv" and "former" in self.parts):
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    with monkeypatch.context() as held:
        held.setattr(Path, "replace", refusing)
        held.setattr(placing, "PATIENCE", 0.05)
        with pytest.raises(InputErrors) as caught:
            write_files(out, {"a.csv": b"new a", "b.csv": b"new b"}, overwrite=True)
    assert [fault.code for fault in caught.value.faults] == ["folder-not-undone"]
    assert [finding.code for finding in settle(out)] == ["folder-undone"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == former
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
