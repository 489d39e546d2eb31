"""Lotteries that were rigged by whoever wrote all the files, with every digest made to fit.

In the order of the rules (docs/rules.md). Each ends in a finding that has a name, or in a claim
that is not made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest

from sortition.audit.bundle.pool import own_digest
from sortition.audit.canonical import canonical_json, digest
from sortition.audit.certificate.proof import Certificate
from sortition.audit.certificate.refutation import Case
from sortition.audit.certificate.rows import CertifiedRow
from sortition.audit.documents import indented
from sortition.audit.draw.sources import time_of
from sortition.audit.log.events import file_digest, log_with
from sortition.audit.lottery.file import lottery_file, read_lottery
from sortition.model import Instance, Lottery, Panel, Quota, Quotas, below
from sortition.selection.preparation import PreparedLottery, Rules
from tests.audit.organiser import (
    KINDS,
    PEOPLE,
    POOL,
    QUOTAS,
    SIZE,
    Doctor,
    declared_impossible,
    draw,
    honest,
    publish,
    select,
    verified,
)
from tests.cli.running import sortition, write_inputs
from tests.steps.publish.published import BY_NUMBERS, NAMED, SEED, clock

FRIENDS = ("00", "01", "02")
KEPT = tuple(id for id, *_ in PEOPLE[:8])
FORGOTTEN = tuple(id for id, *_ in PEOPLE[8:])
MADE_UP = (Case(multipliers={0: 1, 1: -1}),)


def codes(path: Path, *options: str) -> set[str]:
    said = verified(path, "--json", *options)
    found = [f["code"] for check in json.loads(said.stdout)["checks"] for f in check["findings"]]
    assert said.code == 1
    return set(found)


def with_lottery(made: PreparedLottery, panels: Sequence[Panel]) -> PreparedLottery:
    lottery = Lottery(panels=tuple(panels))
    document = lottery_file(made.instance, lottery)
    return replace(made, lottery=lottery, document=document, digest=digest(document))


def test_nothing_is_wrong_with_an_honest_lottery(tmp_path: Path) -> None:
    """So that what the tests below find is what was rigged."""
    assert verified(select(tmp_path, honest)).code == 0
    lottery = publish(tmp_path, honest)
    draw(lottery, "--drawn", "007")
    assert verified(lottery).code == 0
    assert verified(lottery / "public").code == 0


@pytest.mark.parametrize("cases", [(), MADE_UP], ids=["no proof", "a proof that is none"])
def test_people_declared_impossible(tmp_path: Path, cases: Sequence[Case]) -> None:
    doctor = declared_impossible(FORGOTTEN, cases)
    run = select(tmp_path, doctor)
    assert "verify-excluded" in codes(run)
    assert "On no panel: 52 of 60 people" in verified(run).stdout.partition("ok  ")[0]
    lottery = publish(tmp_path, doctor)
    assert codes(lottery) == {"verify-excluded"}
    said = verified(lottery / "public").stdout
    assert "On no panel: 52 of 60 people, as the organiser states." in said.partition("ok  ")[0]
    assert "only somebody with the sealed part can check it" in said


def one_ticket(instance: Instance, rules: Rules) -> PreparedLottery:
    made = replace(honest(instance, replace(rules, tickets=1000)), rules=rules)
    panel = next(p for p in made.lottery.panels if set(FRIENDS) & set(p.members))
    return with_lottery(made, [replace(panel, weight=1)])


def ten_tickets(instance: Instance, rules: Rules) -> PreparedLottery:
    """A friend on four of ten."""
    made = replace(honest(instance, replace(rules, tickets=1000)), rules=rules)
    with_friend = [p for p in made.lottery.panels if "00" in p.members]
    others = [p for p in made.lottery.panels if "00" not in p.members]
    chosen = [*with_friend[:4], *others[:6]]
    return with_lottery(made, [replace(panel, weight=1) for panel in chosen])


def one_panel(instance: Instance, rules: Rules) -> PreparedLottery:
    made = honest(instance, rules)
    return with_lottery(made, [replace(made.lottery.panels[0], weight=1000)])


@pytest.mark.parametrize(("doctor", "tickets"), [(one_ticket, "1"), (ten_tickets, "10")])
def test_few_tickets_are_never_called_fair(tmp_path: Path, doctor: Doctor, tickets: str) -> None:
    lottery = publish(tmp_path, doctor, "--tickets", tickets, "--few-tickets", "we are in a hurry")
    for path in (lottery, lottery / "public"):
        said = verified(path)
        assert said.code == 1
        assert "this lottery is not called fair" in said.stdout.partition("ok  ")[0]
        assert "?      The tickets are too few" in said.stdout
    run = select(tmp_path, doctor, "--tickets", tickets)
    assert verified(run).code == 1
    assert "?      The tickets are too few" in verified(run).stdout


def test_many_tickets_of_another_lottery(tmp_path: Path) -> None:
    assert "verify-tickets-off" in codes(select(tmp_path, one_panel))
    lottery = publish(tmp_path, one_panel)
    assert codes(lottery) == codes(lottery / "public") == {"verify-tickets-off"}


def forced(friend: str) -> Doctor:
    """A friend on every ticket, by a cut which says that all others have five of six seats."""

    def doctor(instance: Instance, rules: Rules) -> PreparedLottery:
        marked = _marked(instance, friend)
        made = honest(marked, rules)
        document = lottery_file(instance, made.lottery)
        return replace(
            made,
            instance=instance,
            document=document,
            digest=digest(document),
            certificate=_with_cut(made.certificate, marked),
        )

    return doctor


def _marked(instance: Instance, friend: str) -> Instance:
    members = tuple(
        member._replace(values=(*member.values, "yes" if member.id == friend else "no"))
        for member in instance.pool.members
    )
    pool = replace(instance.pool, features=(*instance.pool.features, "mark"), members=members)
    rest = instance.panel_size - 1
    marks = (
        Quota(feature="mark", value="no", lower=rest, upper=rest),
        Quota(feature="mark", value="yes", lower=1, upper=1),
    )
    quotas = Quotas(rows=(*instance.quotas.rows, *marks))
    return replace(instance, pool=pool, quotas=quotas)


def _with_cut(certificate: Certificate, marked: Instance) -> Certificate:
    """Both rows of the mark as one cut; every bound stays what it was."""
    names = [row.name for row in certificate.rows]
    no, yes = names.index("mark: no"), names.index("mark: yes")
    cut = CertifiedRow(
        name="cut",
        coefficients=certificate.rows[no].coefficients,
        lower=None,
        upper=marked.panel_size - 1,
    )
    proofs = []
    for proof in certificate.proofs:
        multipliers = list(proof.multipliers)
        # where the cut would have to hold her back, that her chance is at most 1 does the same
        multipliers[0] += min(multipliers[yes], multipliers[no])
        more = max(0, multipliers[no] - multipliers[yes])
        kept = [m for number, m in enumerate(multipliers) if number not in (no, yes)]
        proofs.append(replace(proof, multipliers=[*kept, more]))
    rows = [row for number, row in enumerate(certificate.rows) if number not in (no, yes)]
    return replace(certificate, rows=[*rows, cut], cut_cases=[MADE_UP], proofs=proofs)


def test_an_invented_cut(tmp_path: Path) -> None:
    lottery = publish(tmp_path, forced("00"))
    assert codes(lottery) == {"verify-cut", "verify-alike"}
    assert "Cuts: 1, as the organiser states." in verified(lottery / "public").stdout
    assert {"verify-cut", "verify-alike"} <= codes(select(tmp_path, forced("00")))


def test_somebody_preferred_to_those_like_her(tmp_path: Path) -> None:
    """With the objective that leaves most to be shared out, and no proof touched."""

    def doctor(instance: Instance, rules: Rules) -> PreparedLottery:
        made = honest(instance, rules)
        certificate = made.certificate
        place = next(n for n, group in enumerate(certificate.groups) if "00" in group)
        group, reached = list(certificate.groups[place]), certificate.reached[place]
        rest = [id for id in group if id != "00"]
        rows = [
            replace(row, coefficients={**row.coefficients, len(certificate.groups): c})
            if (c := row.coefficients.get(place))
            else row
            for row in certificate.rows
        ]
        extra = reached // 2
        each = extra // len(rest)
        proof = certificate.proofs[0]
        weights = list(proof.weights)
        weights[place], own = weights[place] * len(rest) // len(group), weights[place]
        return replace(
            made,
            certificate=replace(
                certificate,
                groups=[
                    *certificate.groups[:place],
                    rest,
                    *certificate.groups[place + 1 :],
                    ["00"],
                ],
                reached=[
                    *certificate.reached[:place],
                    reached - each,
                    *certificate.reached[place + 1 :],
                    reached + each * len(rest),
                ],
                rows=rows,
                proofs=[
                    replace(
                        proof,
                        weights=[*weights, own - weights[place]],
                        counterweights=[*proof.counterweights, 0],
                    )
                ],
            ),
        )

    assert "verify-alike" in codes(select(tmp_path, doctor, "--objective", "minimax"))


def test_what_an_objective_leaves_open_is_said(tmp_path: Path) -> None:
    said = verified(select(tmp_path, honest, "--objective", "maximin")).stdout
    assert "The lowest chance alone is proven" in said.partition("ok  ")[0]


def test_no_verdict_is_unqualified_without_the_announced_digest(tmp_path: Path) -> None:
    run = select(tmp_path, honest)
    lottery = publish(tmp_path, honest)
    for path, file in ((run, run / "manifest.json"), (lottery, lottery / "public/commitment.json")):
        plain = verified(path)
        assert "No announced digest was given" in plain.stdout.partition("ok  ")[0]
        last = plain.stdout.splitlines()[-1]
        assert "was not checked: give --announced" in last
        assert "All " not in last
        whole = verified(path, "--announced", digest(file.read_bytes()))
        assert whole.stdout.splitlines()[-1].endswith("hold, for the files that were announced.")


def test_the_public_part_is_the_word_of_the_organiser(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    said = verified(lottery / "public").stdout
    assert "The organiser states that every panel meets the quotas" in said.partition("ok  ")[0]
    assert "The organiser states bounds that no lottery goes beyond" in said
    assert "No lottery is fairer" not in said


def test_a_round_that_was_made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One signature after the other, until a friend sits."""
    round_ = 657413
    before, after = time_of(round_) - timedelta(hours=1), time_of(round_) + timedelta(hours=1)
    monkeypatch.setattr("sortition.steps.publish.run.datetime", clock(before))
    monkeypatch.setattr("sortition.steps.publish.sources.datetime", clock(before))
    monkeypatch.setattr("sortition.steps.publish.draw.datetime", clock(after))
    lottery = publish(tmp_path, honest, "--beacon", str(round_))
    ids = {
        p["id"]: p["token"]
        for p in json.loads((lottery / "sealed/pool.json").read_bytes())["people"]
    }
    tickets = read_lottery((lottery / "sealed/lottery.json").read_bytes(), "lottery.json")
    for number in count():
        signature = digest(str(number).encode()) + "ab" * 16
        seed = digest(bytes.fromhex(signature))
        ticket = below(1000, seed=seed, domain=f"draw/{tickets.digest}")
        if ids["00"] in tickets.panel_of(ticket).members:
            break
    file = tmp_path / "round.json"
    file.write_text(json.dumps({"round": round_, "randomness": seed, "signature": signature}))
    with patch("sortition.audit.draw.sources.signed_by_quicknet", return_value=True):
        draw(lottery, "--beacon", file)
    found = {"beacon-not-signed", "verify-source-form"}
    assert codes(lottery) == codes(lottery / "public") == found


