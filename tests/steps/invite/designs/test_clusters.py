from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.errors import InputErrors
from sortition.steps.invite.designs.clusters import draw_pps, draw_two_stage, round_at

PEOPLE = {
    f"city {size} {letter}": size for size, letter in [(40, "a"), (40, "b"), (70, "c"), (100, "d")]
}


@given(st.lists(st.fractions(0, 5, max_denominator=6), min_size=1, max_size=6))
def test_rounding_keeps_the_sum_and_the_mean(parts: list[Fraction]) -> None:
    total = -(-sum(parts, Fraction(0)) // 1)
    shares = [*parts, total - sum(parts, Fraction(0))]
    steps = 60
    sums = [0] * len(shares)
    for step in range(steps):
        rounded = round_at(shares, Fraction(step, steps))
        assert sum(rounded) == total
        for place, (n, share) in enumerate(zip(rounded, shares, strict=True)):
            assert share - 1 < n < share + 1
            sums[place] += n
    assert [Fraction(one, steps) for one in sums] == shares


def test_a_first_stage_can_be_repeated_and_depends_on_no_order() -> None:
    backwards = dict(reversed(PEOPLE.items()))
    for seed in ("1", "2", "3"):
        one = draw_two_stage(PEOPLE, 30, None, cap=Fraction(1, 2), seed=seed, domain="invite/1")
        two = draw_two_stage(backwards, 30, None, cap=Fraction(1, 2), seed=seed, domain="invite/1")
        assert one == two
        assert sum(one.letters.values()) == 30
        assert all(n <= PEOPLE[name] // 2 for name, n in one.letters.items())
        again = draw_pps(PEOPLE, 30, 2, seed=seed, domain="invite/1")
        assert again == draw_pps(backwards, 30, 2, seed=seed, domain="invite/1")
        assert sum(again.letters.values()) == 30


@pytest.mark.parametrize("design", ["pps", "two-stage"])
def test_everybody_is_as_likely_by_monte_carlo(design: str) -> None:
    """2,000 seeds: each city's mean letters are within 5 standard errors of what it is due."""
    times, letters = 2_000, 30
    totals: Counter[str] = Counter()
    squares: Counter[str] = Counter()
    for seed in range(times):
        if design == "pps":
            stage = draw_pps(PEOPLE, letters, 2, seed=str(seed), domain="invite/1")
        else:
            half = Fraction(1, 2)
            stage = draw_two_stage(PEOPLE, letters, 2, cap=half, seed=str(seed), domain="invite/1")
        for name, n in stage.letters.items():
            totals[name] += n
            squares[name] += n * n
    for name, size in PEOPLE.items():
        mean = totals[name] / times
        error = ((squares[name] / times - mean**2) / times) ** 0.5
        assert abs(mean - letters * size / sum(PEOPLE.values())) < 5 * error


def test_faults_name_what_would_do() -> None:
    def faults(count: int | None, cap: Fraction, letters: int = 30) -> dict[str, dict[str, object]]:
        with pytest.raises(InputErrors) as caught:
            draw_two_stage(PEOPLE, letters, count, cap=cap, seed="1", domain="invite/1")
        return {fault.code: dict(fault.facts) for fault in caught.value.faults}

    assert faults(None, Fraction(1, 10)) == {
        "invite-cap-too-low": {"clusters": 4, "letters": 30, "people": 250}
    }
    assert faults(1, Fraction(1, 2)) == {"invite-too-few-clusters": {"count": 1, "fewest": 2}}
    assert faults(9, Fraction(1, 2)) == {"invite-cluster-count": {"clusters": 4}}
    with pytest.raises(InputErrors):
        draw_pps(PEOPLE, 30, 0, seed="1", domain="invite/1")
