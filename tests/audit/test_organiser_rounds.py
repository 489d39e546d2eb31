"""Rounds of replacements that were rigged by whoever wrote all the files.

As in `test_organiser`: each ends in a finding that has a name, or in a claim that is not made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.certificate.proof import DENOMINATOR
from sortition.audit.log.events import log_with
from sortition.core.progress import Silent
from sortition.model import Instance, Panel, Quotas
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from tests.audit.organiser import PEOPLE, Doctor, draw, honest, publish, select, verified
from tests.audit.test_organiser import codes, logged_again, with_lottery
from tests.cli.panels import ids_in, write_ids
from tests.cli.running import sortition


@contextmanager
def rigged(doctor: Doctor) -> Iterator[None]:
    """Rounds whose lottery is the organiser's."""
    place = "sortition.steps.members.replace.replacement.prepare"
    with patch(place, lambda instance, rules, _: doctor(instance, rules)):
        yield


def leave(folder: Path, *options: str | Path) -> None:
    """The first of the panel leaves."""
    gone = write_ids(folder.parent / "gone.csv", ids_in(folder / "panel.csv")[0])
    done = sortition("replace", folder, "--dropouts", gone, *options, cwd=folder.parent)
    assert done.code == 0, done.stderr


def round_draws(folder: Path, *options: str) -> None:
    done = sortition("replace", folder, *options, cwd=folder.parent)
    assert done.code == 0, done.stderr


def unfinished(instance: Instance, rules: Rules) -> PreparedLottery:
    """All tickets on one friend, nothing proven, and the time said to be up."""
    made = prepare(instance, rules, Silent())
    certificate = made.certificate
    proofs = [
        replace(proof, multipliers=[0] * len(proof.multipliers)) for proof in certificate.proofs
    ]
    friends = made.lottery.panels[0].members
    rigged = with_lottery(made, [Panel(members=friends, weight=rules.tickets)])
    return replace(rigged, certificate=replace(certificate, proofs=proofs), complete=False)


def certain(instance: Instance, rules: Rules) -> PreparedLottery:
    """The same, with chances that fit the tickets: one for the friend, none for others."""
    made = unfinished(instance, rules)
    friend, certificate = made.lottery.panels[0].members[0], made.certificate
    place = next(n for n, group in enumerate(certificate.groups) if friend in group)
    new = len(certificate.groups)
    groups = [*certificate.groups, [friend]]
    groups[place] = [id for id in certificate.groups[place] if id != friend]
    rows = [
        replace(row, coefficients={**row.coefficients, new: row.coefficients[place]})
        if place in row.coefficients
        else row
        for row in certificate.rows
    ]
    proofs = [
        replace(proof, weights=[*proof.weights, 0], counterweights=[*proof.counterweights, 0])
        for proof in certificate.proofs
    ]
    reached = [*[0] * new, DENOMINATOR]
    certificate = replace(certificate, groups=groups, reached=reached, rows=rows, proofs=proofs)
    return replace(made, certificate=certificate)


