"""The examples in the guide to files are read without a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sortition.instance.reading import read_instance
from tests.tables.making import write

GUIDE = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
POOL, *QUOTAS = re.findall(r"```csv\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(
    ("number", "features", "bounds"),
    [
        (0, ("age", "gender"), [(0, 1), (1, 1), (1, 2), (1, 2), (1, 2)]),
        (1, ("age", "gender"), [(0, 1), (1, 2), (1, 2), (1, 2), (1, 2)]),
        (2, ("age", "education", "gender"), [(0, 1), (0, 1), (1, 2), (1, 2)]),
        (3, ("age", "gender"), [(1, 1), (1, 1), (1, 1), (1, 2), (1, 2)]),
    ],
)
def test_examples(
    tmp_path: Path, number: int, features: tuple[str, ...], bounds: list[tuple[int, int]]
) -> None:
    read = read_instance(
        write(tmp_path / "pool.csv", POOL),
        write(tmp_path / "quotas.csv", QUOTAS[number]),
        panel_size=3,
        household_columns=("street", "zip"),
        household_limit=2,
    )
    assert read.instance.pool.features == features
    assert [(row.lower, row.upper) for row in read.instance.quotas.rows] == bounds
    households = [member.household for member in read.instance.pool.members]
    assert households == [0, None, None, 0, None, None]


def test_every_example_is_tried() -> None:
    assert len(QUOTAS) == 4
