"""The process that breaks commands, and the folders that they begin with, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders.breaking import Breaker
from tests.folders.scenes import set_up


@pytest.fixture(scope="session")
def breaker() -> Iterator[Breaker]:
    breaker = Breaker()
    yield breaker
    breaker.close()


@pytest.fixture(scope="session")
def bare() -> Iterator[Breaker]:
    breaker = Breaker(bare=True)
    yield breaker
    breaker.close()


@pytest.fixture(scope="session")
def base(breaker: Breaker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(breaker, tmp_path_factory.mktemp("base"))
