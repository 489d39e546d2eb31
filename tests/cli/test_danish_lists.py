"""Lists in Danish have Danish headers, and every command that reads them goes on from there."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.running import SAMPLES, sortition

REGISTRY = SAMPLES / "registry.csv"
DANISH = ("--language", "da")
HOME = ("--household", "adresse,postnummer")


def run(folder: Path, *words: str | Path) -> str:
    done = sortition(*words, cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    return done.stdout


def rows_of(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def sheet_of(path: Path) -> list[list[str]]:
    sheet = load_workbook(BytesIO(path.read_bytes())).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def figures_in(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two waves, the second at doors, in each language."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "key").write_text("0123456789abcdef0123456789abcdef")
    for language in ("en", "da"):
        common = (*HOME, "--language", language, "--key", "key")
        first = ("--size", "60", "--seed", "1", "--out", f"{language}1")
        run(folder, "invite", REGISTRY, *first, *common)
        again = ("--not-again", f"{language}1/invited.csv", "--doors")
        second = ("--size", "20", "--seed", "2", *again, "--out", f"{language}2")
        run(folder, "invite", REGISTRY, *second, *common)
    return folder


def test_the_lists_differ_in_their_headers_alone(folder: Path) -> None:
    for wave in ("1", "2"):
        english, *rows = rows_of(folder / f"en{wave}" / "invited.csv")
        danish, *same = rows_of(folder / f"da{wave}" / "invited.csv")
        assert rows == same
        assert english[-4:] == [
            *("invited_wave", "invited_ticket", "invited_probability", "invited_pseudonym")
        ]
        assert danish[-4:] == [
            *("inviteret_bølge", "inviteret_lod", "inviteret_chance", "inviteret_pseudonym")
        ]
        assert english[:-4] == danish[:-4]
        assert rows_of(folder / f"da{wave}" / "letters.csv")[0][0] == "kode"
    doors = sheet_of(folder / "da2" / "doors.xlsx")[0]
    assert (doors[0], doors[-1]) == ("kode", "opsøgt")


def test_the_next_wave_is_counted_from_a_danish_list(folder: Path) -> None:
    first, second = (rows_of(folder / f"da{wave}" / "invited.csv") for wave in (1, 2))
    place = second[0].index("inviteret_bølge")
    assert {row[place] for row in second[1:]} == {"2"}
    assert not {row[0] for row in first[1:]} & {row[0] for row in second[1:]}


def test_letters_find_their_codes(folder: Path) -> None:
    who = ("--assembly", "A", "--organiser", "O", "--contact", "M", "--days", "6. marts")
    when = ("--answer-by", "2027-01-20", "--dated", "2026-12-01", "--reply-at", "x.example")
    run(folder, "letters", "invitation", "da1", *who, *when, *DANISH, "--out", "breve")
    codes = [row[0] for row in rows_of(folder / "da1" / "letters.csv")[1:]]
    html = (folder / "breve" / "letters.html").read_text(encoding="utf-8")
    assert len(codes) == 60
    assert all(code in html for code in codes)
    # a list with the codes alone, under the English word
    (folder / "came.csv").write_text("\n".join(["code", *codes[:7]]), encoding="utf-8")
    again = ("--without", "came.csv", "--out", "igen")
    run(folder, "letters", "reminder", "da1", *who, *when, *DANISH, *again)
    html = (folder / "igen" / "letters.html").read_text(encoding="utf-8")
    assert sum(code in html for code in codes) == 53


def test_answers_and_the_funnel_go_on_from_danish_lists(folder: Path) -> None:
    made = {}
    for language in ("en", "da"):
        letters = rows_of(folder / f"{language}1" / "letters.csv")
        doors = sheet_of(folder / f"{language}2" / "doors.xlsx")
        at = {name: place for place, name in enumerate(letters[0])}
        answers = [
            [row[0], row[at["køn"]], row[at["bydel"]]] for row in (*letters[1:31], *doors[1:6])
        ]
        path = folder / f"svar-{language}.csv"
        lines = [["kode", "køn", "bydel"], *answers]
        path.write_text("\n".join(map(";".join, lines)), encoding="utf-8")
        features = {
            name: sorted({row[at[name]] for row in letters[1:]}) for name in ("bydel", "køn")
        }
        quotas = [f"{name};{value};0;9" for name, own in features.items() for value in own]
        text = "\n".join(["kriterium;værdi;min;max", *quotas])
        (folder / "kvoter.csv").write_text(text, encoding="utf-8")
        for row in doors[1:7]:
            row[-1] = "ja"
        tried = folder / f"opsøgte-{language}.csv"
        tried.write_text("\n".join(map(";".join, doors)), encoding="utf-8")
        lists = ("--invited", f"{language}1/letters.csv", "--invited", tried.name)
        out = ("--quotas", "kvoter.csv", "--language", language, "--out", f"pulje-{language}")
        run(folder, "intake", path.name, *lists, *out)
        lists = ("--invited", f"{language}1/invited.csv", "--invited", tried.name)
        by = ("--by", "køn,bydel", "--language", language, "--out", f"vej-{language}")
        pool = ("--pool", f"pulje-{language}/pool.csv")
        run(folder, "funnel", "--registry", REGISTRY, *lists, *pool, *by)
        taken = figures_in(folder / f"pulje-{language}" / "intake.json")
        made[language] = (
            [asked(one) for one in taken["frames"] + taken["asked"]],
            figures_in(folder / f"vej-{language}" / "funnel.json")["features"],
        )
    assert made["en"] == made["da"]
    assert made["en"][0][0] == {"asked": 66, "answered": 35, "pool": 35}
    head, row, *_ = rows_of(folder / "vej-da" / "funnel.csv")
    assert head == [
        *("kriterium", "værdi", "trin", "personer", "nåede hertil", "andel", "mod første andel")
    ]
    assert row[2] == "register"
    rates = rows_of(folder / "vej-da" / "office" / "response_rates.csv")
    assert rates[0] == ["køn", "bydel", "befolkning", "inviteret", "svaret"]
    assert rows_of(folder / "pulje-da" / "response_rates.csv")[0][-2:] == ["inviteret", "svaret"]
    for table in ("vej-da/office/response_rates.csv", "pulje-da/response_rates.csv"):
        draw = ("--size", "600", "--seed", "3", "--by", "køn,bydel", "--design")
        adjusted = (*draw, "response-adjusted", "--rates", table)
        run(folder, "invite", REGISTRY, *adjusted, "--out", f"efter-{len(table)}")


def asked(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures of those asked, without the names of their lists."""
    return {name: figure for name, figure in figures.items() if name != "list"}


def test_keepers_hand_over_danish_lists(folder: Path) -> None:
    by = (*HOME, "--by", "bydel")
    counting = ("--counts-only", "--seed", "5", "--out", "talt")
    run(folder, "invite", REGISTRY, *by, *counting)
    run(folder, "invite", "talt/counts.json", "--size", "90", "--by", "bydel", "--out", "fordelt")
    allocation = ("--allocation", "fordelt/allocation.json", "--seed", "5")
    run(folder, "invite", REGISTRY, *allocation, *HOME, *DANISH, "--out", "del")
    for language in ("en", "da"):
        merged = ("--language", language, "--out", f"samlet-{language}")
        run(folder, "invite", "del/invited.csv", *allocation, *merged)
    part, danish, english = (
        rows_of(folder / name / "invited.csv") for name in ("del", "samlet-da", "samlet-en")
    )
    assert part == danish
    assert part[1:] == english[1:]
    assert english[0][-1] == "invited_probability"
