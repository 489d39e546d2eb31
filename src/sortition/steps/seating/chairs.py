"""How many tables there are, from the chairs that each has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sortition.errors import Finding, InputErrors

ONE = re.compile(r"([1-9][0-9]{0,3})")
RANGE = re.compile(r"([1-9][0-9]{0,3}) ?[-–] ?([1-9][0-9]{0,3})")
LIST = re.compile(r"[1-9][0-9]{0,3}(?: ?, ?[1-9][0-9]{0,3})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables that people sit at.

    Attributes
    ----------
    count : int
    chairs : tuple of int
        How many each has; empty: all are equally large, give or take one person.
    """

    count: int
    chairs: tuple[int, ...] = ()


def tables_with(chairs: str, people: int) -> Tables:
    """The tables for some people.

    Parameters
    ----------
    chairs : str
        ``6``: as few tables as hold everybody, with at most six at each. ``6-8``: tables of six to
        eight. ``4,6,8``: a table of four, one of six and one of eight.
    people : int

    Raises
    ------
    InputErrors
        If it is none of these, or people do not fit.
    """
    written = chairs.strip()
    if ONE.fullmatch(written):
        return Tables(count=max(1, -(-people // int(written))))
    if LIST.fullmatch(written):
        each = tuple(map(int, written.split(",")))
        if sum(each) < people:
            raise _fault("seating-chairs-too-few", written, chairs=sum(each), people=people)
        return Tables(count=len(each), chairs=each)
    between = RANGE.fullmatch(written)
    if between is None or int(between[1]) > int(between[2]):
        raise _fault("seating-chairs-unclear", chairs)
    fewest, most = map(int, between.groups())
    fitting = range(-(-people // most), people // fewest + 1)
    if not fitting:
        raise _fault("seating-chairs-none-fit", written, people=people)
    return Tables(count=min(fitting, key=lambda tables: abs(2 * people - tables * (fewest + most))))


def _fault(code: str, value: str, **facts: str | int) -> InputErrors:
    return InputErrors((Finding(code=code, value=value, facts=facts),))
