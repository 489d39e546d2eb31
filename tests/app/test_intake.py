"""An export becomes a pool on the page as by the command, and nobody is lost in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import contents, sortition
from tests.steps.intake.exports import QUOTAS, csv_text, officers_export

from .asking import Answer, Visitor


def dropped(visitor: Visitor, **files: tuple[str, bytes]) -> Answer:
    """The quotas, and an export of a form in which not everything can be understood."""
    visitor.send("/quotas/file", {"quotas": ("q.csv", QUOTAS.encode())}, size="36")
    export = csv_text(officers_export()).encode()
    return visitor.send("/pool/answers", {"files": ("Formularsvar (1).csv", export), **files})


def kept(page: Answer, **choices: object) -> dict[str, object]:
    """The form of the page as it stands, with some choices made."""
    use = [line.split('"')[0] for line in page.html.split('name="use" value="')[1:]]
    return {**page.fields(), "use": use, **choices}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Visitor, Answer]:
    """An export that was taken in, and the page that says so."""
    visitor = Visitor.at(tmp_path_factory.mktemp("taken") / "nordby")
    people = officers_export()
    staff = f"navn;e-mail\n{people[8][1]};{people[8][6]}\n".encode()
    page = dropped(visitor, exclude=("personale.csv", staff))
    assert "6 things to choose" in page.words  # one of them whether a namesake is on the list
    means = {page.field_for(f"What “{word}” means"): meant for word, meant in ANSWERED.items()}
    namesake = {name: "no" for name, text in page.fields().items() if not text and "q-" in name}
    form = kept(page, day="2026-11-28", **{**namesake, **means})
    return visitor, visitor.send("/pool/settle", **form)


ANSWERED = {"72": "age", "Bachelor": "Lang videregående"}


def test_a_messy_export_becomes_a_pool(taken: tuple[Visitor, Answer]) -> None:
    visitor, page = taken
    assert "The pool was made" in page.words
    assert "On the list excluded-1.csv: 1 person" in page.words
    assert "12 people answered more than once" in page.words
    told = json.loads((visitor.folder / "intake/intake.json").read_bytes())
    assert [told[name] for name in ("rows", "people", "asked_again", "pool")] == [350, 338, 1, 336]
    check = sortition("check", "--quiet", cwd=visitor.folder)
    assert (check.code, check.stderr) == (0, "")


def test_the_command_makes_the_same_bytes(taken: tuple[Visitor, Answer], tmp_path: Path) -> None:
    visitor, _ = taken
    done = sortition("intake", "--out", tmp_path / "again", "--quiet", cwd=visitor.folder)
    assert (done.code, done.stderr) == (0, "")
    assert contents(tmp_path / "again") == contents(visitor.folder / "intake")


def test_a_ready_pool_in_place_of_one_of_exports_is_undone(
    taken: tuple[Visitor, Answer],
) -> None:
    visitor, _ = taken
    check = sortition("check", "--quiet", cwd=visitor.folder)
    ready = visitor.send("/pool/file", {"pool": ("p.csv", b"nr;k\xc3\xb8n\n1;Kvinde\n")})
    assert "Not everything is understood" in ready.words
    undone = visitor.send("/pool/file/undo")
    assert "336 people can be drawn" in undone.words
    assert "Undone" in undone.words
    again = sortition("check", "--quiet", cwd=visitor.folder)
    assert (again.code, again.stdout, again.stderr) == (check.code, check.stdout, check.stderr)


def test_a_choice_is_changed_and_undone(taken: tuple[Visitor, Answer]) -> None:
    visitor, _ = taken
    before = contents(visitor.folder / "intake")
    page = visitor.get("/pool")
    blank = page.field_for("What “Left blank” means")
    changed = visitor.send("/pool/settle", **kept(page, **{blank: "leave out"}))
    assert "Left out:" in changed.words
    word = changed.field_for("What “HF” means")
    other = visitor.send("/pool/settle", **kept(changed, **{word: "Grundskole"}))
    assert "as answered in the table: 22" in other.words
    visitor.send("/pool/settle/undo")
    undone = visitor.send("/pool/settle", **kept(changed, **{blank: "ask again"}))
    assert "The pool was made" in undone.words
    assert contents(visitor.folder / "intake") == before


def test_a_list_is_switched_off_and_on(taken: tuple[Visitor, Answer]) -> None:
    visitor, _ = taken
    before = (visitor.folder / "intake/pool.csv").read_bytes()
    form = kept(visitor.get("/pool"))
    without = visitor.send("/pool/settle", **{**form, "use": ["form-1.csv"]})
    assert "On the list" not in without.words
    again = visitor.send("/pool/settle", **kept(without, use=["form-1.csv", "excluded-1.csv"]))
    assert "On the list excluded-1.csv: 1 person" in again.words
    assert (visitor.folder / "intake/pool.csv").read_bytes() == before


def test_of_two_windows_one_is_told(taken: tuple[Visitor, Answer]) -> None:
    visitor, _ = taken
    page = visitor.get("/pool")
    blank = page.field_for("What “Left blank” means")
    first = visitor.send("/pool/settle", **kept(page, **{blank: "own value"}))
    assert first.status == 200
    kept_now = (visitor.folder / "answers.xlsx").read_bytes()
    second = visitor.send("/pool/settle", **kept(page))
    assert second.status == 422
    assert "changed meanwhile" in second.words
    assert (visitor.folder / "answers.xlsx").read_bytes() == kept_now


def test_the_first_change_of_quotas_with_added_values_is_undone_whole(
    taken: tuple[Visitor, Answer],
) -> None:
    visitor, _ = taken
    page = visitor.get("/quotas")
    before = (visitor.folder / "intake/quotas.csv").read_bytes()
    assert b"not stated" in before
    fields = {**page.fields(), "size": "37", "upper-0": "21"}
    assert 'value="37"' in visitor.send("/quotas/keep", **fields).html
    undone = visitor.send("/quotas/undo")
    assert 'value="36"' in undone.html
    assert (visitor.folder / "quotas.csv").read_bytes() == before
    again = visitor.send("/quotas/undo")
    assert 'value="37"' in again.html


def test_files_without_anything_in_them_say_so(visitor: Visitor) -> None:
    page = dropped(visitor, exclude=("staff.csv", b"note\nabc\n"))
    assert "cannot be taken in yet" in page.words
    form = kept(page, use=["form-1.csv"])
    assert "things to choose" in visitor.send("/pool/settle", **form).words


def test_an_export_is_taken_as_the_command_takes_it(visitor: Visitor) -> None:
    """Two branches of a form ask for one thing, below a title and groups of columns."""
    export = "Borgerting,,,\nKontakt,,Baggrund,\nNavn,E-mail,Køn,Køn\nAnna,a@x.dk,Kvinde,\n"
    visitor.send("/quotas/file", {"quotas": ("q.csv", QUOTAS.encode())}, size="36")
    page = visitor.send("/pool/answers", {"files": ("svar.csv", export.encode())})
    assert "things to choose" in page.words
