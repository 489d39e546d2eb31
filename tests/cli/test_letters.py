"""Letters as an officer makes them: from the invitation to the seat."""

from __future__ import annotations

import csv
import re
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sortition.model.choices import Kind
from tests.cli.panels import dropping, make_panel, members
from tests.cli.running import Outcome, faults_said, sortition
from tests.pages.reading import Page

PEOPLE = "id;fornavn;efternavn;adresse;postnummer;by;code\n" + "".join(
    f"{n:02};Bo{n};<b>Æ & Ø</b>;Vej {n};1000;Skovby;CODE{n:04}\n" for n in range(1, 5)
)
ABOUT = (
    *("--assembly", "Skovby Borgerting", "--organiser", "Skovby Kommune"),
    *("--contact", "Mette", "--days", "6. marts", "--answer-by", "20-01-2027"),
    *("--dated", "2026-12-01", "--reply-at", "https://svar.example/{code}"),
)
KINDS: tuple[Kind, ...] = ("invitation", "reminder", "yes", "no", "reserve", "replacement")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def made(folder: Path, kind: str, people: str | Path = "people.csv", *more: str | Path) -> Outcome:
    return sortition("letters", kind, people, *ABOUT, *more, cwd=folder)


def letters_in(path: Path) -> list[str]:
    """The text of each letter of a page."""
    html = path.read_text(encoding="utf-8")
    assert Page(html).words
    return [
        Page(part).words
        for part in re.findall(r'<section class="letter">(.*?)</section>', html, re.S)
    ]


def rows_in(path: Path) -> list[dict[str, str]]:
    sheet = load_workbook(BytesIO(path.read_bytes())).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("kind", KINDS)
def test_everybody_gets_every_letter_filled_in(folder: Path, kind: str, language: str) -> None:
    done = made(folder, kind, "people.csv", "--language", language)
    assert (done.code, done.stderr) == (0, "")
    letters = letters_in(folder / "letters" / "letters.html")
    assert len(letters) == 4
    for n, letter in enumerate(letters, start=1):
        assert f"Bo{n} <b>Æ & Ø</b>" in letter
        assert f"Vej {n}" in letter
        assert "1000 Skovby" in letter
        assert "Skovby Borgerting" in letter
        assert {"en": "1 December 2026", "da": "1. december 2026"}[language] in letter
        assert "{{" not in letter
        assert (f"https://svar.example/CODE{n:04}" in letter) == (kind in KINDS[:2])
    rows = rows_in(folder / "letters" / "letters.xlsx")
    assert [row["id"] for row in rows] == ["01", "02", "03", "04"]
    subject, text = {"en": ("subject", "text"), "da": ("emne", "tekst")}[language]
    assert all("Skovby Borgerting" in row[subject] for row in rows)
    assert all("<b>Æ & Ø</b>" in row[text] and "<p" not in row[text] for row in rows)
    assert rows[0][text].endswith("Skovby Kommune")


def test_what_the_letter_does_not_know_is_told_at_once(folder: Path) -> None:
    (folder / "people.csv").write_text("id;tlf\n1;2\n", encoding="utf-8")
    faults = faults_said(sortition("letters", "invitation", "people.csv", cwd=folder))
    for option in ("assembly", "organiser", "contact", "days", "answer-by", "reply-at"):
        assert any(f"--{option}," in fault for fault in faults), option
    assert any("--names" in fault and "“tlf”" in fault for fault in faults)
    assert any("--address" in fault for fault in faults)
    assert any("needs a column “code”" in fault for fault in faults)
    assert not (folder / "letters").exists()


def test_reminders_leave_out_who_answered(folder: Path) -> None:
    (folder / "answers.csv").write_text("code;svar\ncode0002;ja\nCODE0004;nej\n", encoding="utf-8")
    assert (
        "no letter: 2" in made(folder, "reminder", "people.csv", "--without", "answers.csv").stdout
    )
    rows = rows_in(folder / "letters" / "letters.xlsx")
    assert [row["id"] for row in rows] == ["01", "03"]
    (folder / "others.csv").write_text("nr;svar\n1;ja\n", encoding="utf-8")
    (fault,) = faults_said(
        made(folder, "reminder", "people.csv", "--without", "others.csv", "--overwrite")
    )
    assert "none of the columns “id”, “code”" in fault
    (folder / "others.csv").write_text("id;svar\n77;ja\n", encoding="utf-8")
    (fault,) = faults_said(
        made(folder, "reminder", "people.csv", "--without", "others.csv", "--overwrite")
    )
    assert "Nobody on this list" in fault


