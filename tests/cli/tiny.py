"""The pool of `tests.making.passed_over` as files."""

from __future__ import annotations

from tests.making import passed_over

_INSTANCE = passed_over()
POOL = "id,a,d,e\n" + "".join(
    f"{member.id},{','.join(member.values)}\n" for member in _INSTANCE.pool.members
)
QUOTAS = "feature,value,min,max\n" + "".join(
    f"{quota.feature},{quota.value},{quota.lower},{quota.upper}\n"
    for quota in _INSTANCE.quotas.rows
)
