from __future__ import annotations

import pytest

from sortition.errors import Finding, InputErrors
from sortition.model import Instance, Pool, PoolMember
from tests.making import instance, quotas_of

TWO = {"sex": {"f": (0, 2), "m": (0, 2)}}


def faults(pool: Pool, size: int = 2) -> tuple[Finding, ...]:
    with pytest.raises(InputErrors) as caught:
        Instance(pool=pool, quotas=quotas_of(TWO), panel_size=size)
    return caught.value.faults


def pool(features: tuple[str, ...], *values: str) -> Pool:
    members = (PoolMember(id=str(n), values=tuple(v.split())) for n, v in enumerate(values))
    return Pool(features=features, members=tuple(members))


def test_the_whole_pool_may_be_the_panel() -> None:
    assert instance(["f", "m"], TWO, 2).panel_size == 2


@pytest.mark.parametrize(
    ("size", "fault"),
    [
        (0, Finding(code="panel-size-not-positive", value="0")),
        (-3, Finding(code="panel-size-not-positive", value="-3")),
        (4, Finding(code="panel-larger-than-pool", facts={"size": 4, "pool": 3})),
    ],
)
def test_panel_sizes_that_cannot_be(size: int, fault: Finding) -> None:
    assert fault in faults(pool(("sex",), "f", "m", "m"), size)


def test_features_that_pool_and_quotas_do_not_share() -> None:
    assert faults(pool(("age",), "16", "17")) == (
        Finding(code="feature-without-column", column="sex"),
        Finding(code="feature-without-quota", column="age"),
    )


def test_values_without_a_quota_are_each_told_once() -> None:
    assert faults(pool(("sex",), "f", "x", "x", "M")) == (
        Finding(code="unknown-value", column="sex", value="M"),
        Finding(code="unknown-value", column="sex", value="x"),
    )


def test_all_faults_at_once() -> None:
    codes = [fault.code for fault in faults(pool(("sex",), "x", "f"), 5)]
    assert codes == ["panel-larger-than-pool", "quota-maximums-below-size", "unknown-value"]
