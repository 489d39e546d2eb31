from __future__ import annotations

from collections import Counter
from hashlib import sha256

import numpy as np
import pytest

from sortition.core.spread.logarithms import log2
from sortition.core.spread.numbers import Numbers


def test_known_answers() -> None:
    # of the author's own program, https://prng.di.unimi.it/splitmix64.c
    assert Numbers(1234567).words(5).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    assert Numbers(0).words(1).tolist() == [0xE220A8397B1DCDAF]


def test_one_by_one_or_all_at_once() -> None:
    one = Numbers.of("key", "test")
    other = Numbers.of("key", "test")
    parts = [*one.words(3), *one.words(0), *one.words(7), *one.words(90)]
    assert parts == other.words(100).tolist()


def test_the_seed_is_the_head_of_a_digest() -> None:
    head = sha256(b"sortition/deal/1\nabc").hexdigest()[:16]
    assert Numbers.of("abc", "deal").words(4).tolist() == Numbers(int(head, 16)).words(4).tolist()
    assert Numbers.of("abc", "deal").words(1) != Numbers.of("abc", "exchange").words(1)


@pytest.mark.parametrize("bound", [1, 2, 3, 10, 2**32])
def test_below(bound: int) -> None:
    drawn = Numbers(7).below(np.full(3000, bound))
    assert drawn.min() >= 0
    assert drawn.max() < bound
    if bound <= 10:
        seen = Counter(drawn.tolist())
        # seed 7; the 1 in 10,000 limit of chi-square with 9 degrees of freedom is 33.7
        assert sum((n - 3000 / bound) ** 2 / (3000 / bound) for n in seen.values()) < 33.7


def test_fractions_are_of_the_unit_interval() -> None:
    drawn = Numbers(11).fractions(1000)
    assert 0 <= drawn.min() < 0.01
    assert 0.99 < drawn.max() < 1
    assert np.all(drawn * 2**32 == np.floor(drawn * 2**32))


def test_logarithms() -> None:
    assert log2(np.array([1, 2, 4, 1024, 2**20])).tolist() == [
        0,
        2**16,
        2**17,
        10 * 2**16,
        20 * 2**16,
    ]
    values = np.arange(1, 5000)
    off = log2(values) / 2**16 - np.log2(values)
    assert off.max() <= 1e-9
    assert off.min() > -2 / 2**16
