from __future__ import annotations

import hmac
from hashlib import sha256
from pathlib import Path

import pytest

from sortition.model import ticket
from sortition.registry.counting import Part, Values, count
from sortition.registry.drawing import Lot, draw_people
from sortition.registry.duck import database, texts
from sortition.registry.engines import engine
from sortition.registry.source import open_registry
from sortition.registry.tickets import Tickets
from tests.registry.making import PLACES, SEED, lowest, people, write_parquet

IDS = ["P1", "P2", "P3", "P4", "P5", "P6", "Ærø-7"]


def test_the_published_order_and_beginnings() -> None:
    tickets = Tickets(seed=SEED, domain="invite/1")
    own = {id: tickets.of(id) for id in IDS}
    assert sorted(IDS, key=lambda id: own[id]) == ["P6", "P3", "P2", "P4", "Ærø-7", "P5", "P1"]
    beginnings = {"P6": "31cd9df9f839d43d", "P3": "539f3e46897c48e1", "P1": "fd1e144b"}
    assert all(own[id].startswith(beginning) for id, beginning in beginnings.items())
    assert own == {id: ticket(id, seed=SEED, domain="invite/1") for id in IDS}


KEYS = [None, bytes(range(32)), b"k" * 64, b"longer than a block of SHA-256 " * 4]


@pytest.mark.parametrize("key", KEYS)
def test_queries_make_the_same_tickets(key: bytes | None) -> None:
    tickets = Tickets(seed="it's a seed", domain="invite/2/household", key=key)
    ids = [*IDS, "a'b", "x" * 200]
    held = {"id": texts(ids)}
    with database(1) as here:
        query = f"SELECT id, {tickets.sql('id')} FROM held"
        assert dict(here.execute(query).fetchall()) == {id: tickets.of(id) for id in held["id"]}


def test_pseudonyms_are_keyed() -> None:
    key = bytes(range(32))
    tickets = Tickets(seed=SEED, domain="invite/1", key=key)
    name = tickets.name("0101701234")
    assert name == hmac.new(key, b"id|0101701234", sha256).hexdigest()[:32]
    assert tickets.of("0101701234") == ticket(name, seed=SEED, domain="invite/1")


def test_the_lowest_of_each_stratum_are_drawn(tmp_path: Path) -> None:
    """The standard library's SHA-256 and a sort, over the same file."""
    rows = people(3_000)
    folder = write_parquet(tmp_path / "registry", rows, parts=3)
    parts = [
        Part(partition=one, id_column="id", by=("sted",))
        for one in open_registry(folder).partitions
    ]
    tickets = Tickets(seed=SEED, domain="invite/1")
    strata: dict[Values, int] = {(place,): number for number, place in enumerate(PLACES)}
    for letters in (1, 25):
        lot = Lot(tickets=tickets, strata=strata, letters=[letters] * 4)
        with engine() as here:
            ours = draw_people(here, parts, count(here, parts), lot)
        theirs = {
            id
            for place in PLACES
            for id in lowest([row for row in rows if row["sted"] == place], letters)
        }
        assert [person.id for person in ours] == sorted(theirs)
