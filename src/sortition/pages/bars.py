"""Bars for groups: where they begin and how long they are; the template draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["panel", "beside", "span"]  # filled, light, or an outline alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; 1 is the width of the picture."""

    kind: Kind
    length: float
    start: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """The bars of one group.

    Attributes
    ----------
    name : str
    bars : tuple of Bar
        From the top down.
    words : str
        The same in words and figures.
    alarm : str
        What is wrong with the group; empty if nothing is.
    """

    name: str
    bars: tuple[Bar, ...]
    words: str
    alarm: str = ""
