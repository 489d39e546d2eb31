from __future__ import annotations

from hashlib import sha256

import pytest

from sortition.audit.bundle import merkle
from sortition.audit.bundle.tokens import nonce, token
from sortition.audit.canonical import canonical_json

KEY = bytes(range(32))
ROWS = {id: canonical_json({"id": id, "sex": "f"}) for id in ("P1", "P2", "P3")}


def leaves(count: int) -> list[bytes]:
    return [sha256(bytes([number])).digest() for number in range(count)]


def test_vectors() -> None:
    hashed = [merkle.leaf(nonce(KEY, id), row) for id, row in ROWS.items()]
    assert hashed[0].hex().startswith("7176867c523899bc")
    assert merkle.root(hashed).hex().startswith("46d80ecc9325aca5")


def test_shape_of_seven() -> None:
    # RFC 6962, section 2.1.3: ((0 1) (2 3)) ((4 5) 6)
    a = leaves(7)
    pair = merkle.node
    left = pair(pair(a[0], a[1]), pair(a[2], a[3]))
    right = pair(pair(a[4], a[5]), a[6])
    assert merkle.root(a) == pair(left, right)
    assert merkle.path(a, 0) == [a[1], pair(a[2], a[3]), right]
    assert merkle.path(a, 6) == [pair(a[4], a[5]), left]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 13, 32, 33])
def test_every_path_leads_to_the_root_and_no_other_leaf_does(size: int) -> None:
    a = leaves(size)
    root = merkle.root(a)
    for index in range(size):
        path = merkle.path(a, index)
        assert merkle.root_over(a[index], index=index, size=size, path=path) == root
        for other in range(size):
            if other != index:
                try:
                    led = merkle.root_over(a[other], index=index, size=size, path=path)
                except ValueError:
                    continue
                assert led != root


@pytest.mark.parametrize(("index", "size", "length"), [(0, 1, 1), (0, 2, 0), (3, 3, 2), (-1, 3, 2)])
def test_impossible_paths(index: int, size: int, length: int) -> None:
    with pytest.raises(ValueError, match=r"leaf|path"):
        merkle.root_over(b"x" * 32, index=index, size=size, path=leaves(length))


def test_an_empty_tree() -> None:
    with pytest.raises(ValueError, match="needs a leaf"):
        merkle.root([])
    with pytest.raises(IndexError):
        merkle.path(leaves(2), 2)


def test_tokens_depend_on_key_and_id_and_not_on_spelling() -> None:
    assert token(KEY, "P1") != token(KEY, "P2") != token(KEY[::-1], "P2")
    assert token(KEY, "\u00c5") == token(KEY, "A\u030a")
    assert len(token(KEY, "P1")) == 16
    assert nonce(KEY, "P1").hex()[:16] != token(KEY, "P1")
