"""A lottery is published, drawn once, and everybody finds herself."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from sortition.audit.bundle import merkle
from sortition.audit.canonical import canonical_json
from sortition.audit.draw.sources import time_of
from sortition.audit.verify import examine
from sortition.model import below
from tests.audit.forging import POOL
from tests.cli.running import Outcome, faults_said, sortition, write_inputs
from tests.steps.publish.published import (
    BY_NUMBERS,
    NAMED,
    OPTIONS,
    SEED,
    clock,
    draw,
    files_of,
    publish,
    write,
)


@pytest.fixture(scope="module")
def lottery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published, drawn by hand; nobody changes it."""
    folder = publish(tmp_path_factory.mktemp("published"))
    done = draw(folder, "--drawn", "187")
    assert (done.code, done.stderr) == (0, ""), done.stderr
    return folder


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_bytes())


def test_it_holds(lottery: Path) -> None:
    verification = examine(lottery)
    assert [check for check in verification.checks if check.findings != ()] == []
    announced = sha256((lottery / "public/commitment.json").read_bytes()).hexdigest()
    assert verification.announced == announced
    assert examine(lottery, announced=announced).holds
    assert not examine(lottery, announced="0" * 64).holds
    assert examine(lottery / "public").holds


def test_the_public_lottery_is_the_sealed_one_without_who_counts(lottery: Path) -> None:
    sealed, public = read(lottery, "sealed/lottery.json"), read(lottery, "public/lottery.json")
    digest = sha256((lottery / "sealed/lottery.json").read_bytes()).hexdigest()
    assert public.pop("sealed") == digest
    for quota in sealed["quotas"]:
        del quota["members"]
    assert public == sealed
    assert public["people"] == sorted(public["people"])
    assert (
        canonical_json(read(lottery, "public/lottery.json"))
        == (lottery / "public/lottery.json").read_bytes()
    )


def test_tokens_are_in_another_order_than_ids(lottery: Path) -> None:
    people = read(lottery, "sealed/pool.json")["people"]
    assert [person["token"] for person in people] == sorted(p["token"] for p in people)
    assert [person["id"] for person in people] != sorted(person["id"] for person in people)


def test_digits_are_the_ticket(lottery: Path) -> None:
    record, public = read(lottery, "public/draw.json"), read(lottery, "public/lottery.json")
    assert record["ticket"] == 187
    tickets = [panel["members"] for panel in public["panels"] for _ in range(panel["weight"])]
    assert len(tickets) == 1000
    assert record["panel"] == tickets[187]
    ids = {p["token"]: p["id"] for p in read(lottery, "sealed/pool.json")["people"]}
    rows = csv.DictReader((lottery / "panel.csv").read_text(encoding="utf-8").splitlines())
    listed = [row["id"].removeprefix("'") for row in rows]
    assert listed == sorted(ids[token] for token in tickets[187])


@pytest.mark.parametrize("objective", ["maximin", "nash", "minimax", "goldilocks"])
def test_every_objective(tmp_path: Path, objective: str) -> None:
    folder = publish(tmp_path, "--objective", objective, *BY_NUMBERS)
    done = draw(folder, "--seed", SEED)
    assert (done.code, done.stderr) == (0, "")
    verification = examine(folder)
    assert [check for check in verification.checks if check.findings != ()] == []
    digest = read(folder, "public/lottery.json")["sealed"]
    ticket = below(1000, seed=SEED, domain=f"draw/{digest}")
    assert read(folder, "public/draw.json")["ticket"] == ticket
    assert done.stdout.splitlines()[0] == f"Ticket    {ticket:03d}"
    assert read(folder, "report.json")["seed"] == SEED


