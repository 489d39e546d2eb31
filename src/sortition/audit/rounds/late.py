"""Volunteers who came after the first draw, and join the pool before a round is drawn.

Their document, `sortition-late/1`, says for which quotas each of them counts, by the numbers of the
quotas of the first lottery, and who shares a household that can be full. The record of the round
and its announcement name its digest, so that nobody joins once the chance is known. From this round
on they are people of the pool as all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sortition.audit.canonical import digest
from sortition.audit.log.purged import destroyed_files
from sortition.audit.log.rounds import LATE_LIST
from sortition.audit.lottery.checks import listed
from sortition.audit.rounds.files import RoundFiles
from sortition.audit.rounds.history import History
from sortition.audit.rounds.rulebook import Rulebook
from sortition.errors import Finding
from sortition.model import COMBINATION


def check_round_late(history: History, one: RoundFiles) -> Iterator[Finding]:
    """Who joined is who the record names, new to the pool, and counted as everybody is."""
    named, place = one.record.get("late"), one.places.late
    content = history.contents.get(place)
    if named is None or content is None or one.late is None:
        if named is not None or content is not None:
            yield Finding(code="verify-late-named", file=place)
        return
    if digest(content) != named:
        yield Finding(code="verify-late-named", file=place)
    first = history.lottery.digest if history.lottery else ""
    if one.late["first"] != first:
        yield Finding(code="verify-round-event", file=place)
    rules = history.rules_before(one)
    if rules is None:
        return
    yield from _people_faults(one.late, rules, place)
    yield from _household_faults(one.late, rules, place)
    list_place, lists = one.places.list(LATE_LIST), history.lists
    if lists is not None and list_place not in destroyed_files(history.events):
        ids = [person["id"] for person in one.late["people"]]
        listing = history.contents.get(list_place, b"")
        yield from listed(listing, list_place, lists["lists"], ids)


def _people_faults(document: Any, rules: Rulebook, place: str) -> Iterator[Finding]:
    ids = [person["id"] for person in document["people"]]
    if not ids or any(a >= b for a, b in pairwise(ids)):
        yield Finding(code="verify-order", file=place, facts={"place": "people"})
    for id in sorted(set(ids).intersection(rules.people)):
        yield Finding(code="verify-late-known", file=place, value=id)
    features = Counter({quota.category: 1 for quota in rules.quotas})
    del features[COMBINATION]
    for person in document["people"]:
        numbers = person["quotas"]
        known = all(0 <= number < len(rules.quotas) for number in numbers)
        own = Counter(rules.quotas[number].category for number in numbers if known)
        del own[COMBINATION]
        if not known or any(a >= b for a, b in pairwise(numbers)) or own != features:
            yield Finding(code="verify-late-values", file=place, value=person["id"])


def _household_faults(document: Any, rules: Rulebook, place: str) -> Iterator[Finding]:
    """A household has somebody who is new, and whoever shares one of its people's."""
    late = {person["id"] for person in document["people"]}
    people = late.union(rules.people)
    listed_so_far: set[str] = set()
    for mates in document["households"]:
        own = set(mates)
        homes = {rules.homes[id] for id in own if id in rules.homes}
        whole = {id for id, home in rules.homes.items() if home in homes}
        if (
            mates != sorted(own)
            or not own <= people
            or not own & late
            or own & listed_so_far
            or not whole <= own
        ):
            yield Finding(code="verify-late-homes", file=place)
        listed_so_far |= own
