"""What is wrong is said once, all of it, with what to do."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import Outcome, sortition

FORM = "name,gender,age\nAnna Lund,female,1980\nBo Holm,other,1950\n"
QUOTAS = "feature,value,min,max\ngender,female,0,2\ngender,male,0,2\nage,16-59,0,2\nage,60+,0,2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.csv").write_text(FORM, encoding="utf-8")
    (tmp_path / "q.csv").write_text(QUOTAS, encoding="utf-8")
    return tmp_path


def take_in(folder: Path, *options: str, day: bool = True) -> Outcome:
    on = ("--age-on", "2026-11-28") if day else ()
    return sortition("intake", "form.csv", "--quotas", "q.csv", *on, *options, cwd=folder)


def answered(folder: Path, text: str) -> str:
    assert take_in(folder).code == 1
    book = openpyxl.load_workbook(folder / "intake" / "questions.xlsx")
    book.worksheets[0]["F2"] = text
    book.save(folder / "filled.xlsx")
    return "filled.xlsx"


def test_the_day_of_ages_is_asked_with_all_the_rest(folder: Path) -> None:
    assert take_in(folder, day=False).code == 1
    book = openpyxl.load_workbook(folder / "intake" / "questions.xlsx")
    sheet = book.worksheets[0]
    rows = {str(row[6].value): row for row in sheet.iter_rows(min_row=2)}
    assert set(rows) == {"other", "day"}
    for about, text in (("other", "leave out"), ("day", "28-11-2026")):
        rows[about][5].value = text
    book.save(folder / "filled.xlsx")
    done = take_in(folder, "--answers", "filled.xlsx", day=False)
    assert (done.code, done.stderr) == (0, "")
    assert take_in(folder, "--answers", "filled.xlsx", "--out", "again").code == 0
    for name in ("pool.csv", "intake.json"):
        assert (folder / "intake" / name).read_bytes() == (folder / "again" / name).read_bytes()
    rows["day"][5].value = "when we meet"
    book.save(folder / "filled.xlsx")
    done = take_in(folder, "--answers", "filled.xlsx", "--out", "third", day=False)
    assert (done.code, "“when we meet”" in done.stderr) == (2, True)


def test_numbers_of_two_digits_are_one_question(folder: Path) -> None:
    quotas = "feature,value,min,max\nage,16-59,0,4\nage,60+,0,4\n"
    (folder / "q.csv").write_text(quotas)
    (folder / "form.csv").write_text(
        "e-mail,Hvilket år er du født?\na@x.dk,72\nb@x.dk,1950\nc@x.dk,81\nd@x.dk,30\ne@x.dk,65\n"
    )
    pools = {}
    for text in ("age", "year of birth", "ask again"):
        filled = answered(folder, text)
        book = openpyxl.load_workbook(folder / filled)
        assert [row[6].value for row in book.worksheets[0].iter_rows(min_row=2)] == ["short"]
        assert take_in(folder, "--answers", filled, "--out", text).code == 0
        lines = (folder / text / "pool.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        pools[text] = [line.split(";")[-1].split(",")[-1] for line in lines]
        (folder / "intake" / "questions.xlsx").unlink()
    done = take_in(folder, "--answers", answered(folder, "who knows"), "--out", "refused")
    assert (done.code, done.stderr.count("“who knows” is no answer")) == (2, 1)
    assert pools == {
        "age": ["60+", "60+", "60+", "16-59", "60+"],
        "year of birth": ["16-59", "60+", "16-59", "60+", "60+"],
        "ask again": ["60+", "60+"],
    }


def test_values_that_are_added_need_the_size_of_the_panel(folder: Path) -> None:
    done = take_in(folder, "--answers", answered(folder, "own value"))
    assert done.code == 2
    assert "Say with --size how many people sit on it." in done.stderr


def test_nobody_gets_no_chance_without_a_word(folder: Path) -> None:
    exact = QUOTAS.replace("female,0,2", "female,1,1").replace("gender,male,0,2", "gender,male,1,1")
    (folder / "q.csv").write_text(exact, encoding="utf-8")
    done = take_in(folder, "--size", "2", "--answers", answered(folder, "own value"))
    assert done.code == 2
    assert "minimums of “gender” add up to 2, the whole panel of 2" in done.stderr


@pytest.mark.parametrize(
    ("text", "pool"),
    [
        ("own value", 2),
        ("no quota", 2),
        ("egen værdi", 2),
        ("ask again", 1),
        ("leave out: moved", 1),
    ],
)
def test_what_can_become_of_somebody_without_a_value(folder: Path, text: str, pool: int) -> None:
    done = take_in(folder, "--size", "2", "--answers", answered(folder, text))
    assert (done.code, done.stderr) == (0, "")
    assert (
        len((folder / "intake" / "pool.csv").read_text(encoding="utf-8").splitlines()) == 1 + pool
    )
    if "moved" in text:
        assert "Left out: moved: 1" in done.stdout
    if text == "no quota":
        quotas = (folder / "intake" / "quotas.csv").read_text(encoding="utf-8")
        assert "gender,other,0,2" in quotas


def test_an_answer_that_means_nothing(folder: Path) -> None:
    done = take_in(folder, "--size", "2", "--answers", answered(folder, "perhaps"))
    assert done.code == 2
    assert "row 2" in done.stderr
    assert "“perhaps” is no answer" in done.stderr
    assert "own value" in done.stderr


def test_all_faults_at_once(folder: Path) -> None:
    (folder / "staff.csv").write_text("department,size\nroads,7\n", encoding="utf-8")
    done = take_in(folder, "--exclude", "staff.csv", "--table", "no.csv", day=False)
    assert done.code == 2
    assert "2 faults were found; nothing was written." in done.stderr
    assert "staff.csv: Nothing in this list tells who somebody is" in done.stderr
    assert not (folder / "intake").exists()


def test_another_table_is_not_taken_for_answers(folder: Path) -> None:
    done = take_in(folder, "--answers", "form.csv")
    assert done.code == 2
    assert "not a table of questions" in done.stderr


def test_a_district_comes_of_a_postcode(folder: Path) -> None:
    (folder / "form.csv").write_text(
        "name,zip\nAnna Lund,9990 Skovby\nBo Holm,9991\nCarl Dahl,1000\n", encoding="utf-8"
    )
    (folder / "q.csv").write_text(
        "feature,value,min,max\ndistrict,North,0,2\ndistrict,South,0,2\n", encoding="utf-8"
    )
    (folder / "zip.csv").write_text("postcode,district\n9990,North\n9991,South\n", encoding="utf-8")
    assert take_in(folder, "--table", "zip.csv").code == 1
    book = openpyxl.load_workbook(folder / "intake" / "questions.xlsx")
    assert [cell.value for cell in book.worksheets[0][2]][1] == "1000"
    book.worksheets[0]["F2"] = "leave out: lives elsewhere"
    book.save(folder / "filled.xlsx")
    done = take_in(folder, "--table", "zip.csv", "--answers", "filled.xlsx")
    assert (done.code, done.stderr) == (0, "")
    pool = (folder / "intake" / "pool.csv").read_text(encoding="utf-8")
    assert pool == "id,district\nP0001,North\nP0002,South\n"
    assert "Left out: lives elsewhere: 1" in done.stdout


def test_a_column_of_keys_that_was_chosen_is_looked_up(folder: Path) -> None:
    (folder / "form.csv").write_text("name,where\nAnna Lund,9990\nBo Holm,9991\n", "utf-8")
    quotas = "feature,value,min,max\ndistrict,North,0,2\ndistrict,South,0,2\n"
    (folder / "q.csv").write_text(quotas, encoding="utf-8")
    (folder / "keys.csv").write_text("where,district\n9990,North\n9991,South\n", "utf-8")
    chosen = "What stands there,Answer,About,Subject\nform.csv,where,column,district\n"
    (folder / "answers.csv").write_text(chosen, encoding="utf-8")
    done = take_in(folder, "--table", "keys.csv", "--answers", "answers.csv")
    assert (done.code, done.stderr) == (0, "")
    pool = (folder / "intake" / "pool.csv").read_text(encoding="utf-8")
    assert pool == "id,district\nP0001,North\nP0002,South\n"


def test_the_figures_of_quotas_stay_beside_them(folder: Path) -> None:
    figures = ("population", "510", "490", "700", "300")
    lines = [f"{line},{n}\n" for line, n in zip(QUOTAS.split(), figures, strict=True)]
    (folder / "q.csv").write_text("".join(lines), encoding="utf-8")
    done = take_in(folder, "--size", "2", "--answers", answered(folder, "own value"))
    assert (done.code, done.stderr) == (0, "")
    quotas = (folder / "intake" / "quotas.csv").read_text(encoding="utf-8")
    assert "gender,male,0,2,490\ngender,other,0,1,\n" in quotas


def test_quotas_are_not_taken_for_answers(folder: Path) -> None:
    (folder / "kvoter.csv").write_text("kriterium;værdi;min;maks\nkøn;kvinde;1;2\n", "utf-8")
    done = sortition("intake", "kvoter.csv", "--quotas", "q.csv", cwd=folder)
    assert done.code == 2
    assert "kvoter.csv: This is a table of quotas, not of answers." in done.stderr
    assert not (folder / "intake").exists()


def test_a_district_is_no_postcode(folder: Path) -> None:
    question = "Hvilken bydel bor du i? (ved du det ikke, så skriv dit postnummer)"
    form = f"Navn;Køn;{question}\nAnna Lund;kvinde;Midtby\nBo Holm;mand;Nord\n"
    (folder / "form.csv").write_text(form, encoding="utf-8")
    quotas = (
        "feature,value,min,max\nkøn,kvinde,0,2\nkøn,mand,0,2\nbydel,Midtby,0,2\nbydel,Nord,0,2\n"
    )
    (folder / "q.csv").write_text(quotas, encoding="utf-8")
    done = take_in(folder, day=False)
    assert done.code == 0, done.stdout + done.stderr
    contacts = openpyxl.load_workbook(folder / "intake" / "contacts.xlsx").worksheets[0]
    header, *people = contacts.iter_rows(values_only=True)
    assert [row[header.index("name")] for row in people] == ["Anna Lund", "Bo Holm"]
    assert {row[header.index("postcode")] for row in people} == {None}
