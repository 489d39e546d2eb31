"""How many of those who are invited answer: given, or learnt from an earlier wave.

A rate that was learnt is uncertain. What is known of it is a Beta distribution, as if so many
people had answered and so many had not.

Few people were invited in a small stratum, and its own rate is then mostly chance. So each
stratum starts from the overall rate, which counts as much as `M` invitations, and moves on with
its own answers:

    rate = (M * overall + answered) / (M + invited)

`M` follows from how far the strata differ beyond chance (the moment estimate of Kleinman 1973,
"Proportions with extraneous variance: single and independent samples", JASA 68, 46-54): if they
do not, all get the overall rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# How many invitations the overall rate is worth at least, and a rate that somebody gave.
WEAKEST = 1
GIVEN_WORTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What is known of a response rate: the distribution Beta(answered, silent).

    Attributes
    ----------
    answered : Fraction
        Above 0.
    silent : Fraction
        At least 0.

    Raises
    ------
    ValueError
        If a figure is out of its range.
    """

    answered: Fraction
    silent: Fraction

    def __post_init__(self) -> None:
        if self.answered <= 0 or self.silent < 0:
            raise ValueError("somebody must be expected to answer, and nobody less than silent")

    @classmethod
    def given(cls, rate: Fraction, worth: int = GIVEN_WORTH) -> Belief:
        """A rate that is worth what so many invitations would tell."""
        return cls(answered=rate * worth, silent=(1 - rate) * worth)

    @property
    def rate(self) -> Fraction:
        """The expected rate."""
        return self.answered / (self.answered + self.silent)

    @property
    def worth(self) -> Fraction:
        """How many invitations would tell as much."""
        return self.answered + self.silent

    def after(self, *, invited: int, answered: int) -> Belief:
        """What is known when so many of so many have answered (Bayes' rule).

        Raises
        ------
        ValueError
            If more answered than were invited.
        """
        if not 0 <= answered <= invited:
            raise ValueError("at most as many answer as are invited")
        return Belief(answered=self.answered + answered, silent=self.silent + invited - answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One stratum: who is in it, and how it answers.

    Attributes
    ----------
    values : tuple of str
        One for each feature of the table.
    population : int or None
        How many people there are; None if nobody said.
    rate : Fraction or None
        The expected rate if it was given; above 0 and at most 1.
    invited, answered : int
        In an earlier wave; 0 without one.
    """

    values: tuple[str, ...]
    population: int | None = None
    rate: Fraction | None = None
    invited: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTable:
    """The strata of a plan; with no features there is one, of everybody."""

    features: tuple[str, ...]
    strata: tuple[Response, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall:
    """What all strata say together of an earlier wave.

    Attributes
    ----------
    rate : Fraction
        Answered by invited, over all strata.
    worth : int
        `M`: how many invitations the overall rate counts for in each stratum.
    """

    rate: Fraction
    worth: int


def overall(strata: Sequence[Response]) -> Overall | None:
    """The overall rate of an earlier wave and its worth; None if there were no answers."""
    waves = [stratum for stratum in strata if stratum.invited]
    invited, answered = sum(s.invited for s in waves), sum(s.answered for s in waves)
    if not answered:
        return None
    rate = Fraction(answered, invited)
    return Overall(rate=rate, worth=_worth(waves, rate, invited))


def _worth(waves: Sequence[Response], rate: Fraction, invited: int) -> int:
    """`M = 1/rho - 1`, where rho is the correlation of two answers from the same stratum."""
    spread = rate * (1 - rate)
    by_chance = len(waves) - 1
    room = invited - Fraction(sum(s.invited**2 for s in waves), invited) - by_chance
    if not spread or room <= 0:
        return invited
    differences = sum(s.invited * (Fraction(s.answered, s.invited) - rate) ** 2 for s in waves)
    correlation = (differences / spread - by_chance) / room
    if correlation <= 0:
        return invited
    return min(max(round(1 / correlation - 1), WEAKEST), invited)


def belief(stratum: Response, everywhere: Overall | None) -> Belief:
    """What is known of the rate of a stratum.

    A rate that was given stands, whatever an earlier wave said.

    Raises
    ------
    ValueError
        If no rate was given and there is none to learn from.
    """
    if stratum.rate is not None:
        return Belief.given(stratum.rate)
    if everywhere is None:
        raise ValueError("there is no rate, nor a wave to learn it from")
    before = Belief.given(everywhere.rate, everywhere.worth)
    return before.after(invited=stratum.invited, answered=stratum.answered)