def test_toward_the_population(tmp_path: Path) -> None:
    plain = publish(tmp_path / "plain", *BY_NUMBERS)
    rates = tmp_path / "rates.csv"
    rates.write_text("age,rate\nyoung,0.02\nold,0.05\n", encoding="utf-8")
    toward = ("--toward", "population", "--rates", str(rates))
    folder = publish(tmp_path / "even", *BY_NUMBERS, *toward)
    public = read(folder, "public/certificate.json")
    assert public["objective"] == "population"
    assert sum(people for _, people in public["shares"]) + public["impossible"] == sum(
        people for _, people in public["chances"]
    )
    assert read(plain, "public/certificate.json")["shares"] == []
    assert draw(folder, "--seed", SEED).code == 0
    verification = examine(folder)
    assert [check for check in verification.checks if check.findings != ()] == []
    lower = dict(public, shares=[[public["shares"][0][0] // 2, 1], *public["shares"]])
    (folder / "public/certificate.json").write_bytes(canonical_json(lower))
    assert not examine(folder).holds


def test_a_bare_lottery_takes_a_seed_in_any_spelling(tmp_path: Path) -> None:
    folder = publish(tmp_path, *BY_NUMBERS)
    bare = [
        sortition("draw", folder / "public/lottery.json", "--seed", seed, cwd=tmp_path).stdout
        for seed in ("A\u030arhus", "\u00c5rhus")
    ]
    assert bare[0] == bare[1]


@pytest.mark.parametrize(
    "seed", ["5.1.7./", "1.5.7.", "1.5.7", "1. 5. 7./", "01.5.7./", "1.5./", "1.5.10./", "1.5.7./."]
)
def test_a_seed_has_one_spelling(tmp_path: Path, seed: str) -> None:
    folder = publish(tmp_path, *BY_NUMBERS)
    (said,) = faults_said(draw(folder, "--seed", seed))
    assert "not written as was promised" in said and "“1.1.1./”" in said
    assert draw(folder, "--seed", SEED).code == 0


def test_a_promised_beacon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of the past, published before it existed, as nobody can sign one of the future."""
    signature = (
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
        "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
    )
    randomness = sha256(bytes.fromhex(signature)).hexdigest()
    promised = 657413
    before, after = time_of(promised) - timedelta(hours=1), time_of(promised) + timedelta(hours=1)
    monkeypatch.setattr("sortition.steps.publish.run.datetime", clock(before))
    monkeypatch.setattr("sortition.steps.publish.sources.datetime", clock(before))
    monkeypatch.setattr("sortition.steps.publish.draw.datetime", clock(before))
    folder = publish(tmp_path, "--beacon", str(promised))
    source = read(folder, "public/commitment.json")["source"]
    assert source["kind"] == "beacon"
    assert f"{source['round']}" in (folder / "public/draw_sheet.html").read_text()
    file = tmp_path / "round.json"

    def drawn(round_: int) -> Outcome:
        document = {"round": round_, "randomness": randomness, "signature": signature}
        file.write_text(json.dumps(document))
        return draw(folder, "--beacon", file)

    (said,) = faults_said(drawn(promised))
    assert "which is still to come" in said
    monkeypatch.setattr("sortition.steps.publish.draw.datetime", clock(after))
    wrong = faults_said(drawn(promised - 1))
    assert f"promised round {promised}" in wrong[0]
    assert "not that of drand’s quicknet" in wrong[1]
    assert drawn(promised).code == 0
    assert examine(folder).holds
    record = read(folder, "public/draw.json")
    digest = read(folder, "public/lottery.json")["sealed"]
    assert record["ticket"] == below(1000, seed=randomness, domain=f"draw/{digest}")


def test_a_draw_at_a_terminal_is_shown_and_asked_again(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    before = files_of(folder)
    call = ("draw", folder, "--drawn", "178")
    no = sortition(*call, cwd=tmp_path, typed="n\n")
    assert no.code == 1
    assert "Ticket    178" in no.stderr
    assert "A draw is final. Draw now?" in no.stderr
    assert sha256(before["public/commitment.json"]).hexdigest() in no.stderr
    assert files_of(folder) == before
    yes = sortition(*call, cwd=tmp_path, typed="y\n")
    assert yes.code == 0
    assert "Ticket    178" in yes.stdout


def test_yes_draws_at_a_terminal_without_a_word(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    done = sortition("draw", folder, "--drawn", "178", "--yes", cwd=tmp_path, typed="")
    assert (done.code, done.stderr) == (0, "")


def test_a_number_that_no_ticket_has_is_no_attempt(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    assert draw(folder, "--drawn", "001").code == 0
    before = files_of(folder)
    assert draw(folder, "--drawn", "1870").code == 2
    assert files_of(folder) == before


def test_a_second_draw_is_refused_and_recorded(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    assert draw(folder, "--drawn", "001").code == 0
    before = files_of(folder)
    again = draw(folder, "--drawn", "002")
    assert (again.code, again.stdout) == (2, "")
    first, said = again.stderr.splitlines()
    assert first == "A fault was found. What was written before it stays."
    assert "drawn already: ticket 1" in said
    after = files_of(folder)
    log = "public/events.jsonl"
    assert {name for name in after if after[name] != before.get(name)} == {log}
    assert after[log].startswith(before[log])
    last = json.loads(after[log].splitlines()[-1])
    assert (last["event"], last["facts"]) == (
        "refused",
        {"source": {"kind": "drawn"}},
    )
    assert examine(folder).holds


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Nothing was given to draw with"),
        (("--seed", "1", "--drawn", "001"), "Several things were given"),
        (("--seed", "1"), "promised a draw by “drawn”, but this is one by “seed”"),
        (("--drawn", "1"), "Give all 3 digits, from 000 to 999"),
        (("--drawn", "1000"), "Give all 3 digits"),
        (("--seed", ""), "The seed is empty"),
        (("--beacon", "absent.json"), "There is no file absent.json"),
    ],
)
def test_what_cannot_draw(
    lottery: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    undrawn = files_of(lottery)
    log = undrawn["public/events.jsonl"].splitlines(keepends=True)
    undrawn["public/events.jsonl"] = b"".join(log[:2])
    keep = {
        name: content for name, content in undrawn.items() if "/" in name or name == "roster.json"
    }
    del keep["public/draw.json"]
    folder = write(tmp_path / "lottery", keep)
    (fault,) = faults_said(draw(folder, *options))
    assert said in fault
    assert files_of(folder) == keep


def test_what_was_changed_is_not_drawn(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    place = folder / "sealed/lottery.json"
    place.write_bytes(re.sub(rb'"weight":', rb'"weight":1', place.read_bytes(), count=1))
    done = draw(folder, "--drawn", "001")
    assert done.code == 1
    assert "What was published does not hold; nothing was done." in done.stderr
    assert not (folder / "public/draw.json").exists()


def test_bare_lotteries(lottery: Path, tmp_path: Path) -> None:
    # the vector of the format: 354 bytes
    bare = tmp_path / "lottery.json"
    bare.write_text(
        '{"k":2,"panels":[{"members":["P2","P5"],"weight":3},{"members":["P3","P6"],"weight":4},'
        '{"members":["P1","P4"],"weight":3}],"people":["P1","P2","P3","P4","P5","P6"],'
        '"quotas":[{"category":"sex","max":1,"members":["P1","P2","P3"],"min":1,"value":"f"},'
        '{"category":"sex","max":1,"members":["P4","P5","P6"],"min":1,"value":"m"}],'
        '"schema":"sortition-lottery/3"}'
    )
    assert bare.stat().st_size == 354
    done = sortition("draw", bare, "--seed", "63454660390103169462", cwd=tmp_path)
    assert done.stdout == "Ticket    2\nPanel     P2 P5\n"
    by_hand = sortition("draw", bare, "--drawn", "9", "--json", cwd=tmp_path)
    assert json.loads(by_hand.stdout) == {"ticket": 9, "panel": ["P1", "P4"]}
    assert [path.name for path in tmp_path.iterdir()] == ["lottery.json"]
    # both forms of a lottery draw the same ticket and the same panel
    seed = ("--seed", "x")
    forms = [
        sortition("draw", lottery / part / "lottery.json", *seed, cwd=tmp_path).stdout
        for part in ("public", "sealed")
    ]
    assert forms[0] == forms[1]
    bare.write_text("{}")
    assert sortition("draw", bare, *seed, cwd=tmp_path).code == 1


def test_receipts(lottery: Path, tmp_path: Path) -> None:
    root = read(lottery, "public/commitment.json")["pool"]["root"]
    people = read(lottery, "public/lottery.json")["people"]
    for id in ("001", "Ærø-8", "=9"):
        done = sortition("receipt", id, "--from", lottery, cwd=tmp_path)
        receipt = json.loads(done.stdout)
        assert receipt["row"]["id"] == id
        assert people[receipt["index"]] == receipt["row"]["token"]
        leaf = merkle.leaf(bytes.fromhex(receipt["nonce"]), canonical_json(receipt["row"]))
        path = [bytes.fromhex(digest) for digest in receipt["path"]]
        led = merkle.root_over(leaf, index=receipt["index"], size=receipt["size"], path=path)
        assert led.hex() == root
    (said,) = faults_said(sortition("receipt", "404", "--from", lottery, cwd=tmp_path))
    assert said == "Nobody in the pool has the id “404”."
    (said,) = faults_said(sortition("receipt", "001", "--from", lottery / "public", cwd=tmp_path))
    assert "has no sealed part" in said
    written = ("receipt", "001", "--from", lottery, "--out", "mine.json")
    assert sortition(*written, cwd=tmp_path).code == 0
    assert sortition(*written, cwd=tmp_path).code == 2


def test_the_receipts_of_all(lottery: Path, tmp_path: Path) -> None:
    done = sortition("receipt", "--all", "--from", lottery, "--out", "all", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    public = read(lottery, "public/lottery.json")
    text = (tmp_path / "all/receipts.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["token"] for row in rows} == set(public["people"])
    pool = {person["id"]: person for person in read(lottery, "sealed/pool.json")["people"]}
    assert len(list((tmp_path / "all").glob("*.html"))) == len(rows) == len(pool)
    for row in rows[:3]:
        page = (tmp_path / "all" / row["page"]).read_text(encoding="utf-8")
        encoded = re.findall('base64,([^"]+)"', page)
        (saved,) = map(b64decode, encoded)
        (id,) = (id for id, person in pool.items() if person["token"] == row["token"])
        alone = sortition("receipt", "--from", lottery, "--", id, cwd=tmp_path)
        assert saved == alone.stdout.strip().encode()
        panels = public["panels"]
        tickets = sum(one["weight"] for one in panels if row["token"] in one["members"])
        assert int(row["tickets"]) == tickets
    assert (tmp_path / "all/receipts.csv").stat().st_mode & 0o077 == 0
    assert sortition("receipt", "--from", lottery, cwd=tmp_path).code == 2


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21])
def test_all_paths_at_once_are_those_of_each_leaf(size: int) -> None:
    leaves = [merkle.leaf(b"", bytes([number])) for number in range(size)]
    assert merkle.paths(leaves) == [merkle.path(leaves, index) for index in range(size)]


def test_packed_parts(lottery: Path, tmp_path: Path) -> None:
    assert sortition("pack", lottery, "--out", "packed", cwd=tmp_path).code == 0
    public, sealed = tmp_path / "packed/public.zip", tmp_path / "packed/sealed.zip"
    assert examine(public).holds
    assert examine(sealed).holds
    with zipfile.ZipFile(sealed) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"public", "sealed"}
    # as somebody packs the folder by hand
    by_hand = tmp_path / "by_hand.zip"
    with zipfile.ZipFile(by_hand, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((lottery / "public").iterdir()):
            archive.write(path, f"my lottery/{path.name}")
    assert examine(by_hand).holds
    again = sortition("verify", public, "--json", cwd=tmp_path)
    assert again.code == 0
    assert {check["outcome"] for check in json.loads(again.stdout)["checks"]} == {"ok"}
    by_hand.write_bytes(b"PK\x03\x04 not")
    assert sortition("verify", by_hand, cwd=tmp_path).code == 2


def test_resolve(lottery: Path, tmp_path: Path) -> None:
    done = sortition("verify", lottery, "--resolve", cwd=tmp_path)
    assert done.code == 0
    assert "Solved again, the lottery gives everybody the same chance." in done.stdout
    # in public there is nothing to solve from
    assert sortition("verify", lottery / "public", "--resolve", cwd=tmp_path).code == 1


def test_nothing_is_published_twice_unasked(tmp_path: Path) -> None:
    folder = publish(tmp_path)
    pool, quotas = tmp_path / "pool.csv", tmp_path / "quotas.csv"
    again = ("lottery", pool, quotas, *OPTIONS, *NAMED, "--out", "lottery")
    before = files_of(folder)
    assert sortition(*again, cwd=tmp_path).code == 2
    assert files_of(folder) == before
    assert sortition(*again, "--overwrite", cwd=tmp_path).code == 0
    assert examine(folder).holds
    assert draw(folder, "--drawn", "000").code == 0
    said = faults_said(sortition(*again, "--overwrite", cwd=tmp_path))
    assert any("has been drawn" in line for line in said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--beacon", "657413"), "Round 657413 is published already"),
        (("--beacon", "tomorrow"), "“tomorrow” is no time"),
        (("--beacon", "2096-01-01T12:00"), "“2096-01-01T12:00” is no time"),
    ],
)
def test_what_cannot_be_promised(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    pool, quotas = write_inputs(
        tmp_path, POOL, "feature,value,min,max\ngender,f,0,4\ngender,m,0,4\n"
    )
    done = sortition("lottery", pool, quotas, "--size", "4", *NAMED, *options, cwd=tmp_path)
    assert any(said in line for line in faults_said(done))
    assert not (tmp_path / "lottery").exists()


def test_a_feature_that_rows_need_for_themselves(tmp_path: Path) -> None:
    pool, quotas = write_inputs(
        tmp_path, "id,token\n1,a\n2,b\n", "feature,value,min,max\ntoken,a,0,1\ntoken,b,0,1\n"
    )
    (said,) = faults_said(sortition("lottery", pool, quotas, "--size", "1", *NAMED, cwd=tmp_path))
    assert "no feature can be called “token”" in said
