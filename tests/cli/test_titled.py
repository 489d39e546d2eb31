"""Lists under rows of something else, as other programs export: the header is found and said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from sortition.instance.id_lists import read_id_table
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.instance.quotas.shares import read_shares
from tests.cli.panels import make_panel, members
from tests.cli.running import POOL, QUOTAS, sortition
from tests.tables.making import write

ABOVE = "algorithm,total,generated,by\nleximin v1,6,2026-01-01,me\n\n"
HEADER = "row 4: This row was read as the header."
CONTACTS = "phone,id\n" + "".join(f"{n},P{n}\n" for n in range(1, 7))


def test_lists_beside_a_selection(tmp_path: Path) -> None:
    write(tmp_path / "pool.csv", POOL)
    write(tmp_path / "quotas.csv", QUOTAS)
    write(tmp_path / "contacts.csv", ABOVE + CONTACTS)
    write(tmp_path / "seated.csv", ABOVE + "note,id,gender\nx,P1,female\n")
    lists = ("--contacts", "contacts.csv", "--seated", "seated.csv")
    done = sortition("select", "pool.csv", "quotas.csv", "--size", "2", *lists, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert f"seated.csv, {HEADER}" in done.stdout
    assert f"contacts.csv, {HEADER}" in done.stdout


def test_lists_of_a_seating(tmp_path: Path) -> None:
    write(tmp_path / "people.csv", ABOVE + POOL)
    write(tmp_path / "rules.csv", ABOVE + "group,rule,who\nx,together,P1\nx,together,P2\n")
    write(tmp_path / "away.csv", ABOVE + "id,Møde 1,note\nP1,nej,x\n")
    lists = ("--mix", "gender", "--rules", "rules.csv", "--attendance", "away.csv")
    given = ("people.csv", "--tables", "2", "--sessions", "1", *lists)
    done = sortition("groups", *given, cwd=tmp_path)
    assert done.code == 0, done.stderr
    for name in ("people.csv", "rules.csv", "away.csv"):
        assert f"{name}, {HEADER}" in done.stdout


def test_a_call_list(tmp_path: Path) -> None:
    panel = make_panel(tmp_path)
    one, *_ = members(panel)
    calls = write(tmp_path / "calls.csv", f"{ABOVE}note,svar,id\nx,afbud,{one}\n")
    done = sortition("confirm", panel, "--read", calls, cwd=tmp_path)
    assert done.code == 0, done.stderr
    assert f"calls.csv, {HEADER}" in done.stdout
    assert "1    have declined" in done.stdout


def test_ids_and_shares(tmp_path: Path) -> None:
    gone = write(tmp_path / "gone.csv", f"{ABOVE}note,Ref\nx,P2\n")
    table = read_id_table(gone, id_column="Ref", known={"P1", "P2"})
    assert (table.header, table.rows) == (("note", "Ref"), (("x", "P2"),))
    quotas = read_quota_sheet(write(tmp_path / "q.csv", QUOTAS), 2, None).quotas
    rows = "gender,female,1\ngender,male,3\nage,young,2\nage,old,2\n"
    file = write(tmp_path / "population.csv", f"{ABOVE}feature,value,population\n{rows}")
    shares = read_shares(file, quotas).shares
    assert (shares["gender", "male"], shares["age", "old"]) == (Fraction(3, 4), Fraction(1, 2))
