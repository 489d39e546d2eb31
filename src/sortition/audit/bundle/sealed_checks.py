"""What the sealed part of a published lottery claims: inputs, the pool, and its tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sortition.audit.bundle import merkle
from sortition.audit.bundle.contents import Bundle
from sortition.audit.bundle.pool import is_erased, is_reserved, known_people, leaves
from sortition.audit.bundle.tokens import input_digest, preparation_digest, token
from sortition.audit.canonical import DIGEST, digest
from sortition.audit.log.events import Event
from sortition.audit.log.purged import ERASED
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import COMMITMENT, KEY, POOL, SEALED_CERTIFICATE, SEALED_LOTTERY
from sortition.errors import Finding
from sortition.model import COMBINATION, parts_of


def check_inputs(
    key: bytes, content: bytes, commitment: Any, preparation: Any
) -> Iterator[Finding]:
    """The preparation, and the inputs that it was made from, are those of the commitment."""
    found = preparation_digest(key, content)
    if commitment["preparation"] != found:
        facts = {"place": "preparation", "needed": found}
        value = commitment["preparation"]
        yield Finding(code="verify-commitment", file=COMMITMENT, value=value, facts=facts)
    stated = commitment["inputs"]
    for name, file in preparation["inputs"].items():
        found = input_digest(key, file["sha256"])
        if stated.get(name) != found:
            facts = {"place": f"inputs.{name}", "needed": found}
            value = str(stated.get(name, ""))
            yield Finding(code="verify-commitment", file=COMMITMENT, value=value, facts=facts)


def check_seals(bundle: Bundle, commitment: Any) -> Iterator[Finding]:
    """The sealed lottery and the sealed proof are those of the commitment."""
    for name, place in (("lottery", SEALED_LOTTERY), ("certificate", SEALED_CERTIFICATE)):
        found = digest(bundle.contents[place])
        if found != commitment[name]:
            facts = {"stated": commitment[name]}
            yield Finding(code="verify-digest", file=place, value=found, facts=facts)


def check_pool(
    events: Sequence[Event], pool: Any, commitment: Any, lottery: PublishedLottery
) -> Iterator[Finding]:
    """The rows of the pool have the tokens and the root that were published."""
    stated = sum(event.name == ERASED for event in events)
    hidden = len(pool["people"]) - len(known_people(pool))
    if hidden > stated:
        yield Finding(code="verify-erased", file=POOL, value=str(hidden), facts={"stated": stated})
    people, known = pool["people"], known_people(pool)
    if not _has_all_values(pool):
        yield Finding(code="verify-pool-values", file=POOL)
        return
    digests = [person["leaf"] if is_erased(person) else person["key"] for person in people]
    if not all(map(DIGEST.fullmatch, digests)):
        yield Finding(code="verify-key", file=POOL)
        return
    for feature in filter(is_reserved, pool["features"]):
        yield Finding(code="verify-feature-reserved", file=POOL, value=feature)
    if [person["token"] for person in people] != list(lottery.people):
        yield Finding(code="verify-pool-people", file=POOL)
    for person in known:
        if token(bytes.fromhex(person["key"]), person["id"]) != person["token"]:
            yield Finding(code="verify-pool-token", file=POOL, value=person["token"])
    if len({person["id"] for person in known}) < len(known):
        yield Finding(code="verify-pool-people", file=POOL)
    root = merkle.root(leaves(pool)).hex() if people else ""
    if root != commitment["pool"]["root"]:
        facts = {"stated": commitment["pool"]["root"]}
        yield Finding(code="verify-root", file=POOL, value=root, facts=facts)


def _has_all_values(pool: Any) -> bool:
    return all(len(one["values"]) == len(pool["features"]) for one in known_people(pool))


def check_counted(pool: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """Everybody counts for the quotas on her values, and for no other."""
    if not _has_all_values(pool):
        return  # said of the pool
    known = known_people(pool)
    columns = {name: number for number, name in enumerate(pool["features"])}
    hidden = {person["token"] for person in pool["people"] if is_erased(person)}
    for quota in lottery.quotas:
        parts = _parts(quota.category, quota.value)
        if not all(feature in columns for feature, _ in parts):
            yield Finding(code="verify-counted", file=SEALED_LOTTERY, value=quota.value)
            continue
        counted = [
            person["token"]
            for person in known
            if all(person["values"][columns[feature]] == value for feature, value in parts)
        ]
        if sorted(counted) != sorted(set(quota.members) - hidden):
            yield Finding(code="verify-counted", file=SEALED_LOTTERY, value=quota.value)


def check_key(bundle: Bundle) -> Iterator[Finding]:
    """The key of the tokens is one."""
    if bundle.key is None:
        yield Finding(code="verify-key", file=KEY)


def _parts(category: str, value: str) -> tuple[tuple[str, str], ...]:
    return parts_of(value) if category == COMBINATION else ((category, value),)


def ids_of(tokens: Mapping[str, str], panel: tuple[str, ...]) -> tuple[str, ...] | None:
    """The ids behind tokens; None if a token is nobody's."""
    ids = {token: id for id, token in tokens.items()}
    counted = Counter(tokens.values())
    if any(counted[token] != 1 for token in panel):
        return None
    return tuple(sorted(ids[token] for token in panel))
