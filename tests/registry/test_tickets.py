from __future__ import annotations

import hmac
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from sortition.model import seed_hash, ticket
from sortition.registry.drawing import draw_people
from sortition.registry.engines import engine
from sortition.registry.passes import Part, Values
from sortition.registry.source import open_registry
from sortition.registry.tickets import Tickets
from tests.registry.making import PLACES, SEED, people, write_parquet

IDS = ["P1", "P2", "P3", "P4", "P5", "P6", "Ærø-7"]


def test_the_published_order_and_beginnings() -> None:
    tickets = Tickets(seed=SEED, domain="invite/1")
    own = {id: tickets.of(id.encode()) for id in IDS}
    assert sorted(IDS, key=lambda id: own[id]) == ["P6", "P3", "P2", "P4", "Ærø-7", "P5", "P1"]
    beginnings = {"P6": "31cd9df9f839d43d", "P3": "539f3e46897c48e1", "P1": "fd1e144b"}
    assert all(own[id].startswith(beginning) for id, beginning in beginnings.items())
    assert own == {id: ticket(id, seed=SEED, domain="invite/1") for id in IDS}


def test_words_are_the_digits_of_the_tickets() -> None:
    tickets = Tickets(seed=SEED, domain="invite/1")
    ids = [id.encode() for id in IDS]
    words = tickets.words(ids).tolist()
    assert ["".join(f"{word:016x}" for word in row) for row in words] == [*map(tickets.of, ids)]
    assert tickets.words([]).shape == (0, 4)


def test_pseudonyms_are_keyed() -> None:
    key = bytes(range(32))
    tickets = Tickets(seed=SEED, domain="invite/1", key=key)
    name = tickets.name(b"0101701234")
    assert name.decode() == hmac.new(key, b"id|0101701234", sha256).hexdigest()[:32]
    assert tickets.of(b"0101701234") == ticket(name.decode(), seed=SEED, domain="invite/1")
    words = tickets.words([b"0101701234"])[0].tolist()
    assert "".join(f"{word:016x}" for word in words) == tickets.of(b"0101701234")


@pytest.mark.parametrize("letters", [1, 25])
def test_duckdb_draws_the_same_people(tmp_path: Path, letters: int) -> None:
    """A SHA-256 and a sort that are not ours, over the same file."""
    rows = people(3_000)
    folder = write_parquet(tmp_path / "registry", rows, parts=3)
    query = f"""
        SELECT sted, id FROM (
            SELECT sted, id, row_number() OVER (
                PARTITION BY sted ORDER BY sha256('{seed_hash(SEED)}|invite/1|' || id), id
            ) AS place FROM read_parquet('{folder}/*.parquet')
        ) WHERE place <= {letters} ORDER BY sted, id
    """
    theirs = sorted(id for _, id in duckdb.execute(query).fetchall())
    parts = [
        Part(partition=one, number=number, id_column="id", by=("sted",))
        for number, one in enumerate(open_registry(folder).partitions)
    ]
    tickets = Tickets(seed=SEED, domain="invite/1")
    strata: dict[Values, int] = {(place,): number for number, place in enumerate(PLACES)}
    with engine() as here:
        ours = draw_people(here, parts, tickets, strata, [letters] * 4, rows=len(rows))
    assert [person.id for person in ours] == theirs