def test_our_letters_can_be_changed(folder: Path) -> None:
    done = sortition("letters", "--templates", "mine", "--language", "da", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    path = folder / "mine" / "invitation.html"
    unchanged = made(folder, "invitation", "people.csv", "--language", "da")
    own = made(
        folder, "invitation", "people.csv", "--language", "da", "--template", path, "--out", "own"
    )
    assert unchanged.code == own.code == 0
    ours, theirs = folder / "letters" / "letters.html", folder / "own" / "letters.html"
    assert ours.read_bytes() == theirs.read_bytes()
    changed = path.read_text(encoding="utf-8").replace("Kære", "Hej {{ Fornavn }} på {{sted}}:")
    path.write_text(changed, encoding="utf-8")
    with_field = ("--template", path, "--field", "sted=Torvet", "--overwrite")
    assert made(folder, "invitation", "people.csv", *with_field).code == 0
    assert "Hej Bo3 på Torvet:" in letters_in(ours)[2]
    (fault,) = faults_said(
        made(
            folder,
            "invitation",
            "people.csv",
            "--template",
            path,
            "--field",
            "stad=x",
            "--overwrite",
        )
    )
    assert "“sted”" in fault
    assert "“stad”" in fault


def test_fields_are_text_whatever_stands_in_them(folder: Path) -> None:
    """A cell is neither markup nor a field of its own."""
    people = PEOPLE.replace("Bo1", "{{code}}").replace("Bo2", "<script>alert(1)</script>")
    (folder / "people.csv").write_text(people, encoding="utf-8")
    assert made(folder, "yes").code == 0
    html = (folder / "letters" / "letters.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "{{code}} <b>Æ & Ø</b>" in letters_in(folder / "letters" / "letters.html")[0]


def test_a_road_and_the_number_of_the_house_are_one_line_of_the_address(folder: Path) -> None:
    """As registries have them; a column with the whole address goes before."""
    apart = (
        "id;navn;vejnavn;husnr;etage;sidedør;postnr;by;code\n1;Bo;Engen;12B;2;tv;8990;Ringby;C1\n"
    )
    (folder / "people.csv").write_text(apart, encoding="utf-8")
    assert made(folder, "invitation").code == 0
    row = rows_in(folder / "letters" / "letters.xlsx")[0]
    assert row["address"] == "Engen 12B 2 tv\n8990 Ringby"
    whole = apart.replace("navn;vejnavn", "adresse;vejnavn").replace("Bo;", "Engen 12B, 2. tv;")
    (folder / "people.csv").write_text(whole, encoding="utf-8")
    named = ("--names", "by", "--overwrite")
    assert made(folder, "invitation", "people.csv", *named).code == 0
    row = rows_in(folder / "letters" / "letters.xlsx")[0]
    assert row["address"] == "Engen 12B, 2. tv\n8990 Ringby"


def test_cpr_numbers_stay_out_unless_they_are_asked_for(folder: Path) -> None:
    cpr = ("CPR", "0101014000", "0201014006", "0301014001", "0401014007")
    lines = [f"{line};{cell}" for line, cell in zip(PEOPLE.splitlines(), cpr, strict=True)]
    (folder / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = made(folder, "yes")
    assert (done.code, done.stderr) == (0, "")
    assert "CPR" not in rows_in(folder / "letters" / "letters.xlsx")[0]
    assert made(folder, "yes", "people.csv", "--keep-cpr", "--overwrite").code == 0
    assert [row["CPR"] for row in rows_in(folder / "letters" / "letters.xlsx")] == list(cpr[1:])


def test_a_panel_knows_whom_each_letter_is_for(tmp_path: Path) -> None:
    panel = make_panel(tmp_path)
    assert sortition("alternates", panel, "--count", "3", cwd=tmp_path).code == 0
    with (panel / "alternates.csv").open(encoding="utf-8") as file:
        reserve = {row["id"] for row in csv.DictReader(file)}
    seated = set(members(panel))

    def told(kind: str) -> set[str]:
        done = made(tmp_path, kind, panel, "--address", "street", "--overwrite")
        assert (done.code, done.stderr) == (0, "")
        return {row["id"] for row in rows_in(tmp_path / "letters" / "letters.xlsx")}

    (fault,) = faults_said(made(tmp_path, "replacement", panel))
    assert "Nobody was replaced" in fault
    assert told("yes") == seated
    assert told("reserve") == reserve
    everybody = {f"{n:03}" for n in range(1, 21)}
    assert told("no") == everybody - seated - reserve
    gone = members(panel)[0]
    assert dropping(panel, gone).code == 0
    now = set(members(panel, after=1))
    assert told("replacement") == now - seated
    assert told("yes") == now
    assert gone not in told("no")


def test_codes_are_pictures_that_say_the_link(folder: Path) -> None:
    segno = pytest.importorskip("segno")
    assert made(folder, "invitation").code == 0
    html = (folder / "letters" / "letters.html").read_text(encoding="utf-8")
    drawn = re.findall(r'<path[^>]* d="([^"]+)"', html)
    expected = [
        re.search(
            r' d="([^"]+)"',
            segno.make_qr(f"https://svar.example/CODE{n:04}", error="m").svg_inline(
                border=2, omitsize=True, svgclass="qr", lineclass=None
            ),
        )
        for n in range(1, 5)
    ]
    assert drawn == [one[1] for one in expected if one]


def test_documents_of_word(folder: Path) -> None:
    docx = pytest.importorskip("docx")
    assert sortition("letters", "--templates", "mine", cwd=folder).code == 0
    path = folder / "mine" / "invitation.docx"
    document = docx.Document(path)
    # Word cuts a field into runs when somebody writes in it
    first = document.paragraphs[-1].runs[0]
    first.text = "Bye {{na"
    document.paragraphs[-1].add_run("me")
    document.paragraphs[-1].add_run("}} of {{assembly}}!")
    document.save(path)
    assert made(folder, "invitation", "people.csv", "--template", path).code == 0
    merged = docx.Document(folder / "letters" / "letters.docx")
    texts = [paragraph.text for paragraph in merged.paragraphs]
    for n in range(1, 5):
        assert f"Bye Bo{n} <b>Æ & Ø</b> of Skovby Borgerting!" in texts
        assert f"Bo{n} <b>Æ & Ø</b>\nVej {n}\n1000 Skovby" in texts
    assert not any("{{" in text for text in texts)
    breaks = [p for p in merged.paragraphs if p.paragraph_format.page_break_before]
    assert len(breaks) == 3
    rows = rows_in(folder / "letters" / "letters.xlsx")
    assert rows[0]["subject"] == "Would you like to take part in Skovby Borgerting?"
    (folder / "no.docx").write_bytes(b"PK nothing")
    (fault,) = faults_said(
        made(folder, "yes", "people.csv", "--template", "no.docx", "--out", "other")
    )
    assert "no document of Word" in fault or "not a document of Word" in fault
