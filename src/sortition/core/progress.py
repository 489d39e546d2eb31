"""How far a computation is, for whoever wants to show it."""

from __future__ import annotations

from typing import Literal, Protocol

Phase = Literal[
    "read",
    "optimise",
    "decompose",
    "tickets",
    "reserve",
    "sample",
    "check",
    "simulate",
    "seat",
    "write",
]


class Progress(Protocol):
    """What the computations report to."""

    def phase(self, phase: Phase) -> None:
        """A phase begins, perhaps again."""

    def decomposed(self, mass: float) -> None:
        """The panels found so far carry this much of the probability, from 0 to 1."""


class Counting(Progress, Protocol):
    """What computations of many equal parts report to as well."""

    def done(self, part: float) -> None:
        """So much of the phase is done, from 0 to 1."""


class Silent:
    """Reports to nobody."""

    def phase(self, phase: Phase) -> None: ...

    def decomposed(self, mass: float) -> None: ...

    def done(self, part: float) -> None: ...
