"""Chance from a seed, in integers and SHA-256 alone.

Nothing here depends on a float, on a random generator, on Python's hash or on the order of rows,
so that anybody can repeat a draw with the seed, in any language.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import count

SPACE = 2**256
# what the seed of a trial begins with, or the assembly's name in its commitment: it is part of
# what draws or of what is announced, so that nobody can take it away
REHEARSAL = "rehearsal: "


def seed_hash(seed: str) -> str:
    """The seed as 64 hexadecimal digits, so that seeds of any length serve."""
    return sha256(f"sortition/seed/1\n{seed}".encode()).hexdigest()


def is_rehearsal(text: str | None) -> bool:
    """Whether a seed, or the name in a commitment, is that of a trial, which decides nothing."""
    return text is not None and text.startswith(REHEARSAL)


def below(n: int, *, seed: str, domain: str, skip: int = 0) -> int:
    """A number from 0 to n - 1, every one equally likely.

    The blocks ``SHA256(seedhash | domain | counter)`` are read as integers in turn; the first
    one under the largest multiple of `n` gives its remainder, so that no remainder is favoured.

    Parameters
    ----------
    n : int
        How many outcomes there are; from 1 to 2**256.
    seed : str
        The public random text.
    domain : str
        What is drawn. Draws in different domains are independent. It holds no ``|``.
    skip : int
        How many accepted numbers of the same domain to pass over first.

    Raises
    ------
    ValueError
        If `n` is out of range or the domain holds ``|``.
    """
    if not 1 <= n <= SPACE:
        raise ValueError("the number of outcomes is from 1 to 2**256")
    _check_domain(domain)
    prefix = f"{seed_hash(seed)}|{domain}|"
    limit = SPACE - SPACE % n
    for counter in count():
        block = int.from_bytes(sha256(f"{prefix}{counter}".encode()).digest(), "big")
        if block < limit:
            if not skip:
                return block % n
            skip -= 1
    raise AssertionError("unreachable: the counter never ends")


def ticket(id: str, *, seed: str, domain: str) -> str:
    """One person's ticket, 64 hexadecimal digits; people are ordered by ``(ticket, id)``.

    Raises
    ------
    ValueError
        If the domain holds ``|``.
    """
    _check_domain(domain)
    return sha256(f"{seed_hash(seed)}|{domain}|{id}".encode()).hexdigest()


def _check_domain(domain: str) -> None:
    if "|" in domain:
        raise ValueError("a domain holds no '|'")
