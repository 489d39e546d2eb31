"""What a false answer gains, against linear programs over all panels of the pool with the lie."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sortition.model import Instance, ObjectiveName, Pool
from sortition.selection.manipulation import manipulation
from tests.budgets import LARGE, examples, in_large
from tests.making import all_panels, instance
from tests.property import reference
from tests.property.instances import about_one_group, about_their_share, with_exact_numbers
from tests.property.reference import Floats, incidence

CLOSE = 1e-6
FEW = 200 if LARGE else 80  # choices of people, panels among them
OBJECTIVES: tuple[ObjectiveName, ...] = ("leximin", "maximin", "nash", "minimax", "goldilocks")
REFERENCE = {**reference.FAIREST, "nash": reference.nash}


def chances(case: Instance, objective: ObjectiveName) -> Floats | None:
    panels = all_panels(case)
    if not panels:
        return None
    on = incidence(panels, [member.id for member in case.pool.members])
    possible = on.any(axis=1)
    found = np.zeros(len(on))
    found[possible] = REFERENCE[objective](on[possible])
    return found


def all_gains(case: Instance, objective: ObjectiveName) -> Floats:
    """What each person gains by each claim, everybody tried by herself; shape (people, claims)."""
    honest = chances(case, objective)
    assert honest is not None
    members = case.pool.members
    claims = sorted({member.values for member in members})
    gains = np.zeros((len(members), len(claims)))
    for position, member in enumerate(members):
        for number, claim in enumerate(claims):
            if claim == member.values:
                continue
            said = [*members]
            said[position] = member._replace(values=claim)
            lying = chances(
                replace(case, pool=Pool(features=case.pool.features, members=tuple(said))),
                objective,
            )
            gains[position, number] = (0 if lying is None else lying[position]) - honest[position]
    return gains


@pytest.mark.parametrize(
    "objective",
    [
        "leximin",
        # many programs for each lie, and the same way of going through them
        *(pytest.param(other, marks=in_large) for other in OBJECTIVES if other != "leximin"),
    ],
)
@settings(max_examples=examples(3), suppress_health_check=[HealthCheck.filter_too_much])
@given(case=st.one_of(about_one_group(), about_their_share(), with_exact_numbers()))
# every lie is solved over all panels, so that only few panels can be gone through
def test_gains_are_those_of_all_panels(objective: ObjectiveName, case: Instance) -> None:
    assume(comb(len(case.pool), case.panel_size) <= FEW)
    assume(all_panels(case))
    gains = all_gains(case, objective)
    found = manipulation(case, objective, most=10**6)
    assert found.complete
    best = max(0.0, float(gains.max()))
    gained = 0.0 if found.best is None else found.best.lying - found.best.honest
    assert gained == pytest.approx(best, abs=CLOSE)
    assert found.average_gain == pytest.approx(float(gains.max(axis=1).mean()), abs=CLOSE)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_rare_value_pays(objective: ObjectiveName) -> None:
    """One of two women and one of four men sit; a man who says he is a woman is one of three."""
    quotas = {"sex": {"f": (1, 1), "m": (1, 1)}}
    found = manipulation(instance(["f"] * 2 + ["m"] * 4, quotas, 2), objective)
    assert found.best is not None
    assert found.best.changed == (("sex", "m", "f"),)
    assert found.best.honest == pytest.approx(1 / 4, abs=CLOSE)
    assert found.best.lying == pytest.approx(1 / 3, abs=CLOSE)
    assert found.average_gain == pytest.approx((4 * (1 / 3 - 1 / 4)) / 6, abs=CLOSE)
    assert (found.tried, found.lies) == (2, 2)


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_where_quotas_bind_nobody_lying_gains_nothing(objective: ObjectiveName) -> None:
    quotas = {"sex": {"f": (0, 2), "m": (0, 2)}}
    found = manipulation(instance(["f"] * 3 + ["m"] * 3, quotas, 2), objective)
    assert (found.best, found.complete) == (None, True)
    assert found.average_gain == pytest.approx(0, abs=CLOSE)


def test_a_sample_is_named_and_the_same_again() -> None:
    people = [f"{a} {b}" for a in "012" for b in "012"] * 2
    bounds = dict.fromkeys("012", (0, 3))
    case = instance(people, {"a": bounds | {"0": (2, 2)}, "b": bounds}, 3)
    first, second = (manipulation(case, "leximin", most=8) for _ in range(2))
    assert first == second
    assert (first.tried, first.lies, first.complete) == (8, 72, False)
    whole = manipulation(case, "leximin", most=72)
    assert whole.best is not None
    assert whole.complete
    if first.best is not None:
        gained = whole.best.lying - whole.best.honest
        assert first.best.lying - first.best.honest <= gained + CLOSE
