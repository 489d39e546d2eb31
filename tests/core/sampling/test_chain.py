from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sortition.core.sampling.chain import walk_at_random
from sortition.core.sampling.counting import count_panels
from sortition.core.types import Ints, Types, types_of
from sortition.model import COMBINATION, Quota, Quotas
from tests.budgets import in_large
from tests.core.sampling.test_counting import alike_couples, published
from tests.making import types

CHAINS = 128


def rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(7))


def exact(types: Types) -> tuple[list[float], Ints]:
    """The probabilities, and the panel with the number 0 for all chains to start from."""
    count = count_panels(types, budget=100_000)
    assert count is not None
    probabilities = [float(share) for share in count.probabilities()]
    return probabilities, np.repeat([count.panel(0)], CHAINS, axis=0)


LOOSE = types(
    ["f a"] * 9 + ["f b"] * 4 + ["m a"] * 2 + ["m b"] * 8 + ["m c"] * 3,
    {"sex": {"f": (2, 5), "m": (3, 6)}, "age": {"a": (2, 3), "b": (1, 4), "c": (1, 2)}},
    8,
)
ONE_OF_EACH = dict.fromkeys("0123", (1, 1))
# Two panels, the first four people and the last four: exchanging fewer breaks a bound.
FAR_APART = types(
    ["0 0", "1 1", "2 2", "3 3", "0 1", "1 2", "2 3", "3 0"],
    {"row": ONE_OF_EACH, "column": ONE_OF_EACH},
    4,
)
TWO_OF_EACH = {"0": (2, 2), "1": (2, 2)}
CUBE = types(
    ["0 0 0", "1 1 0", "1 0 1", "0 1 1", "1 1 1", "0 0 1", "0 1 0", "1 0 0"],
    {"a": TWO_OF_EACH, "b": TWO_OF_EACH, "c": TWO_OF_EACH},
    4,
)
COMBINED = replace(
    alike_couples(),
    quotas=Quotas(
        rows=(
            *alike_couples().quotas.rows,
            Quota(
                feature=COMBINATION,
                value="age=y & sex=f",
                lower=1,
                upper=1,
                parts=(("age", "y"), ("sex", "f")),
            ),
        )
    ),
)


@pytest.mark.parametrize(
    "types",
    [
        LOOSE,
        pytest.param(FAR_APART, marks=in_large),
        pytest.param(CUBE, marks=in_large),
        pytest.param(types_of(alike_couples()), marks=in_large),
        pytest.param(types_of(replace(alike_couples(), household_limit=2)), marks=in_large),
        types_of(COMBINED),
    ],
)
def test_against_the_count(types: Types) -> None:
    probabilities, start = exact(types)
    walked = walk_at_random(types, np.tile(start, (8, 1)), swaps=2**15, rng=rng())
    found = walked.diagnostics
    assert all(types.is_panel(panel) for panel in np.unique(walked.panels, axis=0))
    assert found.agree
    assert found.standard_error < 0.002
    estimated = walked.counts / types.sizes
    assert np.abs(estimated - probabilities).max() <= 4.5 * found.standard_error
    # what is kept for tickets has the same shares, but is less
    kept = walked.panels.mean(axis=0) / types.sizes
    assert kept == pytest.approx(probabilities, abs=0.03)


@pytest.mark.parametrize(("pool", "panels"), [(FAR_APART, 2), (CUBE, 8)])
def test_every_panel_is_as_likely(pool: Types, panels: int) -> None:
    _, start = exact(pool)
    walked = walk_at_random(pool, start, swaps=2**15, rng=rng())
    found, often = np.unique(walked.panels, axis=0, return_counts=True)
    assert len(found) == panels
    assert often / often.sum() == pytest.approx([1 / panels] * panels, rel=0.25)


def test_chains_with_too_little_time_disagree() -> None:
    pool = published(200, 1000, 99)
    _, start = exact(pool)
    assert not walk_at_random(pool, start, swaps=1, rng=rng()).diagnostics.agree


def test_walks_can_be_repeated() -> None:
    _, start = exact(LOOSE)
    first, again = (walk_at_random(LOOSE, start, swaps=2**13, rng=rng()) for _ in range(2))
    assert np.array_equal(first.panels, again.panels)
    assert np.array_equal(first.counts, again.counts)
    assert first.diagnostics == again.diagnostics
