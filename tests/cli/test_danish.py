"""Pages in Danish are in Danish all through, also about what was assumed of the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sortition.cli.around.speech import language_of
from tests.cli.running import SAMPLES, sortition
from tests.pages.reading import Page
from tests.steps.publish.published import BY_NUMBERS, NAMED, SEED
from tests.test_texts import ENGLISH, OURS

POOL = "Udtræk fra tilmeldingen;;\nid;køn;alder\nA;Kvinde;ung\nB;kvinde;gammel\n;;\nC;Mand;ung\n\
D;Mand;gammel\nE;Mand;gammel\n"
QUOTAS = "feature;value;min;max;penalty\nkøn;Kvinde;1;2;\nkøn;Mand;1;2;\nalder;ung;3;3;1\n\
alder;gammel;0;3;\nkombination;køn=Kvinde & alder=ung;0;1;\n"
FILES = ("pool.csv", "quotas.csv", "--size", "3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pool.csv").write_text(POOL, encoding="cp1252")
    (tmp_path / "quotas.csv").write_text(QUOTAS, encoding="cp1252")
    return tmp_path


def page_of(path: Path) -> Page:
    page = Page(path.read_text(encoding="utf-8"))
    assert page.values("lang") == ["da"]
    return page


def test_every_page_about_the_selection(folder: Path) -> None:
    for call in (
        ("select", *FILES, "--seed", "1", "--language", "da", "--out", "panel"),
        ("check", *FILES, "--language", "da", "--out", "check"),
        ("compare", *FILES, "--draws", "20", "--language", "da", "--out", "compare"),
        ("lottery", *FILES, *NAMED, *BY_NUMBERS, "--language", "da", "--out", "lottery"),
        ("draw", "lottery", "--seed", SEED),
    ):
        done = sortition(*call, cwd=folder)
        assert done.code == 0, done.stderr
    for name in ("panel/report", "check/check", "compare/compare", "lottery/report"):
        words = page_of(folder / f"{name}.html").words
        assert "pool.csv: Teksten er ikke UTF-8; den blev læst som Windows-1252." in words, name
        assert "kvote for “alder”, “ung” gav efter: 2 til 3 i stedet for 3 til 3" in words, name
        assert "kombination" in words, name
        assert "combination" not in words, name
    sheet = page_of(folder / "lottery" / "public" / "draw_sheet.html").words
    assert "kombination køn=Kvinde & alder=ung" in sheet


def test_documents_for_programs_stay_english(folder: Path) -> None:
    for language in ("en", "da"):
        call = ("select", *FILES, "--seed", "1", "--language", language, "--out", language)
        assert sortition(*call, cwd=folder).code == 0
    english, danish = (
        json.loads((folder / language / "manifest.json").read_bytes()) for language in ("en", "da")
    )
    assert english["assumed"] == danish["assumed"]
    assert "pool.csv, row 2: This row was read as the header." in "\n".join(danish["assumed"])


def test_plans_and_invitations(tmp_path: Path) -> None:
    rates = ("--rates", SAMPLES / "response_rates.csv", "--registry", SAMPLES / "registry.csv")
    plan = (SAMPLES / "quotas.csv", "--size", "36", *rates)
    invite = (SAMPLES / "registry.csv", "--size", "100", "--seed", "1", "--by", "bydel")
    for call in (("plan", *plan, "--trials", "1"), ("invite", *invite)):
        done = sortition(*call, "--language", "da", "--out", call[0], cwd=tmp_path)
        assert done.code == 0, done.stderr
    assert "Grupperne skelner ikke mellem" in page_of(tmp_path / "plan" / "plan.html").words
    words = page_of(tmp_path / "invite" / "report.html").words
    assert "registry.csv, kolonne person_id: Denne kolonne blev brugt som id" in words


def english_in(said: str) -> list[str]:
    """Words that no Danish sentence has; what stands in quotation marks or as code aside."""
    return ENGLISH.findall(OURS.sub("", said))


def test_a_project_file_says_which_language_is_spoken(folder: Path) -> None:
    assert sortition("select", *FILES, "--seed", "1", "--out", "panel", cwd=folder).code == 0
    (folder / "assembly.toml").write_text('language = "da"\n', encoding="utf-8")
    said = sortition("verify", "panel", cwd=folder).stdout
    assert "påstande holder" in said
    assert english_in(said) == []
    done = sortition("--language", "en", "check", *FILES, "--out", "check", cwd=folder)
    assert done.stderr == ""  # nothing of the file was taken
    assert '<html lang="en">' in (folder / "check" / "check.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "locale", "language"),
    [
        (("select", "--language", "da"), {}, "da"),
        (("select", "--language=da"), {"LANG": "en_GB.UTF-8"}, "da"),
        (("select",), {"LANG": "da_DK.UTF-8"}, "da"),
        (("select",), {"LC_ALL": "C.UTF-8", "LANG": "da_DK.UTF-8"}, "en"),
        (("select", "--language", "en"), {"LANG": "da_DK.UTF-8"}, "en"),
        (("select", "--language", "xx"), {}, "en"),
        (("select", "--language"), {}, "en"),
        ((), {}, "en"),
    ],
)
def test_the_language_that_is_asked_for(
    arguments: tuple[str, ...], locale: dict[str, str], language: str
) -> None:
    assert language_of(arguments, locale) == language
