from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Quota
from sortition.steps.quotas.writing import QuotaLine, percent, quota_csv
from sortition.tables.reading import read_table
from tests.tables.making import write, write_workbook


def line(feature: str, value: str) -> QuotaLine:
    return QuotaLine(
        feature=feature,
        value=value,
        lower=1,
        upper=3,
        people=Fraction("12.5"),
        share=Fraction(1, 3),
        seats=2,
    )


def test_bytes(tmp_path: Path) -> None:
    like = read_table(write(tmp_path / "like.csv", "\ufeffa;b\n1;2\n"))
    notes = ["made by hand; from “a”", "twice"]
    assert quota_csv([line("køn", "Kvinder"), line("by", "=A1+1")], notes, like=like).decode() == (
        "\ufefffeature;value;min;max;population;share;seats\n"
        "køn;Kvinder;1;3;12,5;33,33%;2\n"
        "by;'=A1+1;1;3;12,5;33,33%;2\n"
        '"# made by hand; from “a”"\n'
        "# twice\n"
    )


def test_a_workbook_gives_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    like = read_table(write_workbook(tmp_path / "like.xlsx", [["a", "b"], ["x", "y"]]))
    written = quota_csv([line("sex", "a,b")], [], like=like)
    assert written.startswith(b"\xef\xbb\xbffeature;value;")
    assert written.splitlines()[1] == b"sex;a,b;1;3;12,5;33,33%;2"


@pytest.mark.parametrize("head", ["a,b", "\ufeffa;b", "a\tb"])
def test_the_reader_reads_what_is_written(tmp_path: Path, head: str) -> None:
    like = read_table(write(tmp_path / "like.csv", f"{head}\n{head[-3:]}\n"))
    lines = [line("alder", "16-29"), line("alder", "30, 31; 32"), line("køn", "Mænd")]
    out = write(tmp_path / "q.csv", quota_csv(lines, ['a "note"; and, so on'], like=like))
    assert read_quota_sheet(out).quotas.rows == tuple(
        Quota(feature=row.feature, value=row.value, lower=1, upper=3) for row in lines
    )


@pytest.mark.parametrize(
    ("share", "text"),
    [((1, 1), "100.00"), ((1, 3), "33.33"), ((2, 3), "66.67"), ((0, 1), "0.00"), ((1, 20), "5.00")],
)
def test_percent(share: tuple[int, int], text: str) -> None:
    assert percent(Fraction(*share)) == text