@pytest.mark.parametrize("seed", ["7.5.1./", "1.5.7", " 1.5.7./", "01.5.7./"])
def test_a_seed_in_another_spelling(tmp_path: Path, seed: str) -> None:
    """One outcome of three dice, in as many spellings as there are friends."""
    lottery = publish(tmp_path, honest, *BY_NUMBERS)
    with patch("sortition.steps.publish.draw.Outcome.faults", return_value=()):
        draw(lottery, "--seed", seed)
    assert codes(lottery) == codes(lottery / "public") == {"seed-format"}


def test_a_seed_without_a_rule(tmp_path: Path) -> None:
    with patch("sortition.steps.publish.sources._numbers", return_value=()):
        lottery = publish(tmp_path, honest, "--source", "seed")
    draw(lottery, "--seed", "the moon was full")
    assert codes(lottery) == codes(lottery / "public") == {"verify-source-rule"}


def test_numbers_that_were_known(tmp_path: Path) -> None:
    rule = "3 from 1 to 9; three dice; the town hall; 2020-02-02"
    with patch("sortition.steps.publish.run.known_already", return_value=()):
        lottery = publish(tmp_path, honest, "--source", "seed", "--numbers", rule)
    draw(lottery, "--seed", SEED)
    assert codes(lottery) == codes(lottery / "public") == {"verify-numbers-time"}


