"""Files that were destroyed when they were no longer needed, as the log of a folder tells.

An event ``purged`` names the files that are gone, and how much was kept. Only files that nothing
public rests on can be: what checks the tickets and the draw stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal, get_args

from sortition.audit.log.events import Event
from sortition.audit.log.rounds import LATE_LIST, NEWCOMERS, NEWCOMERS_WORKBOOK
from sortition.audit.shapes.bundle import PUBLIC, PUBLIC_PACKED
from sortition.audit.shapes.run import COPY, OTHERS, PANEL, RESERVE, ROSTER, WORKBOOK
from sortition.errors import Finding

PURGED = "purged"
ERASED = "erased"  # one person, whom the event does not name
# how much is kept, from the most to the least: the lists of the panel, the proof with who counts
# for what, or what everybody may see
Kept = Literal["panel", "proof", "public"]
KEPT: tuple[Kept, ...] = get_args(Kept)
CONTACTS = frozenset({PANEL, WORKBOOK, *RESERVE, NEWCOMERS, NEWCOMERS_WORKBOOK})
OF_THE_OFFICE = frozenset({"calls.xlsx", "name_cards.html", "seating.csv", "seating.xlsx"})
CALLS = re.compile(r"calls-[1-9][0-9]*\.json")


def goes_with(name: str, kept: Kept, *, published: bool) -> bool:
    """Whether a file is destroyed where so much is kept.

    Parameters
    ----------
    name : str
        Its place in the folder.
    kept : {"panel", "proof", "public"}
    published : bool
        Whether the lottery was published; of a selection nothing is public alone.
    """
    if name.startswith(PUBLIC) or name == PUBLIC_PACKED:
        return False
    last = PurePosixPath(name).name
    if name in {ROSTER, OTHERS, COPY} or last == LATE_LIST:
        return True
    if last in CONTACTS or last in OF_THE_OFFICE or CALLS.fullmatch(last):
        return kept != "panel"
    return kept == "public" and published


def destroyed_files(events: Sequence[Event]) -> frozenset[str]:
    """The places of the files that were destroyed, and not written again since."""
    gone: set[str] = set()
    for event in events:
        gone -= set(event.files)
        if event.name == PURGED:
            gone |= {name for name in _named(event) if isinstance(name, str)}
    return frozenset(gone)


def check_purged(
    contents: Mapping[str, bytes], events: Sequence[Event], published: bool
) -> Iterator[Finding]:
    """What is said to be destroyed is not there, and nothing else was than may be."""
    for event in events:
        if event.name != PURGED:
            continue
        kept = next((one for one in KEPT if one == event.facts.get("kept")), None)
        for name in _named(event):
            if (
                kept is None
                or not isinstance(name, str)
                or not goes_with(name, kept, published=published)
            ):
                yield Finding(code="verify-purged-needed", value=str(name))
    for name in sorted(destroyed_files(events) & set(contents)):
        yield Finding(code="verify-purged-there", file=name)


def _named(event: Event) -> list[object]:
    named = event.facts.get("destroyed")
    return named if isinstance(named, list) else []
