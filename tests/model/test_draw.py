from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from sortition.model import below, seed_hash, ticket

SEED = "63454660390103169462"
LOTTERY = "draw/ee2818afa69fa870b99e2c023ff272f944968825e42d61dcd9eb01b6513676c1"


def test_seed_hash() -> None:
    assert seed_hash(SEED) == "674a78e77b955608b6d36e9693c74202f3626c333c8e9ff0bee1e466306f8543"


def test_published_draws() -> None:
    assert below(10, seed=SEED, domain=LOTTERY) == 6
    assert below(1000, seed=SEED, domain=LOTTERY) == 36
    drawn = [below(1000, seed=SEED, domain="test", skip=skip) for skip in range(6)]
    assert drawn == [907, 351, 798, 973, 232, 578]


def test_published_tickets() -> None:
    ids = ["P1", "P2", "P3", "P4", "P5", "P6", "Ærø-7"]
    tickets = {id: ticket(id, seed=SEED, domain="invite/1") for id in ids}
    ordered = sorted(ids, key=lambda id: (tickets[id], id))
    assert ordered == ["P6", "P3", "P2", "P4", "Ærø-7", "P5", "P1"]
    starts = ["31cd9df9f839d43d", "539f3e46897c48e1", "6827ac61", "8ce52dea", "eeb3216a"]
    starts += ["f6c18367", "fd1e144b"]
    for id, start in zip(ordered, starts, strict=True):
        assert tickets[id].startswith(start)


@pytest.mark.parametrize("n", [1, 2, 3, 10, 1000, 2**255, 2**255 + 1, 2**256 - 1, 2**256])
def test_below_follows_the_page_on_formats(n: int) -> None:
    # every block in turn, and none that lies beyond the last whole multiple of n
    accepted = []
    for counter in range(40):
        block = f"{seed_hash('s')}|d|{counter}".encode()
        x = int(sha256(block).hexdigest(), 16)
        if x < 2**256 - 2**256 % n:
            accepted.append(x % n)
    drawn = [below(n, seed="s", domain="d", skip=skip) for skip in range(10)]
    assert drawn == accepted[:10]


def test_a_block_that_would_favour_a_remainder_is_passed_over() -> None:
    # just over half of the space is a whole multiple of this n: about every other block is refused
    n = 2**255 + 1
    refused = 0
    for seed in map(str, range(200)):
        first = int(sha256(f"{seed_hash(seed)}|d|0".encode()).hexdigest(), 16)
        if first >= n:
            refused += 1
            assert below(n, seed=seed, domain="d") != first % n
        else:
            assert below(n, seed=seed, domain="d") == first
    assert 70 <= refused <= 130


def test_every_outcome_is_drawn_about_equally_often() -> None:
    drawn = Counter(below(6, seed=str(seed), domain="die") for seed in range(6000))
    assert sorted(drawn) == [0, 1, 2, 3, 4, 5]
    # six standard deviations of a fair die
    assert all(abs(times - 1000) < 6 * (6000 * 5 / 36) ** 0.5 for times in drawn.values())


@pytest.mark.parametrize("n", [0, -1, 2**256 + 1])
def test_number_of_outcomes_out_of_range(n: int) -> None:
    with pytest.raises(ValueError, match="from 1 to"):
        below(n, seed="s", domain="d")


def test_domain_holds_no_bar() -> None:
    with pytest.raises(ValueError, match="domain"):
        below(2, seed="s", domain="a|b")
    with pytest.raises(ValueError, match="domain"):
        ticket("P1", seed="s", domain="a|b")


def test_domains_and_seeds_draw_apart() -> None:
    draws = {
        below(2**128, seed=seed, domain=domain) for seed in ("1", "01") for domain in ("a", "b")
    }
    assert len(draws) == 4
