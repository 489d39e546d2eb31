from pathlib import Path

import pytest

from sortition.errors import InputErrors
from sortition.tables.written import placing
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


def test_former_results_that_cannot_be_put_back_are_kept_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write_files(out, {"a.csv": b"old a", "b.csv": b"old b"}, overwrite=False)
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        into_place = target.parent == out and target.name == "a.csv"
        if into_place or (self.parent == out and self.name == "b.csv"):
            raise PermissionError(13, "in use", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    monkeypatch.setattr(placing, "PATIENCE", 0.05)
    with pytest.raises(InputErrors) as caught:
        write_files(out, {"a.csv": b"new a", "b.csv": b"new b"}, overwrite=True)
    (fault,) = caught.value.faults
    assert fault.code == "output-stranded"
    aside = Path(str(fault.facts["aside"]))
    assert (aside / "a.csv").read_bytes() == b"old a"
    assert (out / "b.csv").read_bytes() == b"old b"