def test_whoever_gave_the_seed_could_choose_the_panel(tmp_path: Path) -> None:
    inputs = write_inputs(tmp_path, POOL, QUOTAS)
    done = sortition("select", *inputs, *SIZE, "--seed", "a friend", "--out", "run", cwd=tmp_path)
    assert "whoever chose it, with the lottery known, could choose the panel" in done.stdout
    assert "Whoever chose it" in verified(tmp_path / "run").stdout.partition("ok  ")[0]
    page = (tmp_path / "run/report.html").read_text(encoding="utf-8")
    assert "whoever chooses the seed can choose the panel" in page
    assert "nobody can choose" not in page


def test_a_commitment_that_is_nobodys(tmp_path: Path) -> None:
    """So that two can be announced, and one of them forgotten."""
    with patch("sortition.steps.publish.run._unsaid", return_value=()):
        lottery = publish(tmp_path, honest, "--organiser", " ", "--tickets", "999")
    assert codes(lottery / "public") == {"verify-about", "verify-few-tickets"}
    later = publish(tmp_path, honest, "--day", "2099-01-01", out="later")
    draw(later, "--drawn", "007")
    assert codes(later / "public") == {"verify-about-day"}


@pytest.mark.parametrize("name", ["token", "Token", " id", "own", "values"])
def test_a_feature_with_the_name_of_a_token(tmp_path: Path, name: str) -> None:
    pool, quotas = POOL.replace("id,sex", f"nr,{name}", 1), QUOTAS.replace("sex,", f"{name},")
    inputs = write_inputs(tmp_path, pool, quotas)
    make = ("lottery", *inputs, *SIZE, *NAMED, "--id", "nr", "--quiet", "--out", "lottery")
    assert "no feature can be called" in sortition(*make, cwd=tmp_path).stderr
    with patch("sortition.steps.publish.publishing.is_reserved", return_value=False):
        assert sortition(*make, cwd=tmp_path).code == 0
    assert codes(tmp_path / "lottery") == {"verify-feature-reserved"}
    done = sortition("receipt", "00", "--from", "lottery", cwd=tmp_path)
    row = json.loads(done.stdout)["row"]
    assert row["token"] in (tmp_path / "lottery/public/lottery.json").read_text()
    assert set(row) == {"id", "own", "token", "values"}


