"""A forger who changes one thing and computes everything anew that follows from it.

Digests, the public forms, the root of the pool, the draw, the sheet, and the log: all of it fits.
What is accepted all the same is what nothing else contradicts, named below with the reason; the
announced digest finds each of these too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sortition.audit.bundle import merkle
from sortition.audit.bundle.pool import leaves
from sortition.audit.bundle.tokens import preparation_digest
from sortition.audit.canonical import canonical_json, digest
from sortition.audit.certificate.file import read_certificate
from sortition.audit.certificate.public import largest_deviation, public_certificate
from sortition.audit.claims import SENSELESS
from sortition.audit.lottery.file import read_lottery
from sortition.audit.lottery.public import public_lottery, read_public_lottery
from sortition.errors import VerificationFailed
from tests.budgets import examples
from tests.figures import note
from tests.property.test_verify_bundle import Folder, changes, places, put, resealed, spelled
from tests.steps.publish.published import Files, draw, files_of, publish

PUBLIC = ("lottery", "certificate", "commitment", "draw")
SEALED = ("lottery", "certificate", "pool", "preparation")
# what nothing else contradicts, and why
IN_PUBLIC = {
    "commitment about": "whose draw it is, as the organiser says",
    "commitment few_tickets": "a reason that nobody needed",
    "commitment inputs": "keyed digests of files that are not public",
    "commitment pool": "the root of rows that are not public",
    "commitment preparation": "a keyed digest of a file that is not public",
    "certificate sealed": "the digest of a proof that is not public",
    "certificate proofs": "sums of a proof that is not public, as the organiser states",
    "certificate cuts": "a count of a proof that is not public, as the organiser states",
    "certificate household_rows": "a count of a proof that is not public, as the organiser states",
    "certificate largest_deviation": "a figure that the organiser states",
}
UNDER_SEAL = {
    "certificate excluded": "another proof that proves as much",
    "certificate proofs": "another proof that proves as much",
    "certificate reached": "another chance by less than the gap that is allowed",
    "preparation complete": "a lottery that is called unfinished, which claims less",
    "pool people": "what stands for the volunteer’s own words, which only her receipt shows",
    "preparation assumed": "what is said to have been assumed",
    "preparation inputs": "names of the files that were read",
    "preparation options": "names of the columns of households, and what was kept of CPR numbers",
    "preparation rows_numbered": "how the list of ids came about",
    "preparation seconds": "how long it took",
    "preparation versions": "with which versions",
}
Change = tuple[str, Files]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    lottery = publish(tmp_path_factory.mktemp("whole"))
    assert draw(lottery, "--drawn", "007").code == 0
    found = Folder(tmp_path_factory.mktemp("changed"), files_of(lottery))
    assert found.holds_with({})
    return found


def recomputed(files: Files, changed: Files) -> Files:
    """All that follows from what was changed, computed anew as far as it can be."""
    now = {**files, **changed}
    if any(name.startswith("sealed/") for name in changed):
        _told(now)
    commitment = json.loads(now["public/commitment.json"])
    if "public/commitment.json" not in changed:
        _commitment(now, commitment)
        now["public/commitment.json"] = canonical_json(commitment)
    former = digest(files["public/commitment.json"]).encode()
    announced = digest(now["public/commitment.json"])
    sheet = files["public/draw_sheet.html"].replace(former, announced.encode())
    lottery = json.loads(files["public/commitment.json"])["lottery"].encode()
    now["public/draw_sheet.html"] = sheet.replace(lottery, str(commitment["lottery"]).encode())
    for name in ("report.json", "report.html"):
        now[name] = now[name].replace(lottery, str(commitment["lottery"]).encode())
    if "public/draw.json" not in changed:
        drawn = json.loads(now["public/draw.json"])
        read = read_public_lottery(now["public/lottery.json"], "public/lottery.json")
        drawn |= {"commitment": announced, "panel": list(read.panel_of(drawn["ticket"]).members)}
        now["public/draw.json"] = canonical_json(drawn)
    differing = {name: content for name, content in now.items() if content != files[name]}
    return resealed(files, differing)


def _told(now: Files) -> None:
    """The public forms of what is sealed."""
    now["public/lottery.json"] = public_lottery(now["sealed/lottery.json"])
    lottery = read_lottery(now["sealed/lottery.json"], "lottery.json")
    proof = read_certificate(now["sealed/certificate.json"], "certificate.json").certificate
    now["public/certificate.json"] = canonical_json(
        public_certificate(
            proof,
            now["sealed/certificate.json"],
            quotas=len(lottery.quotas),
            largest_deviation=largest_deviation(proof, lottery),
            complete=json.loads(now["sealed/preparation.json"])["complete"],
        )
    )


def _commitment(now: Files, commitment: Any) -> None:
    key, pool = bytes.fromhex(now["sealed/key.txt"].decode()), json.loads(now["sealed/pool.json"])
    read = read_public_lottery(now["public/lottery.json"], "public/lottery.json")
    commitment["lottery"], commitment["tickets"] = read.digest, read.ticket_count
    commitment["certificate"] = json.loads(now["public/certificate.json"])["sealed"]
    commitment["pool"] = {"root": merkle.root(leaves(pool)).hex(), "size": len(read.people)}
    commitment["preparation"] = preparation_digest(key, now["sealed/preparation.json"])
    for name in ("certificate.json", "lottery.json"):
        commitment["public"][name] = digest(now[f"public/{name}"])


def mutations(files: Files, part: str, names: tuple[str, ...], count: int) -> Iterator[Change]:
    """So many changes, each with all that follows from it; what leads nowhere is passed over."""
    chance = Random(part)
    documents = {name: json.loads(files[f"{part}/{name}.json"]) for name in names}
    every = {name: [path for path in places(documents[name]) if path] for name in names}
    while count:
        name = chance.choice(names)
        path = chance.choice(every[name])
        value: Any = documents[name]
        for step in path:
            value = value[step]
        others = list(changes(value))
        if not others:
            continue
        place = f"{part}/{name}.json"
        content = spelled(place)(put(documents[name], path, chance.choice(others)))
        if content == files[place]:
            continue
        changed = {place: content}
        with suppress(VerificationFailed, StopIteration, *SENSELESS):
            changed = recomputed(files, changed)
        count -= 1
        yield f"{name} {path[0]}", changed


def accepted(holds: Callable[[Files], bool], found: Iterator[Change]) -> Counter[str]:
    return Counter(place for place, changed in found if holds(changed))


def test_what_is_public(whole: Folder, tmp_path: Path) -> None:
    count = examples(25, thorough=5000)
    public = {name: data for name, data in whole.files.items() if name.startswith("public/")}
    folder = Folder(tmp_path / "public-alone", public)

    def holds(changed: Files) -> bool:
        return folder.holds_with({n: d for n, d in changed.items() if n in public})

    found = accepted(holds, mutations(whole.files, "public", PUBLIC, count))
    note("recomputed public", tried=count, accepted=found.total(), where=str(dict(found)))
    assert set(found) <= set(IN_PUBLIC), found


def test_what_is_sealed(whole: Folder) -> None:
    count = examples(12, thorough=2000)
    found = accepted(whole.holds_with, mutations(whole.files, "sealed", SEALED, count))
    note("recomputed sealed", tried=count, accepted=found.total(), where=str(dict(found)))
    assert set(found) <= set(UNDER_SEAL), found


def test_the_announced_digest_finds_all_of_them(whole: Folder) -> None:
    announced = digest(whole.files["public/commitment.json"])
    for part, names in (("public", PUBLIC), ("sealed", SEALED)):
        for place, changed in mutations(whole.files, part, names, examples(5)):
            assert not whole.holds_with(changed, announced), place
