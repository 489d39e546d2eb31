"""What may be told of the members' answers without telling anybody's.

For each question people are counted who disagree, neither do nor do not, and agree. A count below
`SMALLEST` is left out, nought among them: that nobody agrees would tell what each did not answer.
So that nobody can work it out from the total, the smallest count that is left is left out too,
until those that are add up to `SMALLEST` at least, and not to twice the highest small count, which
two of them could only be together. If that leaves nothing although nearly all said the same, it is
told how many they are at least; otherwise the total is left out as well, as of twelve answers it
would tell that four are of each view. What may not be told is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sortition.steps.evaluate.questionnaire import QUESTIONS, Answers

SMALLEST = 5  # people
VIEWS = ("disagree", "neither", "agree")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What may be told of the answers to a question.

    Attributes
    ----------
    question : str
        Its code.
    answers : int or None
        How many there are; None if that is left out.
    counts : tuple of (int or None)
        People by view; None for what is left out.
    least : tuple of (int or None)
        For the view of nearly all, how many have it at least; otherwise None.
    """

    question: str
    answers: int | None
    counts: tuple[int | None, ...]
    least: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """What may be told of all answers.

    Attributes
    ----------
    people : int or None
        How many answered; None if they are too few.
    members : int
        How many were ever on the panel.
    told : tuple of Told
        In the order of the questionnaire.
    """

    people: int | None
    members: int
    told: tuple[Told, ...]


def satisfaction(answers: Answers, *, members: int) -> Satisfaction:
    """Count the answers, and keep what may be told."""
    return Satisfaction(
        people=answers.people if answers.people >= SMALLEST else None,
        members=members,
        told=tuple(_told(code, answers.points.get(code, ())) for code in QUESTIONS),
    )


def _told(question: str, points: Sequence[int]) -> Told:
    total = len(points)
    counts = (
        sum(point < 3 for point in points),
        sum(point == 3 for point in points),
        sum(point > 3 for point in points),
    )
    shown = _shown(counts)
    least = total - SMALLEST + 1
    nearly_all = not shown and total >= 2 * SMALLEST and max(counts) >= least
    return Told(
        question=question,
        answers=total if shown or nearly_all else None,
        counts=tuple(n if place in shown else None for place, n in enumerate(counts)),
        least=tuple(least if nearly_all and n >= least else None for n in counts),
    )


def _shown(counts: Sequence[int]) -> set[int]:
    """The places of the counts that are told."""
    shown = {place for place, count in enumerate(counts) if count >= SMALLEST}
    while 0 < len(shown) < len(counts) and _tells(_rest(counts, shown)):
        fewest = min(counts[place] for place in shown)
        # all that are so small: which of them went first would tell something
        shown = {place for place in shown if counts[place] > fewest}
    return shown


def _tells(rest: int) -> bool:
    """Whether the sum of the counts that are left out would give them away."""
    return rest < SMALLEST or rest == 2 * (SMALLEST - 1)


def _rest(counts: Sequence[int], shown: set[int]) -> int:
    return sum(count for place, count in enumerate(counts) if place not in shown)
