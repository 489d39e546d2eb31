from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.core.apportionment import hamilton, sainte_lague

Method = Callable[..., tuple[int, ...]]
BALINSKI_YOUNG = (9061, 7179, 5259, 3319, 1182)
METHODS = pytest.mark.parametrize("method", [hamilton, sainte_lague])
COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=4).filter(any)


@pytest.mark.parametrize(
    ("method", "counts", "seats", "expected"),
    [
        (hamilton, (6, 6, 2), 10, (4, 4, 2)),
        (hamilton, (6, 6, 2), 11, (5, 5, 1)),
        (sainte_lague, (6, 6, 2), 11, (5, 5, 1)),
        (hamilton, (53, 24, 23), 7, (4, 2, 1)),
        (sainte_lague, (53, 24, 23), 7, (3, 2, 2)),
        (hamilton, BALINSKI_YOUNG, 26, (9, 7, 5, 4, 1)),
        (sainte_lague, BALINSKI_YOUNG, 26, (9, 8, 5, 3, 1)),
    ],
)
def test_known_answers(
    method: Method, counts: Sequence[int], seats: int, expected: tuple[int, ...]
) -> None:
    assert method(counts, seats) == expected


def test_a_tie_goes_to_the_larger_count_and_then_to_the_earlier() -> None:
    assert sainte_lague((2, 6, 6), 10) == (1, 5, 4)  # all three claim the tenth seat alike
    assert hamilton((1, 3), 2) == (0, 2)  # both have a remainder of one half
    assert hamilton((5, 5, 5), 2) == (1, 1, 0)
    assert sainte_lague((5, 5, 5), 4) == (2, 1, 1)


@METHODS
def test_at_least_one_where_asked(method: Method) -> None:
    assert method((1000, 10, 0), 10) == (10, 0, 0)
    assert method((1000, 10, 0), 10, at_least=1) == (9, 1, 0)


@METHODS
def test_what_a_cap_cuts_off_goes_to_the_others_in_proportion(method: Method) -> None:
    assert method((80, 40, 20), 14) == (8, 4, 2)
    assert method((80, 40, 20), 14, caps=(2, 40, 20)) == (2, 8, 4)
    assert method((80, 40, 20), 3, at_least=1, caps=(80, 0, 20)) == (2, 0, 1)


