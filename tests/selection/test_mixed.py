from __future__ import annotations

import pytest

from sortition.errors import InputErrors
from sortition.selection.mixed import pairs_mixed
from tests.making import instance

BOTH = {"x": (0, 1), "y": (0, 1)}
PROBLEM = instance(["x x x", "y y y"], {"age": BOTH, "sex": BOTH, "Education": BOTH}, 1)


@pytest.mark.parametrize(
    "asked", ["age×sex,sex×Education", "Education x SEX, sex*Age", "educationxsex,agexsex"]
)
def test_however_it_is_written(asked: str) -> None:
    assert pairs_mixed(asked, PROBLEM) == (("Education", "sex"), ("age", "sex"))


def test_all_and_none() -> None:
    assert pairs_mixed(None, PROBLEM) == ()
    assert pairs_mixed("All", PROBLEM) == (
        ("Education", "age"),
        ("Education", "sex"),
        ("age", "sex"),
    )


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", ["mix-pair-unknown"]),
        ("age", ["mix-pair-unknown"]),
        ("age×age", ["mix-pair-unknown"]),
        ("age×sex×Education", ["mix-pair-unknown"]),
        ("age×height, sex x age, age×sex", ["mix-pair-unknown", "mix-pair-twice"]),
    ],
)
def test_all_faults_at_once(asked: str, codes: list[str]) -> None:
    with pytest.raises(InputErrors) as raised:
        pairs_mixed(asked, PROBLEM)
    assert [finding.code for finding in raised.value.faults] == codes


def test_a_single_feature_has_nothing_to_mix() -> None:
    with pytest.raises(InputErrors) as raised:
        pairs_mixed("all", instance(["x", "y"], {"age": BOTH}, 1))
    assert [finding.code for finding in raised.value.faults] == ["mix-one-feature"]
