"""Arguments as a step takes them, by what the function says that it takes.

A command reads its options, so that a choice that is none, or a text for a number, comes no
further. Here the annotations of a function say what is read: whole numbers may be those of NumPy,
a sequence an index or an array, and whatever does not fit is a fault like all others.
"""

from __future__ import annotations

import datetime
import operator
import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from inspect import Parameter, Signature
from numbers import Real
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import numpy as np
import pandas as pd

from sortition.errors import Finding, InputErrors
from sortition.folders.names import impossible
from sortition.tables.faults import attempt

NO_SEQUENCE = (str, bytes, Mapping, Set, pd.DataFrame)  # their parts have no order, or are not all


def admitted(signature: Signature, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, each as its annotation says.

    Raises
    ------
    InputErrors
        With everything that does not fit.
    """
    faults: list[Finding] = []
    kinds = {name: parameter.annotation for name, parameter in signature.parameters.items()}
    taken = {
        name: attempt(faults, partial(_admitted, f"{name}=", value, kinds[name]))
        for name, value in given.items()
    }
    if faults:
        raise InputErrors(tuple(faults))
    return taken


def _admitted(argument: str, value: Any, kind: Any) -> Any:
    try:
        return _fitting(argument, value, kind)
    except TypeError:
        raise InputErrors((_unfit(argument, value, kind),)) from None


def _fitting(argument: str, value: Any, kind: Any) -> Any:
    """The value as the first of the kinds that it fits; a TypeError if it fits none."""
    kinds = _kinds(kind)
    if isinstance(value, str | os.PathLike) and any(
        get_origin(one) is os.PathLike for one in kinds
    ):
        _check_name(argument, value)
    for one in kinds:
        try:
            return _as(argument, value, one)
        except TypeError:
            continue
    raise TypeError


def _as(argument: str, value: Any, kind: Any) -> Any:
    if kind is Parameter.empty:  # the object of a method
        return value
    if kind in READ:
        return READ[kind](value)
    if get_origin(kind) is Literal:
        return _required(value, isinstance(value, str) and value in get_args(kind))
    if get_origin(kind) is Sequence:
        _required(value, isinstance(value, Iterable) and not isinstance(value, NO_SEQUENCE))
        return tuple(_fitting(argument, one, get_args(kind)[0]) for one in value)
    return _required(value, isinstance(value, get_origin(kind) or kind))


def _check_name(argument: str, place: str | os.PathLike[str]) -> None:
    if place == "":
        raise InputErrors((Finding(code="usage-place-empty", value=argument),))
    if faults := tuple(impossible([Path(place)])):
        raise InputErrors(faults)


def _whole(value: Any) -> int:
    return operator.index(_required(value, not isinstance(value, bool)))


def _number(value: Any) -> float:
    return float(_required(value, isinstance(value, Real) and not isinstance(value, bool)))


def _truth(value: Any) -> bool:
    return bool(_required(value, isinstance(value, bool | np.bool_)))


def _day(value: Any) -> datetime.date:
    day: datetime.date = _required(value, isinstance(value, datetime.date))
    return day.date() if isinstance(day, datetime.datetime) else day


READ: dict[Any, Callable[[Any], Any]] = {
    int: _whole,
    float: _number,
    bool: _truth,
    datetime.date: _day,
}


def _required(value: Any, fits: bool) -> Any:
    if not fits:
        raise TypeError
    return value


def _kinds(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _unfit(argument: str, value: object, kind: Any) -> Finding:
    choices = [each for one in _kinds(kind) if get_origin(one) is Literal for each in get_args(one)]
    if choices and isinstance(value, str):
        facts = {"option": argument, "known": ", ".join(choices)}
        return Finding(code="usage-choice", value=value, facts=facts)
    facts = {"option": argument, "kinds": _listed(kind), "given": _described(value)}
    return Finding(code="usage-kind", facts=facts)


def _listed(kind: Any) -> str:
    """The kinds as the docstrings name them."""
    kinds = [one for one in _kinds(kind) if one is not NoneType]
    named = [_named(one, [other for other in kinds if other != one]) for one in kinds]
    return " or ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _named(kind: Any, others: Sequence[Any]) -> str:
    if get_origin(kind) is Literal:
        return "str"
    if get_origin(kind) is Sequence:
        part = get_args(kind)[0]
        several = len(others) > 1 and set(_kinds(part)) == set(others)
        return f"a sequence of {'them' if several else _listed(part)}"
    name: str = (get_origin(kind) or kind).__name__
    return name


def _described(value: object) -> str:
    """What it is and what is in it, and nothing of what that says."""
    name = "None" if value is None else type(value).__name__
    if isinstance(value, str | bytes) or not isinstance(value, Sequence | Set):
        return name
    parts = sorted({type(one).__name__ for one in value})
    return f"{name} of {', '.join(parts)}" if parts else name
