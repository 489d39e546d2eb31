"""A round whose list of people is fixed before its chance speaks.

First the lottery is made and announced, with the source that is promised; later it is drawn from as
it was announced. Whoever knows the list can then not know the chance, and whoever knows the chance
can no longer change the list.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sortition.audit.canonical import canonical_json
from sortition.audit.certificate.file import read_certificate
from sortition.audit.draw.sources import Outcome, Source, source_of
from sortition.audit.log.rounds import ANNOUNCEMENT_SCHEMA, RoundPlaces
from sortition.errors import InputErrors
from sortition.steps.members.replace.replacement import Moved, Round, drawn_by
from sortition.steps.members.standing_folder import StandingFolder
from sortition.steps.publish import restored_lottery, still_to_come


def announcement_of(found: Round, promised: Source, *, first: str) -> bytes:
    """What is announced of a round with a lottery, as the schema `sortition-round/1` has it.

    Parameters
    ----------
    found : Round
    promised : Source
        What will draw.
    first : str
        The digest of the first lottery.
    """
    if found.prepared is None:
        raise ValueError("a round without a lottery is not announced")
    return canonical_json(
        {
            "complete": "yes" if found.prepared.complete else "no",
            "first": first,
            "from": found.source,
            "gone": found.gone,
            **({"late": found.late} if found.late else {}),
            "lottery": found.prepared.digest,
            "moved": [moved.document() for moved in found.moved],
            "places": found.places,
            "round": found.number,
            "schema": ANNOUNCEMENT_SCHEMA,
            "source": promised.document(),
            "unavailable": found.unavailable,
        }
    )


def draw_announced(panel: StandingFolder, outcome: Outcome) -> Round:
    """Draw from the lottery of a round as it was announced; the folder was verified.

    Raises
    ------
    InputErrors
        If the outcome is not what was promised, or came too early.
    """
    announcement: Any = panel.announced
    found = _announced_round(panel, announcement)
    tickets = panel.folder.rules.tickets
    faults = (
        *outcome.faults(source_of(announcement["source"]), tickets),
        *still_to_come(outcome, datetime.now(UTC)),
    )
    if faults:
        raise InputErrors(faults)
    return drawn_by(found, outcome)


def _announced_round(panel: StandingFolder, announcement: Any) -> Round:
    directory = panel.folder.directory
    places = RoundPlaces(number=announcement["round"], published=panel.published)
    stayers = panel.standing.without(announcement["gone"], announcement["unavailable"])
    return Round(
        source=announcement["from"],
        before=panel.standing,
        after=stayers.joined_by(()),
        places=announcement["places"],
        gone=tuple(announcement["gone"]),
        unavailable=tuple(announcement["unavailable"]),
        came=(),
        prepared=restored_lottery(
            (directory / places.lottery).read_bytes(),
            read_certificate(
                (directory / places.certificate).read_bytes(), places.certificate
            ).certificate,
            panel.folder.rules,
            household_limit=panel.instance.household_limit,
            complete=announcement["complete"] == "yes",
        ),
        moved=tuple(map(Moved.read, announcement["moved"])),
        late=announcement.get("late", ""),
    )