@METHODS
def test_many_letters_in_many_strata(method: Method) -> None:
    counts = [(7919 * i) % 9973 + 1 for i in range(600)]
    letters = sum(counts) * 2 // 3
    caps = [count // 2 if i % 5 == 0 else count for i, count in enumerate(counts)]
    found = method(counts, letters, at_least=1, caps=caps)
    assert sum(found) == letters
    free = {i for i, count in enumerate(counts) if found[i] not in {1, caps[i]}}
    rates = [Fraction(found[i], counts[i]) for i in free]
    # nobody's share is a letter away from the one rate that all have who are under no bound
    assert len(free) > 400
    rate = Fraction(sum(found[i] for i in free), sum(counts[i] for i in free))
    assert all(abs(found[i] - rate * counts[i]) < 1 for i in free), rates
    assert all(rate * counts[i] > cap - 1 for i, cap in enumerate(caps) if found[i] == cap)


@METHODS
@pytest.mark.parametrize(
    "faulty",
    [
        {"counts": (1, -1), "seats": 1},
        {"counts": (1, 1), "seats": -1},
        {"counts": (1, 1), "seats": 2, "at_least": -1},
        {"counts": (1, 1), "seats": 2, "caps": (3, -1)},
        {"counts": (1, 1), "seats": 1, "at_least": 1},
        {"counts": (1, 1), "seats": 3, "caps": (1, 1)},
        {"counts": (1, 1), "seats": 2, "caps": (2,)},
        {"counts": (0, 0), "seats": 1},
        {"counts": (), "seats": 1},
    ],
)
def test_what_cannot_be(method: Method, faulty: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        method(**faulty)


@METHODS
def test_nothing_to_give(method: Method) -> None:
    assert method((3, 0, 5), 0) == (0, 0, 0)
    assert method((), 0) == ()


@given(COUNTS, st.integers(0, 12))
def test_hamilton_keeps_to_the_quota(counts: list[int], seats: int) -> None:
    found = hamilton(counts, seats)
    shares = [Fraction(count * seats, sum(counts)) for count in counts]
    assert sum(found) == seats
    assert all(abs(seat - share) < 1 for seat, share in zip(found, shares, strict=True))
    closest = min(distance(other, shares) for other in allocations(seats, [seats] * len(counts)))
    assert distance(found, shares) == closest


@given(COUNTS, st.integers(0, 8), st.integers(0, 2), st.lists(st.integers(0, 8), min_size=4))
def test_sainte_lague_is_the_least_uneven_within_the_bounds(
    counts: list[int], seats: int, at_least: int, some_caps: list[int]
) -> None:
    caps = some_caps[: len(counts)]
    highest = [min(cap, seats) if count else 0 for count, cap in zip(counts, caps, strict=True)]
    lowest = [min(at_least, high) for high in highest]
    possible = [
        seats_of
        for seats_of in allocations(seats, highest)
        if all(seat >= low for seat, low in zip(seats_of, lowest, strict=True))
    ]
    if not possible:
        for method in (hamilton, sainte_lague):
            with pytest.raises(ValueError, match="can be given"):
                method(counts, seats, at_least=at_least, caps=caps)
        return
    found = sainte_lague(counts, seats, at_least=at_least, caps=caps)
    assert found in possible
    assert unevenness(found, counts) == min(unevenness(other, counts) for other in possible)


@given(COUNTS, st.integers(0, 30), st.integers(0, 3))
def test_sainte_lague_gives_seat_after_seat(counts: list[int], seats: int, at_least: int) -> None:
    expected = [at_least if count else 0 for count in counts]
    if sum(expected) > seats:
        return
    for _ in range(seats - sum(expected)):
        claims = [
            (Fraction(count, 2 * expected[i] + 1), count, -i) for i, count in enumerate(counts)
        ]
        expected[-max(claims)[2]] += 1
    assert sainte_lague(counts, seats, at_least=at_least) == tuple(expected)


@given(COUNTS, st.integers(0, 30))
def test_sainte_lague_never_takes_a_seat_away_when_there_are_more(
    counts: list[int], seats: int
) -> None:
    fewer, more = sainte_lague(counts, seats), sainte_lague(counts, seats + 1)
    assert all(a <= b for a, b in zip(fewer, more, strict=True))


@given(COUNTS, st.integers(0, 20), st.lists(st.integers(0, 9), min_size=4))
def test_hamilton_under_caps_rounds_the_proportionate_shares(
    counts: list[int], seats: int, some_caps: list[int]
) -> None:
    caps = some_caps[: len(counts)]
    highest = [min(cap, seats) if count else 0 for count, cap in zip(counts, caps, strict=True)]
    if seats > sum(highest):
        return
    found = hamilton(counts, seats, caps=caps)
    assert sum(found) == seats
    for seat, share in zip(found, capped_shares(counts, seats, highest), strict=True):
        assert floor(share) <= seat < share + 1


@METHODS
@given(counts=COUNTS, seats=st.integers(0, 20))
def test_nobody_has_more_seats_than_a_larger_one(
    method: Method, counts: list[int], seats: int
) -> None:
    found = sorted(zip(counts, method(counts, seats), strict=True))
    assert [seat for _, seat in sorted(found)] == sorted(seat for _, seat in found)


def allocations(seats: int, highest: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for found in product(*(range(high + 1) for high in highest)):
        if sum(found) == seats:
            yield found


def distance(found: Sequence[int], shares: Sequence[Fraction]) -> Fraction:
    pairs = zip(found, shares, strict=True)
    return sum(((seat - share) ** 2 for seat, share in pairs), Fraction(0))


def unevenness(found: Sequence[int], counts: Sequence[int]) -> Fraction:
    """What Sainte-Laguë (1910) makes least, without its constant part."""
    pairs = zip(found, counts, strict=True)
    return sum((Fraction(seat**2, count) for seat, count in pairs if count), Fraction(0))


def capped_shares(counts: Sequence[int], seats: int, highest: Sequence[int]) -> list[Fraction]:
    """Whoever would pass the cap gets it, and the rest is shared out again, till nobody would."""
    full: set[int] = set()
    while True:
        rest = seats - sum(highest[i] for i in full)
        open_counts = sum(count for i, count in enumerate(counts) if i not in full)
        shares = [
            Fraction(highest[i]) if i in full else Fraction(count * rest, open_counts or 1)
            for i, count in enumerate(counts)
        ]
        passing = {i for i, share in enumerate(shares) if share > highest[i]}
        if not passing:
            return shares
        full |= passing
