from __future__ import annotations

from pathlib import Path

from sortition.errors import Finding
from sortition.instance.settings import read_settings
from tests.tables.making import faults_of, write

TEXT = """\
# a comment = 1
[columns]
"Køn" = "gender"   # it is = said

[values."a b"]
x.y = 1
"=" = 2
list = [
  "one",
]
[[drop]]
column = "a"
[[drop]]
column = "b"
"""


def test_keys_and_tables_have_their_lines(tmp_path: Path) -> None:
    read = read_settings(write(tmp_path / "a.toml", TEXT))
    assert read.lines == {
        ("columns",): 2,
        ("columns", "Køn"): 3,
        ("values",): 5,
        ("values", "a b"): 5,
        ("values", "a b", "x"): 6,
        ("values", "a b", "x", "y"): 6,
        ("values", "a b", "="): 7,
        ("values", "a b", "list"): 8,
        ("drop",): 11,
        ("drop", 0): 11,
        ("drop", 0, "column"): 12,
        ("drop", 1): 13,
        ("drop", 1, "column"): 14,
    }
    found = read.finding(code="x", key=("drop", 1, "reason"))
    assert (found.file, found.row, found.facts) == ("a.toml", 13, {"key": "reason"})


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    data = "\ufeffa = 1\r\nb = 2\r\n".encode()
    read = read_settings(write(tmp_path / "a.toml", data))
    assert read.document == {"a": 1, "b": 2}
    assert read.lines == {("a",): 1, ("b",): 2}


def test_what_is_no_toml(tmp_path: Path) -> None:
    broken = write(tmp_path / "a.toml", "a = 1\nKøn = 2\n")
    (fault,) = faults_of(lambda: read_settings(broken))
    assert (fault.code, fault.file, fault.row) == ("setting-not-toml", "a.toml", 2)
    latin = write(tmp_path / "b.toml", '"Køn" = 2\n'.encode("cp1252"))
    assert faults_of(lambda: read_settings(latin)) == (
        Finding(code="setting-not-utf8", file="b.toml"),
    )
    assert [fault.code for fault in faults_of(lambda: read_settings(tmp_path / "c.toml"))] == [
        "file-missing"
    ]
