"""What is public names nobody and says nothing of anybody's values."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.cli.running import SAMPLES, contents, sortition
from tests.steps.publish.published import NAMED, draw, publish

OPTIONS = ("--size", "36", "--household", "adresse,postnummer", "--tickets", "1000")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The public files of the sample pool's lottery after its draw, without their digests."""
    home = tmp_path_factory.mktemp("private")
    pool, quotas = SAMPLES / "pool.csv", SAMPLES / "quotas.csv"
    for words in (
        ("lottery", pool, quotas, *OPTIONS, *NAMED, "--out", "lottery", "--language", "da"),
        ("draw", "lottery", "--drawn", "187"),
        ("draw", "lottery", "--drawn", "188"),
        ("pack", "lottery"),
    ):
        sortition(*words, cwd=home)
    files = contents(home / "lottery" / "public")
    assert "draw.json" in files
    return {name: content.decode() for name, content in files.items()}


def rows() -> list[dict[str, str]]:
    text = (SAMPLES / "pool.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def words_in(public: dict[str, str]) -> set[str]:
    """Every run of letters and digits, and each cell-like piece between quotes."""
    pieces: set[str] = set()
    for name, text in public.items():
        # the page that verifies is the same for every lottery
        if name != "verify.html":
            pieces.update(re.findall(r"[^\W_]+(?:[.@+-][^\W_]+)*", text))
            pieces.update(re.findall(r'"([^"]*)"', text))
    return pieces


def test_no_id_name_or_address(public: dict[str, str]) -> None:
    found = words_in(public)
    everything = "\n".join(text for name, text in public.items() if name != "verify.html")
    # numbers of tickets look like ids, and stand in the table of tickets and in the record alone
    tickets = {f"{number:03d}" for number in range(1000)}
    for row in rows():
        assert row["deltager_id"] not in found - tickets
        for column in ("adresse", "email", "telefon", "efternavn"):
            assert row[column] not in everything, column
        assert row["fornavn"] not in found
        assert f"{row['fornavn']} {row['efternavn']}" not in everything


def test_values_occur_as_rules_alone(public: dict[str, str]) -> None:
    # the labels of the quotas are rules that everybody may read; nothing links them to a token
    features = ("køn", "aldersgruppe", "uddannelse", "bydel")
    labels = {row[feature] for row in rows() for feature in features}
    lottery = json.loads(public["lottery.json"])
    assert set(lottery) == {"k", "panels", "people", "quotas", "schema", "sealed"}
    assert all(set(q) == {"category", "max", "min", "value"} for q in lottery["quotas"])
    assert all(re.fullmatch("[0-9a-f]{16}", token) for token in lottery["people"])
    certificate = json.loads(public["certificate.json"])
    assert not any(token in public["certificate.json"] for token in lottery["people"])
    assert len(certificate["rows"]) == 1 + len(lottery["quotas"])
    for name in ("commitment.json", "draw.json", "events.jsonl"):
        assert not any(f'"{label}"' in public[name] for label in labels), name
    # every line of the sheet that names a token names no value, and the other way round
    for line in public["draw_sheet.html"].splitlines():
        assert not (re.search(r"\b[0-9a-f]{16}\b", line) and any(label in line for label in labels))


def test_two_publications_share_no_token(tmp_path: Path) -> None:
    pool, quotas = SAMPLES / "pool.csv", SAMPLES / "quotas.csv"
    people = []
    for name in ("one", "other"):
        words = ("lottery", pool, quotas, "--size", "36", *NAMED, "--quiet", "--out", name)
        assert sortition(*words, cwd=tmp_path).code == 0
        people.append(json.loads((tmp_path / name / "public/lottery.json").read_bytes())["people"])
    assert not set(people[0]) & set(people[1])


def test_those_who_are_not_drawn_are_listed_without_contact_details(tmp_path: Path) -> None:
    """Unless somebody asks for them; whoever replaces somebody is written with all of them."""
    whole, bare, taken = "id,gender,age,from,street", "id,gender,age,from", "address_taken_by"
    for options, header in (((), bare), (("--contacts-of-others",), whole)):
        lottery = publish(tmp_path / str(len(options)))
        assert draw(lottery, "--drawn", "007", *options).code == 0
        assert (lottery / "panel.csv").read_text().splitlines()[0] == whole
        assert (lottery / "not_selected.csv").read_text().splitlines()[0] == f"{header},{taken}"
        assert sortition("verify", lottery, cwd=tmp_path).code == 0
    lottery = tmp_path / "0" / "lottery"
    first = (lottery / "panel.csv").read_text().splitlines()[1].split(",")[0]
    gone = tmp_path / "gone.csv"
    gone.write_text(f"id\n{first}\n", encoding="utf-8")
    done = sortition("replace", lottery, "--dropouts", gone, "--promise", "drawn", cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert sortition("replace", lottery, "--drawn", "123", cwd=tmp_path).code == 0
    came = (lottery / "replacement-1/replacements.csv").read_text().splitlines()
    assert came[0] == whole
