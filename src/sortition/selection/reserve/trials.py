"""The search for a reserve with the sets of dropouts that belong to it, and its exact check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sortition.core.types import Ints
from sortition.model import SolverName
from sortition.selection.reserve.alternates import best_reserve
from sortition.selection.reserve.damage import total_of
from sortition.selection.reserve.programs import optimum
from sortition.selection.reserve.scenarios import (
    UNIT,
    Scenarios,
    Vacancies,
    drawn_words,
    scenarios_of,
)

SETS = 1000  # on which a reserve is chosen
BATCH = 200  # of these give one beginning each
JUDGED = 5000  # others, on which it is judged
EXCHANGED = 12  # alternates; larger reserves are only grown
PROGRAM_CELLS, PROGRAM_SETS = 3000, (5, 20)  # kinds times sets, and sets, of the exact program
PROGRAM_LARGEST = 3000  # kinds that are left times sets


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramCheck:
    """The search beside the exact program, on the same few sets of dropouts.

    Attributes
    ----------
    sets : int
    search : float
        What the search's own choice for these sets leaves on average.
    value : float or None
        The least possible; None if the integer program was too large to be solved.
    bound : float
        Less than this is impossible: the linear relaxation.
    """

    sets: int
    search: float
    value: float | None
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A search for `count` alternates, with the chance that it uses."""

    vacancies: Vacancies
    count: int
    seed: str
    domain: str

    def judged(self) -> Scenarios:
        """The sets of dropouts on which reserves are judged."""
        return scenarios_of(self.vacancies, self._words("judged", JUDGED))

    def found(self, beginning: Ints | None = None) -> Ints:
        """The reserve that the search finds.

        Parameters
        ----------
        beginning : array of int, shape (count,), optional
            A reserve to begin with as well.
        """
        v, words = self.vacancies, self._words("chosen", SETS)
        every = scenarios_of(v, words)
        if self.count > EXCHANGED:
            return best_reserve(v, every, self.count, exchange=False)
        batches = [words[start : start + BATCH] for start in range(0, len(words), BATCH)]
        beginnings = [best_reserve(v, scenarios_of(v, batch), self.count) for batch in batches]
        if beginning is not None:
            beginnings.append(beginning)
        return best_reserve(v, every, self.count, beginnings=beginnings)

    def checked(self, solver: SolverName) -> tuple[Ints | None, ProgramCheck | None]:
        """The reserve of the exact program on a few sets, and how the search compares with it.

        Both are None for a reserve that is too large.
        """
        if self.count > EXCHANGED:
            return None, None
        v, (least, most) = self.vacancies, PROGRAM_SETS
        sets = max(least, min(most, PROGRAM_CELLS // len(v.kinds)))
        few = scenarios_of(v, self._words("program", sets))
        own = best_reserve(v, few, self.count)
        search = total_of(v, few, own) / UNIT / sets
        best = optimum(v, few, own, search, solver=solver, largest=PROGRAM_LARGEST)
        check = ProgramCheck(sets=sets, search=search, value=best.value, bound=best.bound)
        return best.reserve, check

    def _words(self, name: str, draws: int) -> NDArray[np.uint32]:
        shape = (draws, len(self.vacancies.seats))
        return drawn_words(shape, seed=self.seed, domain=f"{self.domain}/{name}")
