"""A panel that was drawn, as the commands that come after the draw find it.

The folder is one that `select` wrote, or one that `lottery` wrote and `draw` drew from. Both tell
the same things; they differ in how they name people in what is published, and in where the log of
events is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sortition.audit.canonical import Json
from sortition.audit.log.events import Event, file_digest, log_with, read_log
from sortition.audit.log.purged import destroyed_files
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.run import OTHERS
from sortition.folders.change import Change
from sortition.model import Instance, Language, Share
from sortition.selection.preparation import Rules
from sortition.tables.roster import Roster
from sortition.tables.written.results import write_into

LOG = "events.jsonl"
SELECTED, ALTERNATES = "selected", "alternates"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFolder:
    """A panel, the pool behind it, and how it was drawn.

    Attributes
    ----------
    directory : Path
    instance : Instance
        By id. Features and values are those of the quotas; a combination is a feature of its own.
    excluded : tuple of str
        Ids of the people who are on no panel that meets the quotas; nobody where some sat before
        the draw. Nothing is known of their households.
    panel : tuple of str
        Ids, sorted.
    reserve : tuple of str
        Ids of the alternates in the order in which they are called; empty if there are none.
        Those of a second panel are in the order of their ids.
    rules : Rules
        By which further lotteries are made: those of this one, but leximin in place of
        population, whose rates the folder does not hold.
    ticket : int
    digest : str
        Of the sealed lottery, to begin the domains of further draws with.
    seed : str or None
        What drew the ticket; None if it was drawn by hand.
    is_rehearsal : bool
        Whether the panel was drawn as a trial, which decides nothing.
    language : {"en", "da"}
        Of the pages.
    tokens : mapping of str to str
        How everybody is named in what is published, by id: tokens, or the ids themselves.
    roster : Roster
        Everybody's row as it came, contact details and all; for lists alone.
    lottery : PublishedLottery
        By `tokens`, with who counts for which quota.
    reserve_drawn : bool
        Whether the ticket itself named the alternates.
    log : str
        Where the log of events is, within the folder.
    history : bytes
        The log, empty if no event was written down yet.
    key : bytes or None
        What digests of files that are not public are keyed with; None where no log is public.
    selected : mapping of str to str
        The digests of the files that the draw wrote, where the log does not begin with them.
    erased : frozenset of str
        People of whom nothing is kept but their tokens, which stand for their ids; none can come.
    share : {"chances", "groups", "none"}
        How much of the chances is public.
    """

    directory: Path
    instance: Instance
    excluded: tuple[str, ...]
    panel: tuple[str, ...]
    reserve: tuple[str, ...]
    rules: Rules
    ticket: int
    digest: str
    seed: str | None
    is_rehearsal: bool
    language: Language
    tokens: Mapping[str, str]
    roster: Roster = field(repr=False)
    lottery: PublishedLottery = field(repr=False)
    reserve_drawn: bool
    log: str
    history: bytes = field(repr=False)
    key: bytes | None = field(repr=False)
    selected: Mapping[str, str]
    erased: frozenset[str]
    share: Share

    @property
    def has_others(self) -> bool:
        """Whether the list of those who were not drawn is there, and was not destroyed."""
        return OTHERS not in destroyed_files(self.events)

    @property
    def events(self) -> tuple[Event, ...]:
        """What happened so far."""
        return tuple(read_log(self.history, self.log)) if self.history else ()


def logged(
    folder: DrawnFolder, name: str, facts: Mapping[str, Json], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files that an event writes, with the log that has the event at its end.

    Parameters
    ----------
    name : str
        What happened.
    facts : mapping
        Without personal data: people are named by `DrawnFolder.tokens`.
    files : mapping of str to bytes
        By their place in the folder.
    """
    now, log = datetime.now(UTC), folder.history
    if not log:
        log = log_with(log, SELECTED, {"files": dict(folder.selected)}, at=now)
    digests: Json = {
        place: file_digest(place, content, folder.key) for place, content in files.items()
    }
    return {**files, folder.log: log_with(log, name, {**facts, "files": digests}, at=now)}


def write_logged(
    change: Change,
    folder: DrawnFolder,
    name: str,
    facts: Mapping[str, Json],
    files: Mapping[str, bytes],
    *,
    overwrite: bool = False,
) -> None:
    """Write the files of an event and log it; see `logged`.

    Parameters
    ----------
    change : Change
        It began before the folder was read.
    """
    now = logged(folder, name, facts, files)
    write_into(change, now, overwrite=overwrite, growing={folder.log})
