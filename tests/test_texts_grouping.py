"""Many findings in few lines."""

from __future__ import annotations

from functools import partial

from sortition.errors import Finding
from sortition.texts import describe
from sortition.texts.grouping import MOST_ASSUMED, folded


def _read(number: int) -> Finding:
    facts = {"lower": number, "upper": number + 1}
    code = "quota-percentage-read"
    return Finding(code=code, file="q.csv", row=number, value=f"{number} %", facts=facts)


def test_who_was_left_out_comes_first_and_the_rest_is_folded() -> None:
    facts: dict[str, str | int] = {"count": 2, "rows": "4, 9"}
    dropped = [
        Finding(code="map-dropped", file="p.csv", value=f"reason {n}", facts=facts)
        for n in range(MOST_ASSUMED + 2)
    ]
    numbered = Finding(code="id-column-assumed", file="p.csv", column="id")
    findings = [*map(_read, range(1, 12)), numbered, *dropped]
    told = list(folded(findings, say=describe))
    assert told[: len(dropped)] == list(map(describe, dropped))
    rest = told[len(dropped) :]
    assert rest[:MOST_ASSUMED] == [describe(_read(n)) for n in range(1, MOST_ASSUMED + 1)]
    assert sorted(rest[MOST_ASSUMED:]) == sorted(
        [describe(numbered), f"q.csv: And {11 - MOST_ASSUMED} more like these."]
    )
    danish = list(folded(findings, say=partial(describe, language="da")))
    assert f"q.csv: Og {11 - MOST_ASSUMED} mere af samme slags." in danish


def test_quotas_that_are_not_kept_come_first_and_whole() -> None:
    facts: dict[str, str | int] = {"feature": "age", "lower": 2, "upper": 3, "seats": 1}
    moved = [
        Finding(code="quota-moved", value=f"band {n}", facts=facts) for n in range(MOST_ASSUMED + 2)
    ]
    told = list(folded([*map(_read, range(1, 3)), *moved], say=lambda one: one.value))
    assert told == [one.value for one in [*moved, *map(_read, range(1, 3))]]


def test_as_many_as_there_is_room_for_are_all_told() -> None:
    findings = list(map(_read, range(MOST_ASSUMED)))
    assert list(folded(findings, say=describe)) == list(map(describe, findings))
