"""A pool that others joined after the first draw, as the document of a round says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

from sortition.audit.log.events import Event
from sortition.audit.log.rounds import LATE
from sortition.model import COMBINATION, Instance, Pool, PoolMember
from sortition.tables.reading import read_own_list
from sortition.tables.roster import Roster


def wider_instance(instance: Instance, document: Any) -> Instance:
    """An instance with those of a document, `sortition-late/1`, in its pool.

    Parameters
    ----------
    instance : Instance
        As a lottery file tells it: a combination is a feature of its own.
    document : document
    """
    members = {member.id: member for member in instance.pool.members}
    rows = instance.quotas.rows
    for person in document["people"]:
        own = {quota.parts[0][0]: "no" for quota in rows if quota.feature == COMBINATION}
        for number in person["quotas"]:
            quota = rows[number]
            feature, value = quota.parts[0] if quota.parts else (quota.feature, quota.value)
            own[feature] = value
        values = tuple(own[feature] for feature in instance.pool.features)
        members[person["id"]] = PoolMember(id=person["id"], values=values)
    numbers = (member.household for member in members.values() if member.household is not None)
    free = max(numbers, default=0) + 1
    for home, mates in enumerate(document["households"], start=free):
        for id in mates:
            members[id] = members[id]._replace(household=home)
    pool = Pool(features=instance.pool.features, members=tuple(members.values()))
    return replace(instance, pool=pool)


def late_ids(directory: Path, events: Sequence[Event]) -> list[str]:
    """Everybody who joined in some round, as the documents that events wrote say."""
    places = [place for event in events for place in event.files if Path(place).name == LATE]
    documents: list[Any] = [json.loads((directory / place).read_bytes()) for place in places]
    return [person["id"] for document in documents for person in document["people"]]


def with_rows_of(roster: Roster, listing: Path) -> Roster:
    """A roster with the rows of a list that it lacks; as it is if the list was destroyed.

    Parameters
    ----------
    roster : Roster
    listing : Path
        A list in the columns of the roster, as a round wrote it.
    """
    if not listing.is_file():
        return roster
    rows = read_own_list(listing)
    ids = [normalize("NFC", id) for id in rows.column(roster.id_column or "id")]
    new = [place for place, id in enumerate(ids) if id not in roster.ids]
    return replace(
        roster,
        table=roster.table.followed_by([rows.at(new)]),
        ids=(*roster.ids, *(ids[place] for place in new)),
    )
