"""One question, one number: the first wave, or the next one from what came back."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.steps.plan.planning import Aim, chance, invitations
from sortition.steps.plan.response import Belief


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """How many invitations go out next, and why.

    Attributes
    ----------
    needed : int
        Answers that are still missing.
    belief : Belief
        What is known of the rate, with what came back.
    aim : Aim
    invitations : int
    chance : float
        That enough answer, as the method sees it.
    """

    needed: int
    belief: Belief
    aim: Aim
    invitations: int
    chance: float

    @property
    def expected_answers(self) -> float:
        """On average."""
        return float(self.invitations * self.belief.rate)


def next_wave(needed: int, before: Belief, aim: Aim, *, invited: int, answered: int) -> Wave:
    """Plan a wave.

    Parameters
    ----------
    needed : int
        Answers in all.
    before : Belief
        What was known of the rate before anybody was invited.
    invited, answered : int
        In the waves so far. Their answers count, and the rate is learnt from them.

    Raises
    ------
    InputErrors
        If no number of invitations would do.
    ValueError
        If more answered than were invited.
    """
    belief = before.after(invited=invited, answered=answered)
    missing = max(needed - answered, 0)
    count = invitations(missing, belief, aim)
    return Wave(
        needed=missing,
        belief=belief,
        aim=aim,
        invitations=count,
        chance=chance(count, missing, belief, aim.method),
    )