def test_nothing_is_wrong_with_an_honest_round(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    leave(lottery, "--promise", "drawn")
    assert verified(lottery).code == verified(lottery / "public").code == 0
    round_draws(lottery, "--drawn", "123")
    assert verified(lottery).code == verified(lottery / "public").code == 0
    said = verified(lottery / "public").stdout.partition("ok  ")[0]
    assert "Round 1: its list was fixed before its chance" in said


def test_an_unfinished_round_with_all_tickets_on_a_friend(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    with rigged(unfinished):
        leave(lottery, "--promise", "drawn")
    # before it is drawn
    assert codes(lottery) == codes(lottery / "public") == {"verify-tickets-off"}
    said = verified(lottery / "public").stdout
    assert "the time was up" in said.partition("ok  ")[0]
    assert "No lottery over those who could come is fairer" not in said


def test_an_unfinished_round_with_all_chances_on_a_friend(tmp_path: Path) -> None:
    run = select(tmp_path, honest)
    with rigged(certain):
        leave(run)
    assert "verify-alike" in codes(run)
    assert "The time was up in some round" in verified(run).stdout


def log_anew(lottery: Path, *, without: str) -> None:
    """The log without the events of a name, whose files the next event takes over."""
    log, taken = b"", dict[str, str]()
    for line in (lottery / "public/events.jsonl").read_bytes().splitlines():
        event = json.loads(line)
        if event["event"] == without:
            taken = event["facts"]["files"]
            continue
        event["facts"]["files"] |= taken
        at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        log = log_with(log, event["event"], event["facts"], at=at)
    (lottery / "public/events.jsonl").write_bytes(log)


def test_a_list_that_was_edited_until_a_friend_came(tmp_path: Path) -> None:
    """Whoever knows what draws a round makes another lottery by one harmless name more."""
    names = [id for id, *_ in PEOPLE]
    runs, came = [], set[str]()
    for number in range(4):
        run = select(tmp_path, honest, out=f"run-{number}")
        on_panel = ids_in(run / "panel.csv")
        harmless = [id for id in names if id not in on_panel][:number]
        absent = write_ids(tmp_path / "absent.csv", *harmless)
        leave(run, *(("--unavailable", absent) if number else ()))
        came |= set(ids_in(run / "replacement-1/replacements.csv"))
        runs.append(run)
    assert len(came) > 1
    for run in runs:  # drawn at once after a selection: said, and not claimed
        said = verified(run).stdout
        assert "whoever knew it could change the list until the result suited" in said
        assert "were fixed before" not in said


def test_a_round_that_was_not_announced(tmp_path: Path) -> None:
    """After a published lottery it is refused, also if the log is written to fit."""
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    gone = write_ids(tmp_path / "gone.csv", ids_in(lottery / "panel.csv")[0])
    options = ("--dropouts", gone, "--drawn", "123")
    done = sortition("replace", lottery, *options, cwd=tmp_path)
    assert (done.code, "the list is announced first" in done.stderr) == (2, True)
    leave(lottery, "--promise", "drawn")
    round_draws(lottery, "--drawn", "123")
    (lottery / "public/replacement-1/announcement.json").unlink()
    log_anew(lottery, without="announced")
    assert {"verify-missing", "verify-round-unannounced"} == codes(lottery)


def test_another_source_than_was_promised(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    leave(lottery, "--promise", "drawn")
    done = sortition("replace", lottery, "--seed", "mine", cwd=tmp_path)
    assert (done.code, "promised" in done.stderr) == (2, True)


def test_a_round_drawn_from_another_list_than_was_announced(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    leave(lottery, "--promise", "drawn")
    round_draws(lottery, "--drawn", "123")
    place = lottery / "public/replacement-1/announcement.json"
    announcement = json.loads(place.read_bytes())
    announcement["unavailable"] = list(announcement["gone"])
    place.write_bytes(canonical_json(announcement))
    logged_again(lottery)
    assert codes(lottery / "public") == {"verify-round-otherwise"}


def test_all_but_friends_are_called_unavailable(tmp_path: Path) -> None:
    """Nothing in the files can refute it; how many they are is said before all else."""
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    on_panel = ids_in(lottery / "panel.csv")
    others = [id for id, *_ in PEOPLE if id not in on_panel]
    absent = write_ids(tmp_path / "absent.csv", *others[8:])
    leave(lottery, "--promise", "drawn", "--unavailable", absent)
    first = verified(lottery / "public").stdout.partition("ok  ")[0]
    assert "left: 1; not available: 46, both as the organiser states; it is drawn from 8" in first


def test_alternates_by_words_that_were_tried_out(tmp_path: Path) -> None:
    """Seed and rates as they were; what the seed is hashed with is another until friends come."""
    run = select(tmp_path, honest)
    place = "sortition.steps.members.reserve.reading.DOMAIN"
    chosen = set[tuple[str, ...]]()
    for word in ("alternates", "one more", "another"):
        with patch(place, word):
            made = ("alternates", run, "--count", "2", "--overwrite")
            assert sortition(*made, cwd=tmp_path).code == 0
        log = (run / "events.jsonl").read_bytes().splitlines()
        chosen.add(tuple(json.loads(log[-1])["facts"]["alternates"]))
    assert len(chosen) > 1
    assert codes(run, "--resolve") == {"verify-reserve-other"}


def test_alternates_exchanged_for_friends(tmp_path: Path) -> None:
    """In log and lists; what the alternates follow from is in the log."""
    run = select(tmp_path, honest)
    made = ("alternates", run, "--count", "2")
    assert sortition(*made, cwd=tmp_path).code == 0
    assert verified(run, "--resolve").code == 0
    kept = [id for id, *_ in PEOPLE if id not in ids_in(run / "panel.csv")]
    log = b""
    for line in (run / "events.jsonl").read_bytes().splitlines():
        event = json.loads(line)
        if event["event"] == "alternates":
            named = event["facts"]["alternates"]
            event["facts"]["alternates"] = [id for id in kept if id not in named][:2]
        at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        log = log_with(log, event["event"], event["facts"], at=at)
    (run / "events.jsonl").write_bytes(log)
    said = verified(run)
    assert said.code == 0  # without solving again it is not claimed, and said
    assert "shown by choosing it again (--resolve)" in said.stdout.partition("ok  ")[0]
    assert codes(run, "--resolve") == {"verify-reserve-other"}


def test_a_list_that_was_changed_after_it_was_announced(tmp_path: Path) -> None:
    """With the same digits drawn: who noted the digest of the announcement gives it as well."""
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    leave(lottery, "--promise", "drawn")
    place = "public/replacement-1/announcement.json"
    digests = [digest((lottery / name).read_bytes()) for name in ("public/commitment.json", place)]
    first, both = ("--announced", digests[0]), [w for d in digests for w in ("--announced", d)]
    round_draws(lottery, "--drawn", "123")
    assert "All " in verified(lottery, *both).stdout.splitlines()[-1]
    last = verified(lottery / "public", *first).stdout.splitlines()[-1]
    assert "the list of round 1 is the one that was announced was not checked" in last
    announcement = json.loads((lottery / place).read_bytes())
    announcement["source"] = {"kind": "beacon", "chain": "drand quicknet", "round": 10**7}
    (lottery / place).write_bytes(canonical_json(announcement))
    logged_again(lottery)
    assert "verify-announced" in codes(lottery / "public", *both)
    assert "verify-announced" not in codes(lottery / "public", *first)


def loosened(instance: Instance, rules: Rules) -> PreparedLottery:
    """A lottery without quotas, which are said to have given way."""
    free = tuple(replace(q, lower=0, upper=instance.panel_size) for q in instance.quotas.rows)
    return honest(replace(instance, quotas=Quotas(rows=free)), rules)


def test_quotas_that_are_said_to_have_given_way(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    with rigged(loosened):
        leave(lottery, "--promise", "drawn")
    assert codes(lottery) == {"verify-round-moved-needless"}
    first = verified(lottery / "public").stdout.partition("ok  ")[0]
    assert "Round 1: quotas gave way, as the organiser states" in first
    assert "→ 0–1" in first


def test_a_reserve_that_was_passed_over(tmp_path: Path) -> None:
    """Whoever knows who is next in reserve can draw from the pool instead; it is said."""
    run = select(tmp_path, honest)
    assert sortition("alternates", run, "--count", "6", cwd=tmp_path).code == 0
    leave(run, "--from", "pool", "--seed", "another")
    assert "6 of those in reserve were left" in verified(run).stdout.partition("ok  ")[0]


def test_friends_who_are_seated_before_the_draw(tmp_path: Path) -> None:
    seated = write_ids(tmp_path / "seated.csv", "00", "01")
    run = select(tmp_path, honest, "--seated", str(seated))
    assert "Seated before the draw: 2 people" in verified(run).stdout.partition("ok  ")[0]


FRIENDS = ("00", "01", "02", "03", "04", "05", "06", "07")


def befriended(made: PreparedLottery, *_: object) -> PreparedLottery:
    """The same lottery with friends in reserve on every ticket."""
    return with_lottery(
        made,
        [
            replace(panel, alternates=tuple(id for id in FRIENDS if id not in panel.members)[:2])
            for panel in made.lottery.panels
        ],
    )


def test_friends_in_reserve_on_every_ticket(tmp_path: Path) -> None:
    run = select(tmp_path, honest, "--alternates", "2", out="honest")
    assert verified(run, "--resolve").code == 0
    with patch("sortition.selection.reserve.tickets.with_reserves", befriended):
        run = select(tmp_path, honest, "--alternates", "2")
    assert "shown by choosing them again (--resolve)" in verified(run).stdout.partition("ok  ")[0]
    assert codes(run, "--resolve") == {"verify-reserve-chosen"}


def together(instance: Instance, rules: Rules) -> PreparedLottery:
    """Two friends on the same tickets, in the place of people like them; all have as many."""
    made = honest(instance, rules)
    kind_of = {member.id: member.values for member in instance.pool.members}
    tickets = [set(p.members) for p in made.lottery.panels for _ in range(p.weight)]
    one, other = next(
        (one, other)
        for one in kind_of
        for other in kind_of
        if any(one in ticket and other in ticket for ticket in tickets)
        and kind_of[one] != kind_of[other]
    )
    like = {id for id, kind in kind_of.items() if kind == kind_of[other]} - {other}
    for ticket in [ticket for ticket in tickets if one in ticket and other not in ticket]:
        away = sorted(like & ticket)[:1]
        for place in tickets:
            if away and other in place and one not in place and away[0] not in place:
                ticket ^= {other, *away}
                place ^= {other, *away}
                break
    counted = Counter(tuple(sorted(ticket)) for ticket in tickets)
    return with_lottery(made, [Panel(members=m, weight=n) for m, n in sorted(counted.items())])


def test_friends_on_the_same_tickets_of_a_round(tmp_path: Path) -> None:
    run = select(tmp_path, honest)
    gone = write_ids(tmp_path / "gone.csv", *ids_in(run / "panel.csv")[:3])
    with rigged(together):
        done = sortition("replace", run, "--dropouts", gone, "--seed", "one", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert codes(run) == {"verify-packed"}
