"""Nobody's cells stand in what a result prints, nor in the text of an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sortition

MARK, VALUE = "qzx", "qzy"  # in every cell, and in no word of ours
FEATURES = ["køn", "aldersgruppe", "uddannelse", "bydel"]


@pytest.fixture
def marked(pool: pd.DataFrame) -> pd.DataFrame:
    """The sample with a mark in each of its cells; those that have quotas have their own."""
    return (MARK + pool).assign(**{name: VALUE + pool[name] for name in FEATURES})


@pytest.fixture
def bounds(quotas: pd.DataFrame) -> pd.DataFrame:
    return quotas.assign(værdi=VALUE + quotas["værdi"])


def shown(result: object) -> str:
    """All that a terminal or a notebook shows of a result."""
    return f"{result!r} {result} {result._repr_html_()}"  # type: ignore[attr-defined]


def results(marked: pd.DataFrame, bounds: pd.DataFrame, folder: Path) -> Iterator[object]:
    home = ["adresse", "postnummer"]
    yield sortition.check(marked, bounds, size=36, household=home)
    asked: dict[str, Any] = {"household": home, "alternates": 2, "tickets": 100}
    lottery = sortition.lottery(marked, bounds, size=36, **asked)
    yield lottery
    selection = lottery.draw(seed="1")
    yield selection
    saved = selection.save(folder / "panel")
    yield sortition.replace(saved, list(selection.panel["deltager_id"][:2]))
    yield sortition.verify(saved)
    yield sortition.seat(selection.panel, tables=6, sessions=2, mix="køn", names="fornavn")
    yield sortition.invite(marked, size=20, by="køn", household=home)
    yield sortition.plan(bounds, size=36, rate=0.1, registry=marked, trials=2)


@pytest.mark.usefixtures("short_searches")
def test_results(marked: pd.DataFrame, bounds: pd.DataFrame, tmp_path: Path) -> None:
    for result in results(marked, bounds, tmp_path):
        assert not {mark for mark in (MARK, VALUE) if mark in shown(result)}, type(result)
        assert len(shown(result)) < 5000
        # a traceback with its variables prints what lies inside; quotas are no secret
        assert MARK not in repr(vars(result)), type(result)


def test_errors(marked: pd.DataFrame, bounds: pd.DataFrame) -> None:
    """The notes say where a fault is, as the command does; the text of the error does not."""
    twice = pd.concat([marked, marked.iloc[:3]])
    strange = marked.assign(køn=MARK + "?")
    for wrong in (twice, strange, marked[["deltager_id", "køn"]], marked.iloc[:36]):
        with pytest.raises(sortition.SortitionError) as raised:
            sortition.lottery(wrong, bounds, size=36)
        said = f"{raised.value} {raised.value!r}"
        assert not {mark for mark in (MARK, VALUE) if mark in said}
