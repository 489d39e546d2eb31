"""A claim, and what was found about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sortition.audit.canonical import DIGEST, digest
from sortition.errors import Finding

# what documents of the right form, with figures or names that nobody would write, can lead to
SENSELESS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
MOST_FINDINGS = 1000  # of one claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One claim, and what was found about it.

    Attributes
    ----------
    name : str
        The catalogue holds the claim in words.
    findings : tuple of Finding or None
        What is wrong; None if the files that the check needs are missing or malformed.
    """

    name: str
    findings: tuple[Finding, ...] | None


def checked(name: str, check: Callable[..., Iterable[Finding]], *needed: Any) -> Check:
    """Look at one claim, if all that it needs is there."""
    if any(part is None for part in needed):
        return Check(name=name, findings=None)
    try:
        # of a large file made of nothing but faults some are enough
        findings = tuple(islice(check(*needed), MOST_FINDINGS))
    except SENSELESS as error:
        findings = (Finding(code="verify-senseless", value=type(error).__name__),)
    return Check(name=name, findings=findings)


def announced_otherwise(
    contents: Mapping[str, bytes], place: str, announced: str
) -> Iterator[Finding]:
    """That a file has not the digest that was announced, and whether another one has it."""
    stated = announced.strip().lower()
    found = digest(contents[place]) if place in contents else ""
    if found == stated:
        return
    if not DIGEST.fullmatch(stated):
        yield Finding(code="verify-announced-no-digest", value=announced)
        return
    facts = {"stated": stated}
    others = (name for name in sorted(contents) if digest(contents[name]) == stated)
    if other := next(others, ""):
        facts["other"] = other
    yield Finding(code="verify-announced", file=place, value=found, facts=facts)
