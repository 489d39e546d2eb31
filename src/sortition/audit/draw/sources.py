"""Where the chance of a draw comes from: what is promised before, and what came of it.

A beacon round is one of drand's quicknet: one every three seconds, its randomness the SHA-256 of
its signature, which has to be that of the network (`sortition.audit.draw.bls`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, get_args

from sortition.audit.canonical import Json
from sortition.audit.draw.bls import signed_by_quicknet
from sortition.audit.draw.numbers import Numbers, numbers_of, spelling_faults
from sortition.errors import Finding
from sortition.model import below

SourceKind = Literal["seed", "drawn", "beacon"]
KINDS: tuple[str, ...] = get_args(SourceKind)
CHAIN = "drand quicknet"
GENESIS, PERIOD = 1_692_803_367, 3  # seconds
LAST_ROUND = 10**10  # about the year 2970
SIGNATURE = re.compile("[0-9a-f]{96}")
DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source that is promised before the draw.

    Attributes
    ----------
    kind : {"seed", "drawn", "beacon"}
        A text that is found in public, digits that are drawn by hand, or a beacon's round.
    round : int or None
        Of the beacon.
    numbers : tuple of Numbers
        Which numbers make a seed, and how they are written; a commitment promises some.
    """

    kind: SourceKind
    round: int | None = None
    numbers: tuple[Numbers, ...] = ()

    def __post_init__(self) -> None:
        if (self.round is None) == (self.kind == "beacon"):
            raise ValueError("a beacon has a round, and nothing else has one")
        if self.numbers and self.kind != "seed":
            raise ValueError("numbers make a seed, and nothing else")
        if self.round is not None and not 1 <= self.round <= LAST_ROUND:
            raise ValueError("rounds are numbered from 1 on, to the end of the calendar")

    def document(self) -> Json:
        """What stands in a commitment."""
        kind: str = self.kind
        if self.numbers:
            return {"kind": kind, "numbers": [one.document() for one in self.numbers]}
        if self.round is None:
            return {"kind": kind}
        return {"kind": kind, "chain": CHAIN, "round": self.round}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a source.

    Attributes
    ----------
    source : Source
    text : str
        The seed, the digits, or the beacon's randomness.
    signature : str
        Of the beacon, in hexadecimal.
    """

    source: Source
    text: str
    signature: str = ""

    def document(self) -> Json:
        """What stands in the record of a draw."""
        promised: Any = self.source.document()
        if self.source.kind == "seed":
            return {**promised, "seed": self.text}
        if self.source.kind == "drawn":
            return {**promised, "digits": self.text}
        return {**promised, "randomness": self.text, "signature": self.signature}

    def ticket(self, tickets: int, lottery_digest: str) -> int:
        """The number of the ticket that it draws; only if there are no `faults`."""
        if self.source.kind == "drawn":
            return int(self.text)
        return below(tickets, seed=self.text, domain=f"draw/{lottery_digest}")

    def faults(self, promised: Source | None, tickets: int) -> Iterator[Finding]:
        """Why it cannot draw from so many tickets, or is not what was promised.

        Parameters
        ----------
        promised : Source or None
            None: nothing was.
        tickets : int
        """
        if promised is not None and promised.kind != self.source.kind:
            kind: dict[str, str | int] = {"promised": promised.kind}
            yield Finding(code="source-other", value=self.source.kind, facts=kind)
        elif promised is not None and promised.round != self.source.round:
            round_ = {"promised": promised.round or 0}
            yield Finding(code="beacon-round-other", value=str(self.source.round), facts=round_)
        if self.source.kind == "drawn":
            yield from _digit_faults(self.text, tickets)
        elif self.source.kind == "beacon":
            yield from _beacon_faults(self)
        elif not self.text:
            yield Finding(code="seed-empty")
        elif promised is not None and promised.numbers:
            yield from spelling_faults(promised.numbers, self.text)


def source_of(document: Mapping[str, Any]) -> Source | None:
    """The source that a commitment promises; None if it is none."""
    round_ = document.get("round")
    numbers = numbers_of(document["numbers"]) if "numbers" in document else ()
    if numbers is None:
        return None
    try:
        source = Source(kind=document["kind"], round=round_, numbers=numbers)
        well = source.kind in KINDS and source.document() == dict(document)
    except (KeyError, TypeError, ValueError):
        return None
    return source if well and type(round_) in {int, type(None)} else None


def outcome_of(document: Mapping[str, Any]) -> Outcome | None:
    """What the record of a draw states; None if that is nothing."""
    texts = {"seed": "seed", "drawn": "digits", "beacon": "randomness"}
    rest = {
        name: value
        for name, value in document.items()
        if name not in {"seed", "digits", "randomness", "signature"}
    }
    source = source_of(rest)
    if source is None or source.numbers:  # which were promised, and not in the draw
        return None
    text, signature = document.get(texts[source.kind]), document.get("signature", "")
    if not isinstance(text, str) or not isinstance(signature, str):
        return None
    outcome = Outcome(source=source, text=text, signature=signature)
    return outcome if outcome.document() == document else None


def beacon(content: bytes) -> Outcome | None:
    """A round as the network's relays publish it, in JSON; None if it is none.

    ``round``, ``randomness`` and ``signature`` are needed; other keys are passed over.
    """
    try:
        document = json.loads(content)
        source = Source(kind="beacon", round=_whole(document["round"]))
        text, signature = document["randomness"], document["signature"]
        if "previous_signature" in document:  # of a chain that is not quicknet
            return None
        return Outcome(source=source, text=text.lower(), signature=signature.lower())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def round_at(time: datetime) -> int:
    """The newest round at a time.

    Raises
    ------
    ValueError
        If the network did not run yet.
    """
    passed = time.timestamp() - GENESIS
    if passed < 0:
        raise ValueError("the network did not run yet")
    return int(passed // PERIOD) + 1


def time_of(round_: int) -> datetime:
    """When a round is published, in UTC."""
    return datetime.fromtimestamp(GENESIS, UTC) + timedelta(seconds=PERIOD * (round_ - 1))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("a round is a whole number")
    return value


def _digit_faults(digits: str, tickets: int) -> Iterator[Finding]:
    needed = len(str(tickets - 1))
    if not DIGITS.fullmatch(digits) or len(digits) != needed:
        facts: dict[str, str | int] = {
            "needed": needed,
            "example": "0" * needed,
            "last": tickets - 1,
        }
        yield Finding(code="digits-count", value=digits, facts=facts)
    elif int(digits) >= tickets:
        yield Finding(code="digits-range", value=digits, facts={"last": tickets - 1})


def _beacon_faults(outcome: Outcome) -> Iterator[Finding]:
    if not SIGNATURE.fullmatch(outcome.signature):
        yield Finding(code="beacon-signature-form")
    elif sha256(bytes.fromhex(outcome.signature)).hexdigest() != outcome.text:
        yield Finding(code="beacon-signature", value=outcome.text)
    elif not signed_by_quicknet(outcome.source.round or 0, bytes.fromhex(outcome.signature)):
        yield Finding(code="beacon-not-signed", value=str(outcome.source.round))
