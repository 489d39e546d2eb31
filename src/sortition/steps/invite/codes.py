"""Invitation codes: eight characters that are easy to type and hard to guess.

The alphabet has 29 characters, a prime, none of which looks like another. The last character makes
``1 * c1 + 2 * c2 + … + 8 * c8`` a multiple of 29, so a wrong character and two that changed places
are noticed always.

A seed becomes public, so no code comes from the seed: codes come from a secret key, or from the
operating system's randomness.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 8
BASE = len(ALPHABET)
CODES: int = BASE ** (LENGTH - 1)


def code_of(number: int) -> str:
    """The code of a number from 0 to `CODES` - 1."""
    digits = [number // BASE**place % BASE for place in range(LENGTH - 1)]
    weighted = sum(weight * digit for weight, digit in enumerate(digits, start=1))
    digits.append(-weighted * pow(LENGTH, -1, BASE) % BASE)
    return "".join(ALPHABET[digit] for digit in digits)


def codes_for(
    ids: Iterable[str], *, key: bytes | None, domain: str, series: str = ""
) -> dict[str, str]:
    """A different code for each person.

    Parameters
    ----------
    ids : iterable of str
    key : bytes or None
        Secret; the same key gives the same codes. None: codes that nobody can make again.
    domain : str
        What the people are invited to, so that each wave has its own codes.
    series : str
        A sign of the alphabet that all codes begin with; empty: they begin with any.
    """
    domain = f"{series}|{domain}" if series else domain
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for id in sorted(ids):
        attempt = 0
        while (code := code_of(_number(key, f"code|{domain}|{id}|{attempt}", series))) in taken:
            attempt += 1
        taken.add(code)
        codes[id] = code
    return codes


def _number(key: bytes | None, text: str, series: str) -> int:
    count = CODES // BASE if series else CODES
    if key is None:
        number = secrets.randbelow(count)
    else:
        # 256 bits modulo less than 2**35: what the remainders differ in nobody can notice
        number = int.from_bytes(hmac.digest(key, text.encode(), "sha256"), "big") % count
    return number * BASE + ALPHABET.index(series) if series else number
