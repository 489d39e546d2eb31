from __future__ import annotations

from sortition.steps.funnel.counts import funnel
from sortition.steps.funnel.picture import BOTTOM, LEFT, RIGHT, TOP, flow
from tests.steps.funnel.test_counts import stage, through


def test_a_band_is_as_high_as_its_share_at_each_stage() -> None:
    (table,) = through(stage("registry", a=600, b=400), stage("pool", a=30, b=90)).tables
    found = flow(table)
    assert found is not None
    assert [name for name, _ in found.stages] == ["registry", "pool"]
    first, second = (TOP + (BOTTOM - TOP) * share for share in (0.6, 0.25))
    a, b = found.bands
    assert a.path.startswith(f"M{LEFT}.0 {TOP}.0C") or a.path.startswith(f"M{LEFT} {TOP}.0C")
    assert f"{RIGHT} {second:.1f}" in a.path or f"{RIGHT}.0 {second:.1f}" in a.path
    assert f"{first:.1f}" in a.path
    assert f"{first:.1f}" in b.path
    assert a.shade != b.shade


def test_a_share_that_is_not_told_is_not_drawn() -> None:
    stages = (stage("registry", a=500, b=400, c=300), stage("selected", a=2, b=10, c=20))
    (table,) = funnel(stages, ["f"], smallest=5).tables
    assert flow(table) is None
