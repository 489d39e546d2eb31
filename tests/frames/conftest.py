"""The samples as somebody in a notebook has them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sortition
from tests.cli.running import SAMPLES, SEED, a_third_of_the_samples

HOUSEHOLD = ["adresse", "postnummer"]


@pytest.fixture
def pool() -> pd.DataFrame:
    return pd.read_csv(SAMPLES / "pool.csv", sep=";", dtype=str)


@pytest.fixture
def quotas() -> pd.DataFrame:
    return pd.read_csv(SAMPLES / "quotas.csv", sep=";", dtype=str)


@pytest.fixture(scope="session")
def chosen() -> sortition.LotteryResult:
    """The lottery over the samples; it has no place to be changed."""
    return sortition.lottery(
        SAMPLES / "pool.csv", SAMPLES / "quotas.csv", size=36, household=HOUSEHOLD
    )


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> sortition.SelectionResult:
    """A panel for a third of the seats, from a part of the pool."""
    folder = tmp_path_factory.mktemp("few")
    inputs = [folder / name for name in a_third_of_the_samples(folder)]
    return sortition.lottery(*inputs, size=12, household=HOUSEHOLD).draw(seed=SEED)


@pytest.fixture(scope="session")
def panel_folder(few: sortition.SelectionResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few.save(tmp_path_factory.mktemp("saved") / "panel")
