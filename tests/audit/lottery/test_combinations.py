from __future__ import annotations

import pytest

from sortition.audit.lottery.checks import check_quota_rows
from sortition.audit.lottery.file import PublishedLottery, PublishedPanel, PublishedQuota
from sortition.model import COMBINATION


def _quota(category: str, value: str, *members: str) -> PublishedQuota:
    return PublishedQuota(category=category, value=value, lower=0, upper=2, members=members)


@pytest.mark.parametrize(
    ("value", "members", "wrong"),
    [
        ("sex=f & age=young", ["A"], 0),
        # a friend is left out, so that she is like nobody else
        ("sex=f & age=young", [], 1),
        ("sex=f & age=young", ["A", "B"], 1),
        ("sex=f & age=young", ["D"], 2),
        # of a feature without quotas nothing is known, but who cannot count all the same
        ("sex=f & zone=a", ["A"], 0),
        ("sex=f & zone=a", ["C"], 1),
        ("zone=a & town=b", ["C"], 0),
    ],
)
def test_a_combination_counts_those_who_have_its_values(
    value: str, members: list[str], wrong: int
) -> None:
    lottery = PublishedLottery(
        panel_size=2,
        people=("A", "B", "C", "D"),
        panels=(PublishedPanel(members=("A", "D"), weight=1),),
        quotas=(
            _quota("age", "old", "B", "D"),
            _quota("age", "young", "A", "C"),
            _quota(COMBINATION, value, *members),
            _quota("sex", "f", "A", "B"),
            _quota("sex", "m", "C", "D"),
        ),
        digest="0" * 64,
    )
    found = list(check_quota_rows(lottery))
    assert [finding.facts["count"] for finding in found] == ([wrong] if wrong else [])
    assert {finding.code for finding in found} <= {"verify-quota-values"}
