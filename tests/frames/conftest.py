"""The samples as somebody in a notebook has them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sortition
from tests.cli.running import SAMPLES, SEED

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
def panel_folder(chosen: sortition.LotteryResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chosen.draw(seed=SEED).save(tmp_path_factory.mktemp("saved") / "panel")
