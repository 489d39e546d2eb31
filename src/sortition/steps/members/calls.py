"""What people answered when they were called: how far each of a panel has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

CallStatus = Literal["to-call", "no-answer", "confirmed", "declined"]
STATUSES: tuple[CallStatus, ...] = get_args(CallStatus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How far somebody has come.

    Attributes
    ----------
    status : {"to-call", "no-answer", "confirmed", "declined"}
    attempts : int
        How often she was called.
    deadline : date or None
        By when she is to answer.
    note : str
    """

    status: CallStatus = "to-call"
    attempts: int = 0
    deadline: date | None = None
    note: str = ""

    def late(self, day: date) -> bool:
        """Whether the day for the answer has passed and there is none."""
        waits = self.status in {"to-call", "no-answer"}
        return waits and self.deadline is not None and self.deadline < day


def call_of(person: Mapping[str, Any]) -> Call:
    """What a document says of somebody's answer."""
    return Call(
        status=person["status"],
        attempts=person["attempts"],
        deadline=date.fromisoformat(person["deadline"]) if person["deadline"] else None,
        note=str(person["note"]),
    )


def counted(ids: Iterable[str], calls: Mapping[str, Call]) -> dict[CallStatus, int]:
    """How many of some people have which status; whoever is not known is to be called."""
    counts = Counter(calls.get(id, Call()).status for id in ids)
    return {status: counts[status] for status in STATUSES}
