from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from sortition.audit.certificate.proof import (
    DENOMINATOR,
    Certificate,
    CertifiedProof,
    whole,
)
from sortition.audit.certificate.rows import CertifiedRow
from sortition.model import ObjectiveName
from tests.making import all_panels, instance

Figures = list[int | Fraction]
Bounds = tuple[int | None, int]


def over(values: Figures) -> list[int]:
    scaled = [Fraction(value) * DENOMINATOR for value in values]
    return [int(value) for value in scaled]


def certificate(
    sizes: list[int],
    rows: list[tuple[dict[int, int], Bounds]],
    *,
    reached: Figures | None = None,
    objective: ObjectiveName = "leximin",
) -> Certificate:
    names = iter(range(1000))
    return Certificate(
        objective=objective,
        gamma=Fraction(1),
        panel_size=rows[0][1][1] if rows else 1,
        groups=[[f"P{next(names)}" for _ in range(size)] for size in sizes],
        excluded=[],
        rows=[
            CertifiedRow(name="row", coefficients=of, lower=lower, upper=upper)
            for of, (lower, upper) in rows
        ],
        reached=over(reached or [0] * len(sizes)),
        proofs=[],
    )


def proof(
    weights: Figures,
    multipliers: Figures,
    *,
    counterweights: Figures | None = None,
    settled: frozenset[int] = frozenset(),
) -> CertifiedProof:
    return CertifiedProof(
        weights=over(weights),
        counterweights=over(counterweights or [0] * len(weights)),
        multipliers=over(multipliers),
        settled=settled,
    )


HALF, FOURTH, FIFTH = Fraction(1, 2), Fraction(1, 4), Fraction(1, 5)


@pytest.mark.parametrize(
    ("sizes", "rows", "weights", "multipliers", "bound"),
    [
        # 2 seats for 4 people: 2 * 1/4 + 4 * max(0, 1/4 - 1/4)
        ([1] * 4, [({0: 1, 1: 1, 2: 1, 3: 1}, (2, 2))], [FOURTH] * 4, [FOURTH], HALF),
        # no multipliers prove no more than certainty
        ([3, 2], [({0: 1, 1: 1}, (2, 2))], [1 - FOURTH, FOURTH], [0], 1),
        # 4 women may have at most 1 of 3 seats: nobody is promised more than 1/4
        ([4, 4], [({0: 1, 1: 1}, (3, 3)), ({0: 1}, (0, 1))], [1, 0], [0, FOURTH], FOURTH),
        # at least 2 of 3 seats are for the second group: 1 is left for the 5 people of the first
        ([5, 2], [({0: 1, 1: 1}, (3, 3)), ({1: 1}, (2, 3))], [1, 0], [FIFTH, -FIFTH], FIFTH),
        # a cut in which the first group counts twice: 2 * x0 + x1 <= 2
        ([2, 2], [({0: 2, 1: 1}, (None, 2))], [HALF, HALF], [FOURTH], HALF),
        # weights that add up to 3 prove a third of their bound
        ([1, 1], [({0: 1, 1: 1}, (1, 1))], [1 + HALF] * 2, [1 + HALF], HALF),
    ],
)
def test_levels_by_hand(
    sizes: list[int],
    rows: list[tuple[dict[int, int], Bounds]],
    weights: Figures,
    multipliers: Figures,
    bound: Fraction,
) -> None:
    for objective in ("leximin", "maximin"):
        stated = certificate(sizes, rows, objective=objective)
        assert stated.proven(proof(weights, multipliers)) == float(bound)


def test_a_level_above_settled_ones() -> None:
    # the first group has 1/5 each, of five; one of three seats is left over for two, who get 1
    rows: list[tuple[dict[int, int], Bounds]] = [({0: 1, 1: 1}, (3, 3)), ({0: 1}, (1, 1))]
    stated = certificate([5, 2], rows, reached=[FIFTH, 1])
    level = proof([0, 1], [HALF, -HALF], settled=frozenset({0}))
    assert stated.proven(level) == 1
    assert stated.attained(level) == 1
    # stated as less than it is bound to have, the group leaves no more than that to the others
    with_weight = proof([HALF, 1], [HALF, 0], settled=frozenset({0}))
    # 3/2 + 0 + max(0, 1 - 2 * 1/2), less half of 1/5
    assert stated.proven(with_weight) == pytest.approx(1.5 - 0.1)


def test_minimax_by_hand() -> None:
    # 3 seats for 4 people: the highest is at least 3/4
    stated = certificate([4], [({0: 1}, (3, 3))], reached=[Fraction(3, 4)], objective="minimax")
    assert stated.proven(proof([0], [-FOURTH], counterweights=[1])) == 0.75
    assert stated.attained(proof([0], [-FOURTH], counterweights=[1])) == 0.75
    with pytest.raises(ValueError, match="minimax"):
        stated.proven(proof([1], [0]))


@pytest.mark.parametrize("weights", [[-1, 2], [0, 0], [0, -1]])
def test_weights_that_prove_nothing(weights: Figures) -> None:
    stated = certificate([1, 1], [({0: 1, 1: 1}, (1, 1))])
    with pytest.raises(ValueError, match="weight"):
        stated.proven(proof(weights, [0]))


def test_counterweights_of_people_who_are_not_settled() -> None:
    stated = certificate([1, 1], [({0: 1, 1: 1}, (1, 1))])
    with pytest.raises(ValueError, match="counterweights"):
        stated.proven(proof([1, 0], [0], counterweights=[0, 1]))


def test_a_cut_with_a_negative_multiplier() -> None:
    stated = certificate([1], [({0: 1}, (None, 1))])
    with pytest.raises(ValueError, match="cut"):
        stated.proven(proof([1], [-1]))


def test_no_lottery_beats_a_bound_whatever_the_multipliers() -> None:
    # weak duality, in fractions, against random lotteries over all panels of a small pool
    quotas = {"f": {"a": (1, 2), "b": (1, 2)}, "g": {"x": (1, 1), "y": (2, 2)}}
    problem = instance(["a x", "a y", "b x", "b y", "b y", "a x"], quotas, 3)
    panels = all_panels(problem)
    ids = [member.id for member in problem.pool.members]
    rows: list[tuple[dict[int, int], Bounds]] = [(dict.fromkeys(range(6), 1), (3, 3))]
    for values in quotas.values():
        for value, between in values.items():
            holders = [n for n, one in enumerate(problem.pool.members) if value in one.values]
            rows.append((dict.fromkeys(holders, 1), between))
    stated = certificate([1] * 6, rows)
    random = Random(1)
    for _ in range(300):
        odds = [random.randrange(10) for _ in panels]
        odds[0] += 1
        chances = [
            Fraction(sum(o for o, p in zip(odds, panels, strict=True) if id in p), sum(odds))
            for id in ids
        ]
        given = proof(
            [Fraction(random.randrange(5), 8) for _ in ids],
            [Fraction(random.randrange(-8, 9), 16) for _ in rows],
            counterweights=[Fraction(random.randrange(5), 8) for _ in ids],
        )
        net = [w - c for w, c in zip(given.weights, given.counterweights, strict=True)]
        total = sum(n * chance for n, chance in zip(net, chances, strict=True))
        assert total <= stated.bound(given)


def test_whole_numbers() -> None:
    assert whole([0.5, -0.25, 1e-20, 1.0]) == [
        DENOMINATOR // 2,
        -DENOMINATOR // 4,
        0,
        DENOMINATOR,
    ]
    assert abs(Fraction(whole([1 / 3])[0], DENOMINATOR) - Fraction(1, 3)) <= Fraction(
        1, DENOMINATOR
    )
