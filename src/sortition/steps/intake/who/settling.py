"""From answers to people: who answered more than once, and which of her answers counts."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from sortition.steps.intake.options import Settled
from sortition.steps.intake.questions import Asking, Question
from sortition.steps.intake.who.given import Given, Person
from sortition.steps.intake.who.people import Identity
from sortition.steps.intake.who.same import candidates, groups, names_are, verdict
from sortition.tables.labels import fold

EVER = datetime.datetime.min


def find_people(given: Sequence[Given], rule: Settled, asking: Asking) -> list[Person]:
    """Who gave these answers, and which of hers counts for each."""
    people = [one.person for one in given]
    pairs = candidates(people)
    sure, keys = [], {}
    for pair, key in sorted(pairs.items()):
        one, other = (given[place] for place in pair)
        told = verdict(one.person, other.person, key)
        if told == "same" and _unlike(one, other):
            told = "asked"
        if told == "asked":
            told = "same" if _agreed(one, other, key, asking) else "other"
        if told == "same":
            sure.append(pair)
            keys[pair] = key
    found = groups(len(given), _without_contradictions(given, sure, keys, asking))
    return [_person(group, given, keys, rule, asking) for group in sorted(found)]


def _unlike(one: Given, other: Given) -> bool:
    """Whether answers without one name differ in a value, as those of a couple with one address."""
    if names_are(one.person.name, other.person.name) == "same" or one.person.cpr:
        return False
    return any(
        {meant.kind, other.read[feature][1].kind} == {"value"}
        and meant.value != other.read[feature][1].value
        for feature, (_, meant) in one.read.items()
        if feature in other.read
    )


def _agreed(one: Given, other: Given, key: str, asking: Asking) -> bool:
    question = Question(
        about="same",
        subject=key,
        found=f"{one.where} · {other.where}: {one.name} · {other.name}",
        rows=2,
        choices=(asking.word("yes"), asking.word("no")),
    )
    return asking.agreed(question) is True


def _without_contradictions(
    given: Sequence[Given],
    pairs: Sequence[tuple[int, int]],
    keys: Mapping[tuple[int, int], str],
    asking: Asking,
) -> Iterator[tuple[int, int]]:
    """The pairs that stand: all of a group in which nobody is two people by name or birth.

    An answer without a name can hang together with two people of one telephone.
    """
    belongs: dict[int, int] = {}
    split: set[int] = set()
    for number, group in enumerate(groups(len(given), pairs)):
        belongs |= dict.fromkeys(group, number)
        if 2 < len(group) <= 50 and any(
            _are_two(given[one].person, given[other].person)
            for one, other in combinations(group, 2)
        ):
            split.add(number)
    for pair in pairs:
        one, other = (given[place] for place in pair)
        unnamed = names_are(one.person.name, other.person.name) == "unknown"
        if belongs[pair[0]] not in split or not unnamed or _agreed(one, other, keys[pair], asking):
            yield pair


def _are_two(one: Identity, other: Identity) -> bool:
    return names_are(one.name, other.name) == "other" or bool(
        one.birth and other.birth and one.birth != other.birth
    )


def _person(
    group: Sequence[int],
    given: Sequence[Given],
    keys: Mapping[tuple[int, int], str],
    rule: Settled,
    asking: Asking,
) -> Person:
    id, own = f"P{group[0] + 1:04}", [given[place] for place in group]
    if len(own) == 1:
        return Person(id=id, counts=own[0], others=(), keys=())
    shared = tuple(dict.fromkeys(keys[pair] for pair in combinations(group, 2) if pair in keys))
    ordered = in_time(own)
    finished = [one for one in ordered if one.finished] or ordered
    if rule == "first":
        counts = finished[0]
    else:
        counts = finished[-1]
        if rule == "ask" and _disagree(own):
            counts = _which(ordered, counts, asking)
    return Person(
        id=id,
        counts=counts,
        others=tuple(one for one in reversed(ordered) if one is not counts),
        keys=shared,
    )


def in_time(own: Sequence[Given]) -> list[Given]:
    """Answers by when they were given, or as they stand if one of them does not say when."""
    if any(one.when is None for one in own):
        return list(own)
    return sorted(own, key=lambda one: one.when or EVER)


def _disagree(own: Sequence[Given]) -> bool:
    features = {feature for one in own for feature in one.read}
    said = (
        Counter(
            (one.read[feature][1].kind, one.read[feature][1].value)
            for one in own
            if feature in one.read and one.read[feature][0]
        )
        for feature in features
    )
    return any(len(different) > 1 for different in said)


def _which(ordered: Sequence[Given], last: Given, asking: Asking) -> Given:
    places = {fold(one.where): one for one in ordered}
    question = Question(
        about="which",
        subject="",
        found=" · ".join(one.where for one in ordered) + f": {last.name}",
        rows=len(ordered),
        choices=tuple(one.where for one in ordered),
        proposal=last.where,
    )
    said = asking.choose(question, {where: where for where in places})
    return places[said] if said else last
