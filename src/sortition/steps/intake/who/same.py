"""Whether two answers are from one person.

What they have in common makes two answers candidates: a code, an e-mail address, a telephone
number, a CPR number, a name with the day of birth or with the address. Whether they are from one
person is then told by all of it:

1. Two CPR numbers, or one, decide.
2. Names that have nothing to do with each other are those of two people, who share a telephone or a
   letter. So are two days of birth with one name at one address: a father and his son.
3. One name, or one within a letter of the other, and nothing against it is one person.
4. All else is asked: a name within one letter and all that is known besides is another, or one day
   of birth and another first letter (twins), one code or e-mail address with two days of birth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import Literal

from sortition.steps.intake.who.people import Identity

Verdict = Literal["same", "asked", "other"]
KEYS = ("cpr", "code", "email", "phone", "name and birth", "name and address")
MOST_SHARED = 60  # answers with one key that are compared two by two


def candidates(people: Sequence[Identity]) -> dict[tuple[int, int], str]:
    """Pairs of answers that may be from one person, with what they have in common first of all."""
    pairs: dict[tuple[int, int], str] = {}
    for key in KEYS:
        for places in _blocks(people, key).values():
            for pair in _within(places, people) if len(places) > 1 else ():
                if pair not in pairs and _meets(people[pair[0]], people[pair[1]], key):
                    pairs[pair] = key
    return pairs


def across(
    people: Sequence[Identity], others: Sequence[Identity]
) -> Iterator[tuple[int, int, Verdict]]:
    """Everybody who may be somebody of another list, and whether it is so.

    A name that is all they have in common is asked about.
    """
    seen: set[tuple[int, int]] = set()
    for key in (*KEYS, "name"):
        known = _blocks(others, key)
        for place, person in enumerate(people):
            for value in _values(person, key):
                for theirs in known.get(value, ()):
                    pair, other = (place, theirs), others[theirs]
                    if pair not in seen and _meets(person, other, key):
                        seen.add(pair)
                        told = verdict(person, other, key)
                        yield *pair, "asked" if (key, told) == ("name", "same") else told


def _blocks(people: Sequence[Identity], key: str) -> dict[Hashable, list[int]]:
    """The places of the people who have a value of some key, by the value."""
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        for value in _values(person, key):
            blocks[value].append(place)
    return blocks


def _within(places: Sequence[int], people: Sequence[Identity]) -> Iterator[tuple[int, int]]:
    """The pairs of a block; of a large one, which no household is, those of one name alone."""
    if len(places) <= MOST_SHARED:
        yield from combinations(places, 2)
        return
    named: dict[str, list[int]] = defaultdict(list)
    for place in places:
        if people[place].name:
            named[people[place].name].append(place)
    for alike in named.values():
        yield from pairwise(alike)


def verdict(one: Identity, other: Identity, key: str) -> Verdict:
    """Whether two answers that have a key in common are from one person."""
    if one.cpr and other.cpr:
        return "same" if one.cpr == other.cpr else "other"
    names = names_are(one.name, other.name)
    births = _compared(one.birth, other.birth)
    if names == "other":
        married = births == "same" and key in {"code", "email"}
        return "asked" if married else "other"
    if births == "other":
        return "asked" if key in {"code", "email"} and names == "same" else "other"
    twins = names == "near" and births == "same" and _begin_otherwise(one.name, other.name)
    if key in {"code", "email", "phone"}:
        return "asked" if twins else "same"
    against = _against(one, other)
    if names == "near" and (twins or against or births == "unknown"):
        return "asked"
    return "asked" if against == 3 else "same"


def names_are(one: str, other: str) -> Literal["same", "near", "other", "unknown"]:
    """How two names compare, each as its words in alphabetical order."""
    if not one or not other:
        return "unknown"
    if one == other:
        return "same"
    words, others = set(one.split()), set(other.split())
    shorter = min(len(words), len(others))
    if shorter > 1 and (words <= others or others <= words):
        return "near"
    return "near" if within_one_letter(one, other) or _one_word_apart(words, others) else "other"


def within_one_letter(one: str, other: str) -> bool:
    """Whether one letter more, less or another makes one text of the other, or two that swap."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _one_word_apart(words: set[str], others: set[str]) -> bool:
    """Whether names differ by a letter in one word, whose place in the alphabet that may change."""
    left, right = words - others, others - words
    return len(left) == len(right) == 1 and within_one_letter(left.pop(), right.pop())


def _begin_otherwise(one: str, other: str) -> bool:
    """Whether two names differ in how a word begins, as those of twins do and slips rarely."""
    words, others = set(one.split()), set(other.split())
    left, right = ({word[0] for word in some} for some in (words - others, others - words))
    return bool(left and right) and left != right


def _values(person: Identity, key: str) -> Iterable[Hashable]:
    """The blocks that somebody belongs to by a key."""
    match key:
        case "code":
            return person.codes
        case "email":
            return person.emails
        case "phone":
            return person.phones
        case "cpr":
            single: Hashable = person.cpr
        case "name and birth":
            single = person.name and person.birth
        case "name and address":
            single = person.name and person.street
        case _:
            single = person.name
    return (single,) if single else ()


def _meets(one: Identity, other: Identity, key: str) -> bool:
    """Whether two people of one block have the whole key in common."""
    if key == "name and address" and _compared(one.postcode, other.postcode) == "other":
        return False
    return "and" not in key or names_are(one.name, other.name) in {"same", "near"}


def _compared(one: object, other: object) -> Literal["same", "other", "unknown"]:
    if not one or not other:
        return "unknown"
    return "same" if one == other else "other"


def _against(one: Identity, other: Identity) -> int:
    """How many of telephone, e-mail and home are known of both, and are not the same."""
    homes = _compared(one.street, other.street)
    pairs = ((one.phones, other.phones), (one.emails, other.emails))
    return (homes == "other") + sum(bool(a and b and not a & b) for a, b in pairs)


def groups(count: int, pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """What hangs together of so many answers, each group in ascending order."""
    parent = list(range(count))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(count):
        found[root(place)].append(place)
    yield from found.values()
