"""The signatures of quicknet, against rounds that it published and the vectors of RFC 9380."""

from __future__ import annotations

import pytest

from sortition.audit.draw.bls import P, R, _times, hash_to_g1, signed_by_quicknet

ROUNDS = {
    1000: "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39",
    657413: "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
    "41076862b98fad56e91a6b85b89cd97b",
}
SUITE = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_"


@pytest.mark.parametrize("round_", ROUNDS)
def test_rounds_that_were_published(round_: int) -> None:
    assert signed_by_quicknet(round_, bytes.fromhex(ROUNDS[round_]))


def small_order() -> str:
    """A point of the curve that is not in G1: the first x that has one."""
    x = next(x for x in range(1, 99) if pow(x**3 + 4, (P - 1) // 2, P) == 1)
    y = pow(x**3 + 4, (P + 1) // 4, P)
    assert _times(R, (x, y)) is not None
    return f"{x | 1 << 383:096x}"


FALSE = [
    (1001, ROUNDS[1000]),
    (657413, ROUNDS[1000]),
    (1000, "ab" * 48),
    # the other root of the same x
    (1000, f"{int(ROUNDS[1000], 16) ^ 1 << 381:096x}"),
    # the point that changes nothing
    (1000, f"c0{'0' * 94}"),
    # not compressed, too long, not within the field, off the curve, off the group
    (1000, f"{int(ROUNDS[1000], 16) ^ 1 << 383:096x}"),
    (1000, f"{ROUNDS[1000]}00"),
    (1000, ""),
    (1000, f"{P | 1 << 383:096x}"),
    (1000, f"{3 | 1 << 383:096x}"),
    (1000, small_order()),
]


@pytest.mark.parametrize(("round_", "signature"), FALSE)
def test_signatures_that_are_none(round_: int, signature: str) -> None:
    assert not signed_by_quicknet(round_, bytes.fromhex(signature))


def test_points_of_rfc_9380() -> None:
    """Appendix J.9.1, the first two messages."""
    vectors = {
        b"": (
            "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4"
            "e8cf62d9c09db0fac349612b759e79a1",
            "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc"
            "68ee29813bb7994998f3eae0c9c6a265",
        ),
        b"abc": (
            "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3a"
            "ee664ba5379a7655d3c68900be2f6903",
            "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311"
            "f0b8dfaaa154fa6b88176c229f2885d",
        ),
    }
    for message, point in vectors.items():
        assert tuple(f"{number:096x}" for number in hash_to_g1(message, SUITE)) == point
