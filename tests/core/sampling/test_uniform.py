from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sortition.core.sampling import uniform as module
from sortition.core.sampling.uniform import any_below, uniform
from sortition.core.types import types_of
from tests.core.sampling.test_counting import published
from tests.making import six_people, types

SPACE = 2**256
POOL = types(
    ["f a"] * 5 + ["f b"] * 2 + ["m a"] * 2 + ["m b"] * 6,
    {"sex": {"f": (2, 3), "m": (2, 3)}, "age": {"a": (1, 3), "b": (2, 4)}},
    5,
)
A_PANEL = np.array([[1, 1, 1, 2]])


def test_counted_where_that_is_possible() -> None:
    types = types_of(six_people())
    lottery = uniform(types, 300, start=np.array([[1, 1]]), seed="one")
    assert lottery.exact
    assert (lottery.panels, lottery.diagnostics) == (9, None)
    assert lottery.probabilities.tolist() == [1 / 3, 1 / 3]
    assert lottery.tickets.tolist() == [[1, 1]] * 300


def test_tickets_of_the_count_follow_the_probabilities() -> None:
    lottery = uniform(POOL, 4000, start=A_PANEL, seed="63454660390103169462")
    assert lottery.tickets.shape == (4000, 4)
    assert all(POOL.is_panel(panel) for panel in lottery.tickets)
    shares = lottery.tickets.mean(axis=0) / POOL.sizes
    assert shares == pytest.approx(lottery.probabilities, abs=0.02)
    assert lottery.probabilities @ POOL.sizes == pytest.approx(5)


def test_more_panels_than_one_block_can_number() -> None:
    pool = published(200, 1000, 99)
    start = np.where(pool.sizes > 1, 100, 0)[None]
    lottery = uniform(pool, 50, start=start, seed="one")
    assert lottery.panels is not None
    assert lottery.panels > SPACE
    assert all(pool.is_panel(panel) for panel in lottery.tickets)


def test_the_seed_decides_the_tickets() -> None:
    one, again, other = (uniform(POOL, 20, start=A_PANEL, seed=s).tickets for s in "112")
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_walked_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = uniform(POOL, 1, start=A_PANEL, seed="one")
    monkeypatch.setattr(module, "COUNTED", 10)
    walked, again = (uniform(POOL, 1000, start=A_PANEL, seed="one") for _ in range(2))
    assert not walked.exact
    assert walked.panels is None
    assert walked.diagnostics is not None
    assert walked.diagnostics.agree
    far = np.abs(walked.probabilities - counted.probabilities).max()
    assert far <= 4.5 * walked.diagnostics.standard_error
    assert walked.tickets.shape == (1000, 4)
    assert all(POOL.is_panel(panel) for panel in walked.tickets)
    assert np.array_equal(walked.tickets, again.tickets)


@pytest.mark.parametrize("start", [np.empty((0, 4), dtype=np.int64), np.array([[5, 0, 0, 0]])])
def test_a_start_that_is_no_panel(start: np.ndarray) -> None:
    with pytest.raises(ValueError, match="start from panels"):
        uniform(POOL, 1, start=start, seed="one")


def numbers(*given: int) -> Callable[[int], int]:
    left = list(given)

    def source(n: int) -> int:
        assert n == SPACE
        return left.pop(0)

    return source


@pytest.mark.parametrize(
    ("n", "given", "expected"),
    [
        (1, (), 0),
        (10, (1234,), 4),
        (SPACE, (77,), 77),
        (SPACE + 5, (0, 9), 9),
        (SPACE + 5, (1, 7), 2),
        (3, (SPACE - 1, 5), 2),  # the last number would favour 0, and is drawn again
        (SPACE**2 // 2 + 1, (SPACE - 1, SPACE - 1, 0, 3), 3),
    ],
)
def test_numbers_of_any_size(n: int, given: tuple[int, ...], expected: int) -> None:
    assert any_below(n, numbers(*given)) == expected
