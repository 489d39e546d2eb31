"""A commitment to many rows by one digest, and the proof that a row is among them.

The tree is that of RFC 6962, section 2.1: leaves and nodes are hashed with different first bytes,
and a list is split at the largest power of two below its length. A leaf is salted with a nonce of
its own, so that nobody can try out rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def leaf(nonce: bytes, row: bytes) -> bytes:
    """The digest of one row, given as canonical JSON."""
    return sha256(b"\x00" + nonce + row).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The digest of two digests."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The digest of all leaves.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not leaves:
        raise ValueError("a tree needs a leaf")
    if len(leaves) == 1:
        return leaves[0]
    middle = _split(len(leaves))
    return node(root(leaves[:middle]), root(leaves[middle:]))


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The digests that lead from a leaf to the root, the nearest first (RFC 6962, 2.1.1).

    Raises
    ------
    IndexError
        If there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if index < middle:
        return [*path(left, index), root(right)]
    return [*path(right, index - middle), root(left)]


def paths(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """The path of every leaf; as `path`, and far quicker where all of them are wanted."""
    found: list[list[bytes]] = [[] for _ in leaves]

    def gather(start: int, end: int) -> bytes:
        if end - start == 1:
            return leaves[start]
        middle = start + _split(end - start)
        left, right = gather(start, middle), gather(middle, end)
        for index in range(start, end):
            found[index].append(right if index < middle else left)
        return node(left, right)

    if leaves:
        gather(0, len(leaves))
    return found


def root_over(start: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf and its path lead to.

    Raises
    ------
    ValueError
        If a tree of this size has no such leaf, or its path is of another length.
    """
    if not 0 <= index < size:
        raise ValueError("there is no such leaf")
    if size == 1:
        if path:
            raise ValueError("the path is too long")
        return start
    if not path:
        raise ValueError("the path is too short")
    middle, (*below, sibling) = _split(size), path
    if index < middle:
        return node(root_over(start, index=index, size=middle, path=below), sibling)
    rest = root_over(start, index=index - middle, size=size - middle, path=below)
    return node(sibling, rest)


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return int(1 << (size - 1).bit_length() - 1)
