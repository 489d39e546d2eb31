"""Repeat a selection by RFC 3797, as older lotteries used it.

D. Eastlake, *Publicly Verifiable Nominations Committee (NomCom) Random Selection*, RFC 3797,
2004, sections 4 to 6. The code follows the numbers:

1. each source of randomness becomes a text: its numbers sorted, each followed by ``.``, and all
   of it followed by ``/``;
2. the texts one after the other are the key;
3. the MD5 digest of a counter of two bytes, the key and the counter again is a large number;
4. its remainder by how many are left picks one of those who are left, in their order.

MD5 no longer resists somebody who may choose the key, so that new lotteries use `model.draw`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import md5


def key_of(sources: Iterable[Sequence[int]]) -> str:
    """The key string of sources of whole numbers (steps 1 and 2)."""
    return "".join("".join(f"{number}." for number in sorted(source)) + "/" for source in sources)


def digest_of(key: str, counter: int) -> str:
    """The digest of one round, 32 upper-case hexadecimal digits (step 3)."""
    ends = counter.to_bytes(2, "big")
    return md5(ends + key.encode() + ends, usedforsecurity=False).hexdigest().upper()


def selected(key: str, *, pool: int, count: int) -> list[int]:
    """The numbers, from 1 to `pool`, that are selected, in order (step 4).

    Raises
    ------
    ValueError
        If more are wanted than there are.
    """
    if not 0 <= count <= pool:
        raise ValueError("more are wanted than there are")
    left = list(range(1, pool + 1))
    return [left.pop(int(digest_of(key, turn), 16) % len(left)) for turn in range(count)]
