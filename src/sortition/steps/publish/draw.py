"""Draw from a lottery that was published, and write down what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sortition.audit.bundle.claims import bundle_claims
from sortition.audit.bundle.contents import Bundle
from sortition.audit.draw.sources import Outcome
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.lottery.checks import check_panels
from sortition.audit.lottery.public import read_either_lottery
from sortition.audit.shapes.bundle import DRAW, LOG, RESULTS
from sortition.audit.shapes.run import ROSTER
from sortition.errors import Finding, InputErrors, VerificationFailed
from sortition.folders.change import Change, reopening
from sortition.steps.publish.drawing import Drawn, draw_from
from sortition.steps.publish.drawn_files import drawn_files
from sortition.steps.publish.published import read_published
from sortition.steps.publish.sources import still_to_come
from sortition.tables.written.results import check_files, write_into


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLottery:
    """What was drawn from a published lottery.

    Attributes
    ----------
    drawn : Drawn
        The ticket, and the panel as the lottery names people.
    tickets : int
        How many there are.
    ids : tuple of str
        The panel by id, sorted; empty for a bare lottery.
    written : tuple of str
        The files that were written, by their place in the folder.
    noticed : tuple of Finding
        What everybody is to be told who does something with this panel.
    """

    drawn: Drawn
    tickets: int
    ids: tuple[str, ...]
    written: tuple[str, ...]
    noticed: tuple[Finding, ...] = ()

    @property
    def number(self) -> str:
        """The ticket with all its digits."""
        return f"{self.drawn.ticket:0{len(str(self.tickets - 1))}d}"


def draw_bare(path: Path, outcome: Outcome) -> DrawnLottery:
    """Draw from a lottery file alone; nothing is written.

    Raises
    ------
    InputErrors
        If the file cannot be read, or the source cannot draw from its tickets.
    VerificationFailed
        If it is no lottery.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise InputErrors((Finding(code="file-missing", file=str(path)),)) from None
    lottery = read_either_lottery(content, path.name)
    findings = tuple(check_panels(lottery))
    if findings:
        raise VerificationFailed(findings)
    drawn = draw_from(lottery, outcome)
    return DrawnLottery(drawn=drawn, tickets=lottery.ticket_count, ids=(), written=())


def draw_folder(
    directory: Path,
    outcome: Outcome,
    *,
    contacts_of_others: bool = False,
    columns: Sequence[str] | None = None,
) -> DrawnLottery:
    """Draw from a published lottery, once.

    The folder is verified first. A second draw is refused, and the log says that it was tried.

    Parameters
    ----------
    directory : Path
    outcome : Outcome
    contacts_of_others : bool
        Whether the list of those who were not drawn has all columns of the pool as well, and not
        only their ids, what the quotas count and whose address is taken.
    columns : sequence of str, optional
        The columns of the pool that the lists have beside the ids; without it, all.

    Raises
    ------
    InputErrors
        If it was drawn already, the source is not the one that was promised, or a file is in the
        way.
    VerificationFailed
        If the folder does not hold what was published.
    """
    with reopening(directory) as change:
        return _draw(change, outcome, contacts_of_others, columns)


def _draw(
    change: Change, outcome: Outcome, contacts_of_others: bool, columns: Sequence[str] | None
) -> DrawnLottery:
    directory = change.folder
    bundle, commitment = read_published(directory, ROSTER)
    promised, tickets = bundle.source, commitment["tickets"]
    if any(event.name == "drawn" for event in bundle.events):
        slips = tuple(outcome.faults(None, tickets))
        # a number that no ticket has is no attempt to draw again
        raise InputErrors(slips) if slips else _refused(change, bundle, outcome)
    begun = DRAW in bundle.contents
    if begun and (bundle.outcome is None or bundle.outcome.document() != outcome.document()):
        # earlier versions wrote the record of a draw before the rest of it
        value = bundle.outcome.text if bundle.outcome else DRAW
        raise InputErrors((Finding(code="draw-interrupted", file=str(directory), value=value),))
    findings = [f for check in bundle_claims(_undrawn(bundle), None) for f in check.findings or ()]
    if findings:
        raise VerificationFailed(tuple(findings))
    now = datetime.now(UTC)
    faults = [*outcome.faults(promised, tickets), *still_to_come(outcome, now)]
    if faults:
        raise InputErrors(tuple(faults))
    check_files(directory, begun, names=RESULTS)
    selection, files = drawn_files(bundle, outcome, contacts_of_others, columns)
    facts: dict[str, Any] = {
        "files": {
            place: file_digest(place, content, bundle.key) for place, content in files.items()
        },
        "ticket": selection.ticket,
    }
    log = log_with(bundle.contents[LOG], "drawn", facts, at=now)
    # the ticket is drawn once all of this is there, and not before
    write_into(change, {**files, LOG: log}, overwrite=begun, growing={LOG, DRAW})
    ids = {token: id for id, token in bundle.tokens.items()}
    return DrawnLottery(
        drawn=Drawn(ticket=selection.ticket, panel=selection.panel),
        tickets=tickets,
        ids=tuple(sorted(ids[token] for token in selection.panel)),
        written=(*files, LOG),
        noticed=(Finding(code="folder-rehearsal"),) if bundle.is_rehearsal else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDraw:
    """What is about to be drawn from.

    Attributes
    ----------
    about : str
        Whose lottery it is, of which day and for what.
    announced : str
        The digest of its commitment.
    tickets : int
    """

    about: str
    announced: str
    tickets: int


def about_to_draw(directory: Path, outcome: Outcome) -> ToDraw:
    """What is about to be drawn from, before it is final.

    Raises
    ------
    InputErrors
        If nothing was published there, or no ticket has such a number.
    """
    bundle, commitment = read_published(directory, ROSTER)
    faults = tuple(outcome.faults(bundle.source, commitment["tickets"]))
    if faults:
        raise InputErrors(faults)
    about = commitment["about"]
    return ToDraw(
        about=f"{about['organiser']}, {about['assembly']}, {about['day']}: {about['step']}",
        announced=bundle.announced,
        tickets=commitment["tickets"],
    )


def _undrawn(bundle: Bundle) -> Bundle:
    """The folder without what a draw that was broken off may have left there."""
    left = {DRAW, *RESULTS}
    contents = {place: data for place, data in bundle.contents.items() if place not in left}
    return replace(bundle, contents=contents, draw=None, report=None)


def _refused(change: Change, bundle: Bundle, outcome: Outcome) -> InputErrors:
    """Write down that another draw was tried, and say so."""
    # not what was tried: somebody may have typed what is not for everybody to read
    attempt = {"source": outcome.source.document()}
    log = log_with(bundle.contents[LOG], "refused", attempt, at=datetime.now(UTC))
    write_into(change, {LOG: log}, overwrite=False, growing={LOG})
    facts = {"ticket": bundle.draw["ticket"] if bundle.draw else ""}
    return InputErrors((Finding(code="drawn-already", file=str(change.folder), facts=facts),))
