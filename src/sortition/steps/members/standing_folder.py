"""A panel as it is now: the draw, the rounds since, and what people answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sortition.audit.canonical import Json, canonical_json
from sortition.audit.log.rounds import (
    ALTERNATES,
    ANNOUNCED,
    LATE_LIST,
    NEWCOMERS,
    REPLACED,
    RoundPlaces,
    Standing,
    after,
    backed,
)
from sortition.audit.lottery.file import PublishedQuota
from sortition.audit.rounds.rulebook import Rulebook, with_late
from sortition.audit.shapes.bundle import LOG as PUBLIC_LOG
from sortition.audit.shapes.bundle import SEALED_CERTIFICATE
from sortition.audit.shapes.run import CERTIFICATE
from sortition.errors import Finding
from sortition.folders.settling import steadily
from sortition.model import Instance
from sortition.steps.members.calls import Call, call_of
from sortition.steps.members.drawn_folder import DrawnFolder
from sortition.steps.members.drawn_reading import read_drawn_folder
from sortition.steps.members.latecomers import wider_instance, with_rows_of
from sortition.steps.publish import renamed
from sortition.tables.roster import Roster

CONFIRMED = "confirmed"
CALLS_SCHEMA = "sortition-calls/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFolder:
    """A drawn panel after all that its log tells.

    Attributes
    ----------
    folder : DrawnFolder
    instance : Instance
        With the names that are published in place of ids.
    rules : Rulebook
        By these names.
    standing : Standing
        By these names.
    calls : mapping of str to Call
        What each person answered, by id, as the call list said when it was last read.
    objective : str
        Of the first lottery.
    announced : document or None
        What was announced of a round that is not drawn yet.
    """

    folder: DrawnFolder
    instance: Instance
    rules: Rulebook
    standing: Standing
    calls: Mapping[str, Call]
    objective: str
    announced: Any | None

    @property
    def is_rehearsal(self) -> bool:
        """Whether the panel was drawn as a trial, which decides nothing."""
        return self.folder.is_rehearsal

    @property
    def noticed(self) -> tuple[Finding, ...]:
        """What everybody is to be told who does something with this panel."""
        return (Finding(code="folder-rehearsal"),) if self.is_rehearsal else ()

    @property
    def published(self) -> bool:
        """Whether the lottery was published before it was drawn."""
        return self.folder.log == PUBLIC_LOG

    @property
    def ids(self) -> dict[str, str]:
        """The id of everybody, by name."""
        return {name: id for id, name in self.folder.tokens.items()}

    def by_id(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The ids of some people, in their order."""
        ids = self.ids
        return tuple(ids[name] for name in names)

    def joined_by(self, document: Any, everybody: Roster, *, number: int) -> StandingFolder:
        """The panel of a selection when others have joined its pool in a round of this number.

        Parameters
        ----------
        document : document
            `sortition-late/1`.
        everybody : Roster
            With their rows.
        """
        instance = wider_instance(self.instance, document)
        late = {person["id"]: person["id"] for person in document["people"]}
        folder = replace(
            self.folder,
            instance=instance,
            tokens={**self.folder.tokens, **late},
            roster=everybody,
        )
        rules = with_late(self.rules, document, number)
        return replace(self, folder=folder, instance=instance, rules=rules)

    @property
    def calls_read(self) -> int:
        """How often a call list was read in."""
        return sum(event.name == CONFIRMED for event in self.folder.events)


def read_standing(directory: Path) -> StandingFolder:
    """Find a panel that was drawn, verified, as it is now.

    Raises
    ------
    InputErrors
        If no panel was drawn there, or what was written does not hold.
    """
    return steadily(directory, partial(_read_standing, directory))


def _read_standing(directory: Path) -> StandingFolder:
    folder = read_drawn_folder(directory)
    tokens = dict(folder.tokens)
    instance = renamed(folder.instance, tokens)
    reserve = folder.reserve if folder.reserve_drawn else ()
    standing = Standing(
        panel=tuple(sorted(tokens[id] for id in folder.panel)),
        reserve=tuple(tokens[id] for id in reserve),
    )
    calls: dict[str, Call] = {}
    announced: Any | None = None
    late: list[RoundPlaces] = []
    for event in folder.events:
        places = _next_round(folder, standing)
        if places.late in event.files:
            late.append(places)
        if event.name == ALTERNATES:
            standing = backed(standing, event.facts)
        elif event.name == REPLACED:
            standing = after(standing, json.loads((directory / places.record).read_bytes()))
            announced = None
        elif event.name == ANNOUNCED:
            announced = json.loads((directory / places.announcement).read_bytes())
        elif event.name == CONFIRMED:
            calls = _calls_in(directory / next(iter(event.files)))
    panel = StandingFolder(
        folder=folder,
        instance=instance,
        rules=_rulebook(folder, instance),
        standing=standing,
        calls=calls,
        objective=_objective(directory, published=folder.log == PUBLIC_LOG),
        announced=announced,
    )
    for places in late:
        document = json.loads((directory / places.late).read_bytes())
        everybody = with_rows_of(panel.folder.roster, directory / places.list(LATE_LIST))
        panel = panel.joined_by(document, everybody, number=places.number)
    return panel if panel.folder.has_others else _with_newcomers(panel)


def _with_newcomers(panel: StandingFolder) -> StandingFolder:
    """The panel with the rows of those who came, where the list of all others was destroyed."""
    folder = panel.folder
    roster = folder.roster
    for number in range(1, panel.standing.rounds + 1):
        places = RoundPlaces(number=number, published=panel.published)
        roster = with_rows_of(roster, folder.directory / places.list(NEWCOMERS))
    return replace(panel, folder=replace(folder, roster=roster))


def _next_round(folder: DrawnFolder, standing: Standing) -> RoundPlaces:
    return RoundPlaces(number=standing.rounds + 1, published=folder.log == PUBLIC_LOG)


def calls_document(calls: Mapping[str, Call]) -> bytes:
    """What people answered, as it is kept in the folder, `sortition-calls/1`."""
    people: Json = [
        {
            "attempts": call.attempts,
            "deadline": call.deadline.isoformat() if call.deadline else "",
            "id": id,
            "note": call.note,
            "status": call.status,
        }
        for id, call in sorted(calls.items())
    ]
    return canonical_json({"people": people, "schema": CALLS_SCHEMA})


def _objective(directory: Path, *, published: bool) -> str:
    """What the first lottery was made by, as its proof says, which was verified."""
    place = SEALED_CERTIFICATE if published else CERTIFICATE
    certificate: Any = json.loads((directory / place).read_bytes())
    return str(certificate["objective"])


def _calls_in(path: Path) -> dict[str, Call]:
    """What was kept; the folder was verified, so that it is as it was written."""
    document: Any = json.loads(path.read_bytes())
    return {person["id"]: call_of(person) for person in document["people"]}


def _rulebook(folder: DrawnFolder, instance: Instance) -> Rulebook:
    members = instance.pool.members
    return Rulebook(
        digest=folder.digest,
        size=instance.panel_size,
        people=tuple(member.id for member in members),
        quotas=[
            PublishedQuota(
                category=quota.feature,
                value=quota.value,
                lower=quota.lower,
                upper=quota.upper,
                members=tuple(people),
            )
            for quota, people in zip(instance.quotas.rows, instance.holders(), strict=True)
        ],
        never=frozenset(folder.tokens[id] for id in folder.excluded),
        homes={m.id: (0, m.household) for m in members if m.household is not None},
        limit=instance.household_limit,
    )
