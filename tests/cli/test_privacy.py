"""Names, addresses, telephone numbers and e-mail stay in the lists of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import DOCUMENTS, LISTS, Outcome, contents, sortition, write_inputs

HEADER = "id,navn,vej,telefon,mail,køn"
PEOPLE = 24
SECRETS = [
    secret
    for number in range(PEOPLE)
    for secret in (
        f"Zebulon{number:02} Quistgaard",
        f"Hemmeligvej {number // 2:02}B",
        f"+45 98 76 54 {number:02}",
        f"zq{number:02}@mail.invalid",
    )
]
QUOTAS = "feature,value,min,max\nkøn,Kvinde,1,3\nkøn,Mand,1,3\nkøn,andet,0,0\n"
TRACES = ("Zebulon", "Quistgaard", "Hemmeligvej", "98 76 54", "mail.invalid", "@")
PARTS = 4  # secrets a person


def pool(*, values: tuple[str, ...] = ("Kvinde", "Mand", "andet")) -> str:
    rows = [
        ",".join([f"{n:03}", *SECRETS[n * PARTS : (n + 1) * PARTS], values[n % len(values)]])
        for n in range(PEOPLE)
    ]
    return "\n".join([HEADER, *rows]) + "\n"


def found_in(text: str) -> list[str]:
    return [trace for trace in (*TRACES, *SECRETS) if trace in text]


def select(folder: Path, *options: str) -> Outcome:
    options = ("--household", "vej", "--out", "out", *options)
    return sortition("select", "pool.csv", "quotas.csv", *options, cwd=folder)


@pytest.mark.parametrize("language", ["en", "da"])
def test_results_hold_ids_alone(tmp_path: Path, language: str) -> None:
    """With excluded people, people without a ticket and shared addresses, all of them named."""
    write_inputs(tmp_path, pool(), QUOTAS)
    done = select(tmp_path, "--size", "4", "--tickets", "2", "--language", language)
    assert (done.code, done.stderr) == (0, "")
    said = {
        "en": ("On no panel", "On no ticket", "Addresses with more than one person: 12"),
        "da": ("Ikke i noget panel", "Ikke på noget lod", "Adresser med mere end én person: 12"),
    }
    assert [words for words in said[language] if words not in done.stdout] == []
    assert found_in(done.stdout) == []
    written = contents(tmp_path / "out")
    assert set(written) == LISTS | DOCUMENTS
    for name in DOCUMENTS:
        page = written[name].decode()
        assert found_in(page.replace("@page", "").replace("@media", "")) == [], name
    everybody = written["roster.json"].decode()
    assert [secret for secret in SECRETS if secret not in everybody] == []
    assert found_in(written["not_selected.csv"].decode()) == []


def test_faults_are_told_without_them(tmp_path: Path) -> None:
    faulty = pool(values=("Kvinde", "Mand", "", "Mnad")).replace("\n007,", "\n006,")
    write_inputs(tmp_path, faulty, QUOTAS)
    done = select(tmp_path, "--size", "400", "--id", "id")
    assert done.code == 2
    assert all(word in done.stderr for word in ("blank", "“Mnad”", "“006”", "400"))
    assert found_in(done.stderr) == []


def test_a_clash_is_told_without_them(tmp_path: Path) -> None:
    write_inputs(tmp_path, pool(), QUOTAS.replace("0,0", "9,9").replace("1,3", "0,9"))
    done = select(tmp_path, "--size", "9")
    assert done.code == 1
    assert found_in(done.stderr) == []
