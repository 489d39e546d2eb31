"""How many letters: the plan of some figures, and the picture of what more or fewer would do."""

from __future__ import annotations

from dataclasses import dataclass

from sortition.core.progress import Silent
from sortition.model.choices import Method
from sortition.pages.axes import Axes
from sortition.steps.plan.planning import chance
from sortition.steps.plan.run import PlanOptions, plan_files
from sortition.steps.plan.strata import Plan

BOTTOM = 190
DOTS = 48  # numbers of letters whose chance is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The chance that enough people answer, from few letters to many, in SVG units.

    Attributes
    ----------
    axes : Axes
        Letters from left to right.
    line : str
        A path through the chances.
    x, y : float
        Where the plan is.
    """

    axes: Axes
    line: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """A plan in a few figures."""

    letters: int
    needed: int
    expected: float
    chance: float
    picture: Picture


def letters_of(options: PlanOptions) -> Letters:
    """The plan of everybody as one stratum; nothing is written.

    Raises
    ------
    InputErrors
        If a figure makes no sense, or no number of letters would do.
    """
    plan = plan_files(options, Silent()).plan
    return Letters(
        letters=plan.invitations,
        needed=sum(stratum.needed for stratum in plan.strata),
        expected=plan.expected_answers,
        chance=plan.chance,
        picture=_picture(plan, options.method),
    )


def _picture(plan: Plan, method: Method) -> Picture:
    (stratum,) = plan.strata
    most = max(2 * plan.invitations, 1)
    axes = Axes.around(most, 1.0, bottom=BOTTOM)
    numbers = sorted({*(round(most * dot / DOTS) for dot in range(DOTS + 1)), plan.invitations})
    dots = (
        f"{axes.x(n)} {axes.y(chance(n, stratum.needed, stratum.belief, method))}" for n in numbers
    )
    return Picture(
        axes=axes,
        line="M" + " L".join(dots),
        x=axes.x(plan.invitations),
        y=axes.y(plan.chance),
    )
