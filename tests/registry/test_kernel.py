"""The kernel is held against sorting everybody."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sortition.registry import kernel
from sortition.registry.kernel import Candidates, bottom_k, decided, draw, merge, together

Row = tuple[int, int]  # stratum and the beginning of a ticket
ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 12)), max_size=30)
LETTERS = st.lists(st.integers(0, 6), min_size=3, max_size=3)


def candidates(rows: list[Row], first: int = 0) -> Candidates:
    ids = np.empty(len(rows), dtype=object)
    ids[:] = [f"P{first + number:03d}".encode() for number in range(len(rows))]
    return Candidates(
        strata=np.array([stratum for stratum, _ in rows], dtype=np.int64),
        prefixes=np.array([prefix for _, prefix in rows], dtype=np.uint64),
        ids=ids,
        places=np.arange(first, first + len(rows), dtype=np.int64),
    )


def places(people: Candidates) -> set[int]:
    return set(people.places.tolist())


def expected(rows: list[Row], letters: list[int]) -> set[int]:
    """Everybody who is not above the last who fills the stratum."""
    kept = set()
    for stratum, count in enumerate(letters):
        own = sorted(prefix for one, prefix in rows if one == stratum)
        last = own[count - 1] if 0 < count <= len(own) else 99
        kept |= {i for i, row in enumerate(rows) if row[0] == stratum and count and row[1] <= last}
    return kept


@given(ROWS, LETTERS)
def test_bottom_k_is_what_sorting_gives(rows: list[Row], letters: list[int]) -> None:
    wanted = np.array(letters, dtype=np.int64)
    assert places(bottom_k(candidates(rows), wanted)) == expected(rows, letters)


@given(ROWS, LETTERS, st.lists(st.integers(0, 30), max_size=4))
def test_any_parts_merged_in_any_tree_give_the_same(
    rows: list[Row], letters: list[int], cuts: list[int]
) -> None:
    wanted = np.array(letters, dtype=np.int64)
    ends = [0, *sorted(cuts), len(rows)]
    parts = [bottom_k(candidates(rows[start:end], start), wanted) for start, end in pairwise(ends)]
    whole = expected(rows, letters)
    assert places(merge(parts, wanted)) == whole
    assert places(merge(reversed(parts), wanted)) == whole
    tree = parts[0]
    for part in parts[1:]:
        tree = merge([part, tree], wanted)
    assert places(tree) == whole


def test_chunks_that_are_never_held_together() -> None:
    chance = np.random.default_rng(1)
    rows = [
        (int(s), int(p))
        for s, p in zip(chance.integers(0, 3, 5_000), chance.integers(0, 2**60, 5_000), strict=True)
    ]
    letters = [7, 0, 40]
    room, kernel.ROOM = kernel.ROOM, 100
    try:
        chunks = [candidates(rows[start : start + 90], start) for start in range(0, 5_000, 90)]
        found = draw(chunks, np.array(letters, dtype=np.int64))
    finally:
        kernel.ROOM = room
    assert places(found) == expected(rows, letters)


def test_a_tie_in_64_bits_is_decided_by_the_whole_ticket_then_the_id() -> None:
    people = candidates([(0, 5)] * 4)
    tickets = {b"P000": "5c", b"P001": "5b", b"P002": "5a", b"P003": "5a"}
    letters = np.array([3], dtype=np.int64)
    kept = bottom_k(people, letters)
    assert len(kept) == 4
    positions, own = decided(kept, letters, tickets.__getitem__)
    assert [kept.ids[position] for position in positions] == [b"P002", b"P003", b"P001"]
    assert own == ["5a", "5a", "5b"]


def test_nobody_at_all() -> None:
    letters = np.array([2, 0], dtype=np.int64)
    assert len(merge([], letters)) == 0
    assert len(draw([], letters)) == 0
    assert len(together([])) == 0
