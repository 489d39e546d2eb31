from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition import InfeasibleQuotas, InputErrors
from sortition.core.objectives import aims_of
from sortition.core.progress import Silent
from sortition.model import Instance, Participation
from sortition.selection.preparation import PreparedLottery, Rules, population_aims, prepare
from tests.budgets import examples
from tests.making import all_panels, instance
from tests.property import reference
from tests.property.instances import about_one_group, about_their_share

CLOSE = 1e-6
RATES = [Fraction(1, 50), Fraction(1, 30), Fraction(1, 20), Fraction(1, 8), Fraction(1, 2)]


def prepared_for(case: Instance, participation: Participation) -> PreparedLottery:
    aims = population_aims(case, participation)
    rules = Rules(objective="population", aims=aims, tickets=100)
    return prepare(case, rules, Silent())


@pytest.mark.parametrize(
    ("rates", "size", "aims"),
    [
        ("1/10 1/10 1/10 1/10", 2, "1/2 1/2 1/2 1/2"),
        # ten times as rare, ten times the chance
        ("1/100 1/10 1/10 1/10 1/10 1/10 1/10 1/10 1/10 1/10 1/10", 1, "1/2" + " 1/20" * 10),
        # 1/q are 8, 2, 2: the first is sure of a seat and the others share the second
        ("1/8 1/2 1/2", 2, "1 1/2 1/2"),
        # when the first is sure, the next is sure too
        ("1/90 1/30 1/2 1/2", 3, "1 1 1/2 1/2"),
        ("1/3 1/5", 2, "1 1"),
    ],
)
def test_aims_go_with_one_over_the_rate_and_stop_at_one(rates: str, size: int, aims: str) -> None:
    found = aims_of([Fraction(rate) for rate in rates.split()], size)
    assert found == [Fraction(aim) for aim in aims.split()]


@given(st.lists(st.fractions(Fraction(1, 99), 1), min_size=1, max_size=9), st.data())
def test_aims_add_up_and_keep_their_order(rates: list[Fraction], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(rates)))
    aims = aims_of(rates, size)
    assert sum(aims) == size
    assert all(0 < aim <= 1 for aim in aims)
    # below one, chance times rate is the same for all; at one it is no more than that
    products = {aim * rate for aim, rate in zip(aims, rates, strict=True) if aim < 1}
    assert len(products) <= 1
    assert all(rate <= common for common in products
               for aim, rate in zip(aims, rates, strict=True) if aim == 1)  # fmt: skip


def test_without_narrow_quotas_the_aims_are_reached() -> None:
    people = ["a"] * 2 + ["b"] * 6
    case = instance(people, {"f": {"a": (0, 2), "b": (0, 2)}}, 2)
    participation = Participation(
        features=("f",), rates={("a",): Fraction(1, 20), ("b",): Fraction(1, 10)}
    )
    prepared = prepared_for(case, participation)
    # 1/q are 20, 20 and six times 10, so c = 2/100
    assert list(prepared.probabilities.values()) == pytest.approx([0.4] * 2 + [0.2] * 6)
    proof = prepared.certificate.proofs[0]
    assert prepared.certificate.proven(proof) == pytest.approx(1)


def test_quotas_hold_and_the_aims_give() -> None:
    case = instance(["a"] * 2 + ["b"] * 6, {"f": {"a": (1, 1), "b": (1, 1)}}, 2)
    participation = Participation(
        features=("f",), rates={("a",): Fraction(1, 10), ("b",): Fraction(1, 40)}
    )
    prepared = prepared_for(case, participation)
    # the aims are 2/26 and 8/26, and the quotas give the b's 1/6 alone
    assert list(prepared.probabilities.values()) == pytest.approx([1 / 2] * 2 + [1 / 6] * 6)
    proof = prepared.certificate.proofs[0]
    assert prepared.certificate.proven(proof) == pytest.approx((1 / 6) / (8 / 26))


@settings(max_examples=examples(30))
@given(case=st.one_of(about_one_group(), about_their_share()), data=st.data())
def test_no_lottery_over_all_panels_is_better(case: Instance, data: st.DataObject) -> None:
    features = case.quotas.features[: data.draw(st.integers(1, 2))]
    strata = sorted(
        set(Participation(features=features, rates={(): Fraction(1)}).strata_of(case.pool))
    )
    participation = Participation(
        features=features, rates={stratum: data.draw(st.sampled_from(RATES)) for stratum in strata}
    )
    try:
        prepared = prepared_for(case, participation)
    except InfeasibleQuotas:
        assert not all_panels(case)
        return
    ids = [member.id for member in case.pool.members]
    on = reference.incidence(all_panels(case), ids)
    possible = np.asarray(on.any(axis=1))
    aims = np.array([float(aim) for aim in aims_of(participation.of(case.pool), case.panel_size)])
    shares = reference.leximin_shares(on[possible], aims[possible])

    found = np.array([prepared.probabilities[id] for id in ids])
    assert found[possible] == pytest.approx(shares * aims[possible], abs=CLOSE)
    certificate = prepared.certificate
    assert certificate.proven(certificate.proofs[0]) == pytest.approx(shares.min(), abs=CLOSE)
    for proof in certificate.proofs:
        assert certificate.proven(proof) == pytest.approx(certificate.attained(proof), abs=CLOSE)


def test_population_and_aims_belong_together() -> None:
    with pytest.raises(ValueError, match="needs aims"):
        Rules(objective="population")
    with pytest.raises(ValueError, match="nothing else does"):
        Rules(aims={"P1": Fraction(1)})
    with pytest.raises(InputErrors):
        Rules(objective="population", aims={"P1": Fraction(1)}, tickets=0)


def test_people_who_are_alike_have_the_same_aim() -> None:
    case = instance(["a", "a", "b"], {"f": {"a": (1, 1), "b": (1, 1)}}, 2)
    aims = {"P1": Fraction(1, 2), "P2": Fraction(1, 3), "P3": Fraction(1)}
    with pytest.raises(ValueError, match="the same aim"):
        prepare(case, Rules(objective="population", aims=aims), Silent())
    participation = Participation(features=("g",), rates={("x",): Fraction(1)})
    with pytest.raises(ValueError, match="quotas on them"):
        population_aims(case, participation)


def test_a_participation_checks_itself() -> None:
    with pytest.raises(ValueError, match="no strata"):
        Participation(features=("f",), rates={})
    for rate in (Fraction(0), Fraction(3, 2)):
        with pytest.raises(ValueError, match="above 0"):
            Participation(features=("f",), rates={("a",): rate})
