from __future__ import annotations

from hashlib import sha256

import numpy as np
import pytest

from sortition.model import seed_hash
from sortition.selection.reserve.scenarios import UNIT, WORD, drawn_words, scenarios_of
from tests.selection.reserve.brute import distance, vacancies


def test_words_are_those_of_the_blocks() -> None:
    words = drawn_words((3, 5), seed="s", domain="d")
    blocks = [sha256(f"{seed_hash('s')}|d|{number}".encode()).digest() for number in (0, 1)]
    stream = b"".join(blocks)
    wanted = [int.from_bytes(stream[4 * n : 4 * n + 4], "big") for n in range(15)]
    assert words.ravel().tolist() == wanted


def test_distances_are_in_units() -> None:
    v = vacancies()
    for counts in ([0, 0, 0], [2, 1, 0], [5, 4, 3], [1, 1, 2]):
        found = float(v.distance(np.array(counts))) / UNIT
        assert found == pytest.approx(float(distance(np.array(counts))), abs=1e-5)
    assert v.distance(np.array([2, 1, 0])) == 0


def test_one_step_is_what_one_person_more_changes() -> None:
    v = vacancies()
    for counts in np.ndindex(5, 5, 4):
        before = np.array(counts)
        for quota in range(3):
            after = before.copy()
            after[quota] += 1
            assert v.steps(before)[quota] == v.distance(after) - v.distance(before)


def test_who_is_gone_is_a_matter_of_the_words() -> None:
    v = vacancies(chance=0.5)
    low, high = 0, WORD - 1
    words = np.array([[low, high, high, high, low]] * 2 + [[high] * 5], dtype=np.uint32)
    found = scenarios_of(v, words)
    assert found.gone.tolist() == [0, 2]
    assert found.times.tolist() == [1, 2]
    assert found.left[0].tolist() == v.seats.sum(axis=0).tolist()
    assert found.left[1].tolist() == (v.seats.sum(axis=0) - v.seats[0] - v.seats[4]).tolist()


@pytest.mark.parametrize(("chance", "gone"), [(0.0, 0), (1.0, 5)])
def test_certain_chances_are_certain(chance: float, gone: int) -> None:
    v = vacancies(chance=chance)
    found = scenarios_of(v, drawn_words((100, 5), seed="1", domain="t"))
    assert found.gone.tolist() == [gone]
    assert found.times.tolist() == [100]


def test_dropouts_are_as_frequent_as_they_should_be() -> None:
    v = vacancies(chance=0.3)
    found = scenarios_of(v, drawn_words((20_000, 5), seed="1", domain="t"))
    mean = float(found.gone @ found.times) / 20_000
    assert mean == pytest.approx(1.5, abs=4 * (5 * 0.3 * 0.7 / 20_000) ** 0.5)
