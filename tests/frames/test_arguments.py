"""What a function is given is read by what it says that it takes, or refused in words."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sortition
from sortition.frames.arguments import admitted
from sortition.frames.sources import Names, Sources
from sortition.model import SolverName

SMALL = pd.DataFrame(
    {"id": ["007", "08", "0009", "0010"], "sex": list("ffmm"), "home": list("xyxy")}, dtype="str"
)
BOUNDS = pd.DataFrame({"feature": "sex", "value": list("fm"), "min": 1, "max": 1})
FUNCTIONS = [
    function
    for function in (getattr(sortition, name) for name in sortition.__all__)
    if inspect.isfunction(function)
]
METHODS = [
    sortition.LotteryResult.draw,
    sortition.SelectionResult.save,
    sortition.SeatingResult.save,
]


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(sortition.InputErrors) as raised:
        call()
    return raised.value.__notes__


@pytest.mark.parametrize("function", [*FUNCTIONS, *METHODS], ids=lambda one: one.__qualname__)
def test_nothing_that_is_none_of_its_kinds_gets_further(function: Callable[..., object]) -> None:
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    own = [object()] if function in METHODS else []
    said = refused(lambda: function(*own, **dict.fromkeys(names, object())))
    assert [line.partition(" takes ")[0] for line in said] == [f"{name}=" for name in names]
    assert all(line.endswith(", not object.") for line in said)


WRONG: dict[str, Any] = {
    "size= takes int, not str.": {"size": "2"},
    "size= takes int, not float.": {"size": 2.0},
    "size= takes int, not bool.": {"size": True},
    "size= takes int, not None.": {"size": None},
    "tickets= takes int, not float64.": {"tickets": np.float64(100)},
    "gamma= takes float, not str.": {"gamma": "1"},
    "household= takes str or a sequence of str, not dict.": {"household": {"home": "x"}},
    "household= takes str or a sequence of str, not set of str.": {"household": {"home"}},
    "household= takes str or a sequence of str, not list of int, str.": {"household": ["home", 3]},
    "seated= takes DataFrame, str or PathLike, not Series.": {"seated": SMALL["id"]},
    "mapping= takes str or PathLike, not DataFrame.": {"mapping": SMALL},
    "solver= cannot be “HiGHS”. It must be one of: highs, cbc.": {"solver": "HiGHS"},
    "mapping= is empty. Give a name; a dot stands for this folder.": {"mapping": ""},
}


@pytest.mark.parametrize(("said", "asked"), WRONG.items(), ids=WRONG.keys())
def test_what_does_not_fit_is_said(said: str, asked: dict[str, Any]) -> None:
    asked = {"size": 2, **asked}
    assert refused(lambda: sortition.lottery(SMALL, BOUNDS, **asked)) == [said]


def test_all_of_it_is_said_at_once() -> None:
    said = refused(lambda: sortition.lottery(SMALL["id"], BOUNDS, size="2", mix=3))  # type: ignore[arg-type]
    assert [line.partition("=")[0] for line in said] == ["pool", "size", "mix"]


def test_names_that_no_file_has(tmp_path: Path) -> None:
    selection = sortition.lottery(SMALL, BOUNDS, size=2).draw(seed="1")
    for name in ("a\0b", "a" * 300):
        for call in (
            lambda name=name: selection.save(tmp_path / name),
            lambda name=name: sortition.verify(tmp_path / name),
            lambda name=name: sortition.lottery(tmp_path / name, BOUNDS, size=2),
        ):
            assert refused(call)[0].startswith("No file or folder can be called")


def test_numbers_and_sequences_may_be_those_of_numpy_and_pandas(tmp_path: Path) -> None:
    plain = sortition.lottery(SMALL, BOUNDS, size=2, tickets=1000, household="home", gamma=2.0)
    for home in (["home"], ("home",), np.array(["home"]), pd.Index(["home"]), pd.Series(["home"])):
        own = sortition.lottery(
            SMALL,
            BOUNDS,
            size=BOUNDS["min"].sum(),  # type: ignore[arg-type]
            tickets=np.int32(1000),  # type: ignore[arg-type]
            household=home,  # type: ignore[arg-type]
            gamma=np.float32(2),  # type: ignore[arg-type]
        )
        assert own.digest == plain.digest
    assert sortition.verify(own.draw(seed="1").save(tmp_path / "panel"))


SIGNATURE = inspect.Signature(
    [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind)
        for name, kind in {
            "whole": int,
            "share": float | str,
            "day": datetime.date | None,
            "truth": bool,
            "names": Names,
            "sources": Sources,
            "solver": SolverName | None,
        }.items()
    ]
)
READ: list[tuple[str, Any, Any]] = [
    ("whole", np.int64(3), 3),
    ("share", 1, 1.0),
    ("share", "3%", "3%"),
    ("day", pd.Timestamp("2026-11-29 12:00"), datetime.date(2026, 11, 29)),
    ("day", None, None),
    ("truth", np.True_, True),
    ("names", "a,b", "a,b"),
    ("names", iter(["a", "b"]), ("a", "b")),
    ("names", None, None),
    ("sources", ["a.csv", Path("b.csv")], ("a.csv", Path("b.csv"))),
    ("solver", "cbc", "cbc"),
]


@pytest.mark.parametrize(("name", "given", "taken"), READ)
def test_what_fits_is_taken_as_a_step_takes_it(name: str, given: Any, taken: Any) -> None:
    read = admitted(SIGNATURE, {name: given})[name]
    assert (read, type(read)) == (taken, type(taken))


def test_bounds_that_a_command_has_hold_here_as_well() -> None:
    town = pd.DataFrame({"sex": ["women", "men"], "people": [5_150, 4_850]})
    assert refused(lambda: sortition.quotas_from(town, size=10, width=-1, at_least=-1)) == [
        "width= cannot be “-1”. It must be a whole number, 0 at least.",
        "at_least= cannot be “-1”. It must be a whole number, 0 at least.",
    ]
    assert refused(lambda: sortition.quotas_from([], size=10)) == ["population= is missing."]
    assert refused(lambda: sortition.compare(SMALL, BOUNDS, size=2, draws=0)) == [
        "draws= cannot be “0”. It must be a whole number, 1 at least."
    ]
    both: dict[str, Any] = {"rate": 0.1, "rates": SMALL}
    for asked in ({}, both):
        plan = partial(sortition.plan, BOUNDS, size=2, **asked)
        assert refused(plan) == ["Give one of rates= and rate=."]
    form = pd.DataFrame({"E-mail": ["a@x.dk"], "sex": ["f"]})
    assert refused(lambda: sortition.intake(form, BOUNDS, size=0))[0].startswith(
        "A panel cannot have 0 people."
    )
