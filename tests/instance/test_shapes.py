"""What real files look like, good and bad, and exactly what is found in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sortition.errors import Finding
from sortition.instance.reading import Reading, read_instance
from sortition.model import Quota
from tests.instance import shapes_of_csv, shapes_of_quotas, shapes_of_values, shapes_of_workbooks
from tests.instance.shapes import MEMBERS, Found, Shape
from tests.tables.making import faults_of, write

GOOD = {
    **{f"CSV pool: {name}": shape for name, shape in shapes_of_csv.GOOD.items()},
    **{f"CSV quotas: {name}": shape for name, shape in shapes_of_quotas.QUOTA_GOOD.items()},
    **{f"workbook: {name}": shape for name, shape in shapes_of_workbooks.GOOD.items()},
    **{f"values: {name}": shape for name, shape in shapes_of_values.GOOD.items()},
}
BAD = {
    **{f"CSV pool: {name}": shape for name, shape in shapes_of_csv.FAULTS.items()},
    **{f"CSV quotas: {name}": shape for name, shape in shapes_of_quotas.QUOTA_FAULTS.items()},
    **{f"workbook: {name}": shape for name, shape in shapes_of_workbooks.FAULTS.items()},
    **{f"values: {name}": shape for name, shape in shapes_of_values.FAULTS.items()},
}
QUOTAS = (
    Quota(feature="alder", value="16-25", lower=0, upper=3),
    Quota(feature="alder", value="26+", lower=0, upper=3),
    Quota(feature="køn", value="Kvinde", lower=1, upper=2),
    Quota(feature="køn", value="Mand", lower=1, upper=2),
)


def read(folder: Path, shape: Shape) -> Reading:
    """Read the two files, whose names do not tell what kind they are."""
    pool, quotas = write(folder / "pool", shape.pool), write(folder / "quotas", shape.quotas)
    return read_instance(pool, quotas, panel_size=2, **shape.options)


def found(findings: tuple[Finding, ...]) -> list[Found]:
    """That a workbook is one although its name does not say so is left out."""
    return [
        (finding.file, finding.code, finding.row, finding.column, finding.value)
        for finding in findings
        if finding.code != "workbook-by-content"
    ]


def test_there_are_many() -> None:
    assert len(GOOD) + len(BAD) >= 60


@pytest.mark.parametrize("name", GOOD)
def test_good_shapes(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, GOOD[name])
    assert found(reading.assumed) == list(GOOD[name].found)
    if GOOD[name].same:
        people = reading.instance.pool.members
        assert [(member.id, member.values) for member in people] == MEMBERS
        assert reading.instance.quotas.rows == QUOTAS


@pytest.mark.parametrize("name", BAD)
def test_bad_shapes(tmp_path: Path, name: str) -> None:
    assert found(faults_of(lambda: read(tmp_path, BAD[name]))) == list(BAD[name].found)