CLASH = """\
nr,sex,age,name
01,f,old,Anna
02,f,old,Berta
03,f,old,Clara
04,m,old,Dan
05,m,old,Erik
"""
CLASH_QUOTAS = "feature,value,min,max\nsex,f,1,1\nsex,m,1,1\nage,old,2,2\n"


def test_two_volunteers_with_one_receipt(tmp_path: Path) -> None:
    """Berta is left out, and handed what was made for Anna, who is like her."""
    without_berta = CLASH.replace("02,f,old,Berta\n", "")
    inputs = write_inputs(tmp_path, without_berta, CLASH_QUOTAS)
    make = ("lottery", *inputs, "--size", "2", *NAMED, "--id", "nr", "--quiet", "--out", "lottery")
    assert sortition(*make, cwd=tmp_path).code == 0
    made = ("receipt", "01", "--from", "lottery", "--out", "hers.json")
    assert sortition(*made, cwd=tmp_path).code == 0
    lottery, hers = tmp_path / "lottery/public", tmp_path / "hers.json"
    said = verified(lottery, "--receipt", str(hers))
    assert said.code == 0
    assert "name: Anna" in said.stdout.partition("ok  ")[0]
    receipt = json.loads(hers.read_bytes())
    receipt["own"]["name"] = "Berta"
    hers.write_bytes(canonical_json(receipt))
    assert codes(lottery, "--receipt", str(hers)) == {"verify-receipt-own"}
    receipt["row"]["own"] = own_digest(bytes.fromhex(receipt["nonce"]), receipt["own"])
    hers.write_bytes(canonical_json(receipt))
    assert codes(lottery, "--receipt", str(hers)) == {"verify-receipt-row"}


def logged_again(lottery: Path) -> None:
    """The log written anew over the files as they are now."""
    key, log = bytes.fromhex((lottery / "sealed/key.txt").read_text()), b""
    for line in (lottery / "public/events.jsonl").read_bytes().splitlines():
        event = json.loads(line)
        facts = event["facts"]
        facts["files"] = {
            name: file_digest(name, (lottery / name).read_bytes(), key) for name in facts["files"]
        }
        at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        log = log_with(log, event["event"], facts, at=at)
    (lottery / "public/events.jsonl").write_bytes(log)


