"""Seat a panel at tables over several sessions; pure, without files."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.errors import InputErrors
from sortition.steps.seating.plan.bounds import most_meetings
from sortition.steps.seating.plan.chance import Chance, by_chance
from sortition.steps.seating.plan.contradictions import contradictions
from sortition.steps.seating.plan.figures import Figures, TableMix, at_tables, figures_of
from sortition.steps.seating.plan.problem import Guest, Problem, Rule, RuleKind, Seats, clusters_of
from sortition.steps.seating.plan.search import STEPS, find_seats

__all__ = [
    "STEPS",
    "Chance",
    "Figures",
    "Guest",
    "Problem",
    "Rule",
    "RuleKind",
    "Seating",
    "Seats",
    "TableMix",
    "at_tables",
    "by_chance",
    "clusters_of",
    "figures_of",
    "most_meetings",
    "seat",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """A seating plan with what it reaches.

    Attributes
    ----------
    problem : Problem
    seats : tuple of tuple of (int or None)
        The table of each guest in each session.
    figures : Figures
    most : int
        No plan has more different meetings.
    chance : Chance
        What random plans reach.
    steps : int
        How many exchanges were made or declined.
    """

    problem: Problem
    seats: Seats
    figures: Figures
    most: int
    chance: Chance
    steps: int


def seat(problem: Problem, *, seed: str, steps: int = STEPS) -> Seating:
    """Seat everybody: the rules first, then mixed tables, then many different meetings.

    Parameters
    ----------
    problem : Problem
    seed : str
        The same problem, seed and budget give the same plan.
    steps : int
        The budget: about so many exchanges are made or declined.

    Raises
    ------
    InputErrors
        If the rules cannot be kept: with every contradiction that can be named, or else the first
        session that has no seating.
    SolverFailed
    """
    clashes = tuple(contradictions(problem))
    if clashes:
        raise InputErrors(clashes)
    most = most_meetings(problem)
    found = find_seats(problem, most=most, seed=seed, steps=steps)
    return Seating(
        problem=problem,
        seats=found.seats,
        figures=figures_of(problem, found.seats),
        most=most,
        chance=by_chance(problem, found.seats),
        steps=found.steps,
    )
