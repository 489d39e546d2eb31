from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Quota
from sortition.steps.check.relaxed import relaxed_csv
from tests.making import quotas_of

BEFORE = quotas_of({"age": {"16-25": (2, 3), "26+": (1, 2)}}).rows


def test_changes_are_made_and_marked(tmp_path: Path) -> None:
    after = replace(BEFORE[0], lower=1)
    path = tmp_path / "relaxed.csv"
    path.write_bytes(relaxed_csv(BEFORE, [after], delimiter=";"))
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "feature;value;min;max;min_before;max_before;changed",
        "age;16-25;1;3;2;3;yes",
        "age;26+;1;2;;;",
    ]
    assert read_quota_sheet(path).quotas.rows == (after, BEFORE[1])


def test_penalties_and_flex_bounds_are_kept(tmp_path: Path) -> None:
    first = replace(BEFORE[0], penalty=3, min_flex=0)
    path = tmp_path / "relaxed.csv"
    path.write_bytes(relaxed_csv([first, BEFORE[1]], []))
    assert read_quota_sheet(path).quotas.rows == (first, BEFORE[1])


def test_formulas_are_neutralised() -> None:
    quotas = [
        Quota(feature="=1+1", value=value, lower=0, upper=1) for value in ("@a", "-b", "+c", "\td")
    ]
    lines = relaxed_csv(quotas, []).decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[:2] for line in lines] == [
        ["'=1+1", f"'{quota.value}"] for quota in quotas
    ]


def test_values_that_look_like_formulas_are_read_as_they_were(tmp_path: Path) -> None:
    quotas = quotas_of({"=age": {"-18": (0, 1), "+65": (0, 1), "@": (0, 1)}}).rows
    path = tmp_path / "relaxed.csv"
    path.write_bytes(relaxed_csv(quotas, []))
    assert read_quota_sheet(path).quotas.rows == quotas
