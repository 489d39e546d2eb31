"""A list of who is who gives a pool that names nobody its further columns."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from sortition.instance.contacts import with_contacts
from sortition.tables.rows import Table
from tests.cli.running import sortition

QUOTAS = "feature,value,min,max\nsex,f,1,2\nsex,m,1,2\n"
POOL = "id,sex\nP1,f\nP2,m\nP3,f\nP4,m\nP5,f\n"
CONTACTS = """\
name,id,address,sex
Ane,P1,Vej 1,x
Bo,P2,Vej 1,x
Cia,P3,Vej 1,x
Dan,P4,Vej 2,x
Eva,P5,Vej 3,x
Fie,P9,Vej 4,x
"""


def write(folder: Path, contacts: str = CONTACTS) -> None:
    for name, text in (("pool.csv", POOL), ("q.csv", QUOTAS), ("contacts.csv", contacts)):
        (folder / name).write_text(text, encoding="utf-8")


def test_names_are_on_the_lists_and_addresses_count(tmp_path: Path) -> None:
    write(tmp_path)
    options = ("--size", "3", "--seed", "1", "--contacts", "contacts.csv", "--household", "address")
    done = sortition("select", "pool.csv", "q.csv", *options, "--out", "panel", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    text = (tmp_path / "panel/panel.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert {row["id"][0] for row in rows} == {"P"}
    assert {row["sex"] for row in rows} == {"f", "m"}
    assert len({row["address"] for row in rows}) == 3
    assert {"Dan", "Eva"} <= {row["name"] for row in rows}
    assert sortition("verify", "panel", cwd=tmp_path).code == 0
    letters = ("letters", "yes", "panel", "--assembly", "A", "--organiser", "B", "--contact", "C")
    more = ("--days", "D", "--answer-by", "2027-01-01", "--out", "yes", "--address", "address")
    made = sortition(*letters, *more, cwd=tmp_path)
    assert (made.code, made.stderr) == (0, "")
    assert "Dear Eva" in (tmp_path / "yes/letters.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        (CONTACTS.replace("P5", "P7"), "“P5” is not on contacts.csv"),
        (CONTACTS + "Eva,P5,Vej 3,x\n", "“P5” stands on this list twice"),
        (CONTACTS.replace("name,id", "name,number"), "no column “id”"),
    ],
)
def test_a_list_of_others_is_refused(tmp_path: Path, contacts: str, said: str) -> None:
    write(tmp_path, contacts)
    options = ("--size", "3", "--seed", "1", "--contacts", "contacts.csv", "--out", "panel")
    done = sortition("select", "pool.csv", "q.csv", *options, cwd=tmp_path)
    assert done.code == 2
    assert said in done.stderr
    assert not (tmp_path / "panel").exists()


def test_ids_that_lost_their_zeros_are_found_and_said() -> None:
    pool = Table.of_rows(("id", "sex"), (("01", "f"), ("02", "m")), file="pool.csv")
    listed = Table.of_rows(("id", "name"), (("2", "Bo"), ("1", "Ane")), file="contacts.csv")
    joined = with_contacts(pool, listed, "id")
    assert joined.column("name") == ("Ane", "Bo")
    assert [one.code for one in joined.assumed] == ["id-zeros", "id-zeros"]
