from __future__ import annotations

from sortition.errors import Finding, InputErrors
from sortition.tables.faults import attempt

FAULT = Finding(code="file-empty")


def _fail() -> str:
    raise InputErrors((FAULT,))


def test_faults_are_kept_and_results_passed_on() -> None:
    faults: list[Finding] = []
    assert attempt(faults, _fail) is None
    assert attempt(faults, lambda: "read") == "read"
    assert faults == [FAULT]
