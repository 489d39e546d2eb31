from __future__ import annotations

import numpy as np
import pytest

from sortition.core.sampling.looks import Looks
from tests.making import types

POOL = types(["a"] * 4 + ["b"] * 4, {"v": {"a": (0, 4), "b": (0, 4)}}, 4)
CHAINS, LOOKS = 200, 100


def seen(counts: np.ndarray, at_panel: np.ndarray | None = None) -> Looks:
    """Looks at people of the first type, shape (looks, chains); the rest are of the second."""
    looks = Looks(POOL, counts.shape[1], len(counts))
    for number, first in enumerate(counts):
        here = np.ones(len(first), dtype=bool) if at_panel is None else at_panel[number]
        looks.add(np.column_stack([first, 4 - first]), here)
    return looks


def independent() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 5, size=(LOOKS, CHAINS))


def test_chains_that_agree() -> None:
    looks = seen(independent())
    found = looks.diagnose(swaps=800, accepted=80_000)
    assert looks.counts == pytest.approx([2, 2], abs=0.05)
    assert found.r_hat == pytest.approx(1, abs=0.002)
    assert found.agree
    assert (found.chains, found.swaps, found.accepted, found.at_panels) == (200, 800, 0.5, 1.0)
    # the counts have variance 2, and there are 20,000 of them
    assert found.standard_error == pytest.approx((2 / 20_000) ** 0.5 / 4, rel=0.2)
    assert found.effective == pytest.approx(20_000, rel=0.3)


def test_chains_that_stay_apart() -> None:
    counts = np.repeat([[1, 3]], LOOKS, axis=0).repeat(CHAINS // 2, axis=1)
    counts[::2] += 1
    found = seen(counts).diagnose(swaps=1, accepted=0)
    assert found.r_hat == pytest.approx((1 + 1 / 0.25) ** 0.5, rel=0.02)
    assert not found.agree
    assert found.effective == pytest.approx(250, rel=0.01)


def test_chains_that_do_not_move() -> None:
    apart = seen(np.tile(np.arange(CHAINS) % 5, (LOOKS, 1))).diagnose(swaps=1, accepted=0)
    assert apart.r_hat == np.inf
    alike = seen(np.full((LOOKS, CHAINS), 2)).diagnose(swaps=1, accepted=0)
    assert (alike.r_hat, alike.standard_error, alike.effective) == (1.0, 0.0, np.inf)


def test_only_panels_count() -> None:
    counts = independent()
    looks = seen(counts, at_panel=counts <= 1)
    assert looks.counts == pytest.approx([0.5, 3.5], abs=0.05)
    assert looks.share_at_panels == pytest.approx(0.4, abs=0.02)
    assert looks.panels.max(axis=0).tolist() == [1, 4]
    assert looks.panels.sum(axis=1).tolist() == [4] * len(looks.panels)


def test_halves_that_differ() -> None:
    counts = independent()
    counts[LOOKS // 2 :] = counts[LOOKS // 2 :] // 2
    assert not seen(counts).diagnose(swaps=1, accepted=0).agree