def test_a_preparation_that_was_changed_after_the_announcement(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    announced = digest((lottery / "public/commitment.json").read_bytes())
    place = lottery / "sealed/preparation.json"
    preparation = json.loads(place.read_bytes())
    preparation["options"]["household_limit"] = None
    preparation["versions"]["sortition"] = "9.9.9"
    place.write_bytes(indented(preparation))
    logged_again(lottery)
    assert codes(lottery, "--announced", announced) == {"verify-commitment"}


def test_a_page_that_calls_everything_right(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><title>Check</title><p>Everything is in order."
    with patch("sortition.steps.publish.run.verify_page", return_value=page):
        lottery = publish(tmp_path, honest)
    assert codes(lottery) == codes(lottery / "public") == {"verify-foreign-page"}


def test_public_chances_tell_no_two_people_apart_by_a_solver(tmp_path: Path) -> None:
    lottery = publish(tmp_path, honest)
    certificate = json.loads((lottery / "public/certificate.json").read_bytes())
    assert all(chance % 10**6 == 0 for chance, _ in certificate["chances"])
    assert len(certificate["chances"]) == 1


@pytest.mark.parametrize("made", [select, publish])
def test_tickets_that_somebody_chose(tmp_path: Path, made: Callable[..., Path]) -> None:
    """Everybody's chance as it was, but friends exchanged for people like them on some tickets."""
    again = verified(made(tmp_path, honest, out="honest"), "--resolve")
    assert "all 1,000 tickets come out as they are published" in again.stdout
    chosen = made(tmp_path, exchanged, out="chosen")
    assert codes(chosen, "--resolve") == {"verify-tickets-chosen"}
    with patch("sortition.steps.publish.resolving.software_versions", return_value={}):
        elsewhere = verified(chosen, "--resolve")
    assert elsewhere.code == 0
    said = elsewhere.stdout.partition("ok  ")[0]
    assert "998 of 1,000 tickets come out as they are published. Other versions" in said


def exchangeable(one: Panel, other: Panel, alike: Sequence[str]) -> bool:
    """Whether each has one of these people whom the other has not, and they differ besides."""
    here, there = set(one.members), set(other.members)
    return len(here & set(alike) - there) == len(there & set(alike) - here) == 1 < len(here - there)


def exchanged(instance: Instance, rules: Rules) -> PreparedLottery:
    """Two tickets of which two people who are alike change places."""
    made = honest(instance, rules)
    alike = [id for id, *kind in PEOPLE if tuple(kind) == KINDS[0]]
    one, other = next(
        (a, b)
        for a in made.lottery.panels
        for b in made.lottery.panels
        if a.weight == b.weight == 1 and exchangeable(a, b, alike)
    )
    (here,), (there,) = (
        set(alike) & set(x.members) - set(y.members) for x, y in ((one, other), (other, one))
    )
    swapped = {
        one: replace(one, members=tuple(sorted({*one.members, there} - {here}))),
        other: replace(other, members=tuple(sorted({*other.members, here} - {there}))),
    }
    panels = [swapped.get(panel, panel) for panel in made.lottery.panels]
    return with_lottery(made, panels)


CIRCLE = tuple(id for id, *_ in PEOPLE[:4])  # one of each kind
TOGETHER = 36


def packed(instance: Instance, rules: Rules) -> PreparedLottery:
    """Friends together on some tickets, in the place of people like them; all have as many."""
    made = honest(instance, rules)
    kind_of = {id: tuple(kind) for id, *kind in PEOPLE}
    tickets = [set(p.members) for p in made.lottery.panels for _ in range(p.weight)]
    wide = [t for t in tickets if {kind_of[id] for id in t} == set(KINDS)]
    meetings = wide[:TOGETHER]
    others = [t for t in tickets if not any(t is one for one in meetings)]
    for meeting in meetings:
        for friend in set(CIRCLE) - meeting:
            place, away = next(
                (ticket, id)
                for ticket in others
                if friend in ticket
                for id in sorted(meeting - set(CIRCLE) - ticket)
                if kind_of[id] == kind_of[friend]
            )
            meeting ^= {friend, away}
            place ^= {friend, away}
    counted = Counter(tuple(sorted(ticket)) for ticket in tickets)
    return with_lottery(made, [Panel(members=m, weight=n) for m, n in sorted(counted.items())])


@pytest.mark.parametrize("made", [select, publish])
def test_friends_on_the_same_tickets(tmp_path: Path, made: Callable[..., Path]) -> None:
    folder = made(tmp_path, packed)
    place = "lottery.json" if made is select else "sealed/lottery.json"
    lottery = read_lottery((folder / place).read_bytes(), place)
    assert lottery.ticket_count == 1000
    assert codes(folder) == {"verify-packed"}
