"""A certificate that would take days to check is refused before it is begun."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sortition.audit.canonical import canonical_json
from sortition.audit.certificate.effort import MOST_STEPS, steps_of
from sortition.audit.certificate.file import read_certificate
from sortition.errors import VerificationFailed
from tests.audit.forging import make_run
from tests.budgets import in_large

GROUPS, ROWS = 1000, 300


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Any:
    files = make_run(tmp_path_factory.mktemp("run"))
    return json.loads(files["certificate.json"])


def of_many_groups(honest: Any, *, proofs: int = 1, cases: int = 0, number: int = 1) -> Any:
    """A certificate of a megabyte or a few, with every row over every group."""
    row = {**honest["rows"][0], "groups": [[group, 1] for group in range(GROUPS)]}
    proof = {
        **honest["proofs"][0],
        "weights": [1] * GROUPS,
        "counterweights": [0] * GROUPS,
        "multipliers": [number] * ROWS,
        "settled": [],
    }
    case = {"branch": [], "multipliers": [[row, number] for row in range(ROWS)]}
    return {
        **honest,
        "groups": [[str(group)] for group in range(GROUPS)],
        "reached": [1] * GROUPS,
        "rows": [row] * ROWS,
        "cuts": [],
        "excluded": [{**honest["excluded"][0], "cases": [case] * cases}],
        "proofs": [proof] * proofs,
    }


def test_an_honest_one_is_far_from_the_bound(honest: Any) -> None:
    assert steps_of(honest) < MOST_STEPS / 1000
    assert read_certificate(canonical_json(honest), "certificate.json").certificate.people


@pytest.mark.parametrize(
    "hostile",
    [
        lambda honest: of_many_groups(honest, proofs=350),
        pytest.param(lambda honest: of_many_groups(honest, cases=350), marks=in_large),
        pytest.param(
            lambda honest: of_many_groups(honest, proofs=40, number=10**390), marks=in_large
        ),
        pytest.param(
            lambda honest: of_many_groups(honest, cases=40, number=10**390), marks=in_large
        ),
    ],
    ids=["many proofs", "many cases", "long numbers in proofs", "long numbers in cases"],
)
def test_days_of_sums_are_refused_at_once(honest: Any, hostile: Callable[[Any], Any]) -> None:
    content = canonical_json(hostile(honest))
    with pytest.raises(VerificationFailed) as refused:
        read_certificate(content, "certificate.json")
    assert {finding.code for finding in refused.value.findings} == {"verify-too-much"}


def test_as_much_as_is_honest_is_read(honest: Any) -> None:
    content = canonical_json(of_many_groups(honest, proofs=10))
    assert read_certificate(content, "certificate.json").certificate.people == GROUPS
