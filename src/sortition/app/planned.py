"""How many letters: the plan of some figures, and the picture of what more or fewer would do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from sortition.app.assembly import MAP
from sortition.app.mending import proposed_map
from sortition.core.progress import Counting, Silent
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model.choices import Method
from sortition.pages.axes import Axes
from sortition.steps.plan.planning import chance
from sortition.steps.plan.run import PlanOptions, plan_files
from sortition.steps.plan.strata import Plan
from sortition.tables.content import Content
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.reading import read_table

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


def try_out(options: PlanOptions, registry: Path, progress: Counting) -> object:
    """Plan, and try it out on a registry, whose words and births are understood as those of a pool.

    Raises
    ------
    InputErrors
        If words are left that no quota has, and as `plan_files`.
    """
    inputs = options.inputs
    quotas = read_quota_sheet(inputs.quotas, inputs.panel_size).quotas
    table = protect(read_table(registry), CprRules(), None).table
    proposed = proposed_map(table, quotas, datetime.date.today())
    through = Content(name=MAP, data=proposed) if proposed else None
    tried = replace(inputs, registry=registry, mapping=through)
    return plan_files(replace(options, inputs=tried), progress)


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
