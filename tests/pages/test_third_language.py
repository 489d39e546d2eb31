"""A third language is one folder: Norwegian has the report and the verify page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sortition
from sortition.pages.wording import catalogue, wording
from sortition.steps.publish.verify_page.page import verify_page
from sortition.steps.select.page import render_html
from tests.cli.running import sortition as run
from tests.cli.running import write_inputs
from tests.pages.reading import Page
from tests.steps.select.samples import context, town_report

FOLDER = Path(sortition.__file__).parent / "languages" / "nb"
ROOMS = sorted(
    file.stem.replace(".", "/") for file in FOLDER.glob("*.toml") if file.stem != "signs"
)
# words that Norwegian has not, and Danish or English has
FOREIGN = re.compile(
    r"\b(lod|lodder|lodtrækning|hvad|ikke\s+være|nogen\s+af|udtrukket|the|of|and|which|drawn)\b",
    re.IGNORECASE,
)


def fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("room", ROOMS)
def test_it_says_what_english_says(room: str) -> None:
    english, norwegian = catalogue("en", room), catalogue("nb", room)
    assert {section: set(texts) for section, texts in norwegian.items()} == {
        section: set(texts) for section, texts in english.items()
    }
    for section, texts in norwegian.items():
        for name, text in texts.items():
            assert fields(text) == fields(english[section][name]), name


def test_report_and_verify_page_speak_it() -> None:
    for html in (
        render_html(town_report(), context=context(), language="nb"),
        verify_page("nb"),
    ):
        page = Page(re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL))
        assert page.values("lang")[0] == "nb"
        assert FOREIGN.findall(page.words) == []
    assert FOREIGN.findall("Lodtrækning") == ["Lodtrækning"]


def test_a_room_without_it_speaks_english() -> None:
    assert wording("nb", "steps/plan").language == "en"


def test_a_panel_is_drawn_in_it(tmp_path: Path) -> None:
    write_inputs(tmp_path)
    call = ("select", "pool.csv", "quotas.csv", "--size", "2", "--seed", "1", "--language", "nb")
    done = run(*call, cwd=tmp_path)
    assert done.code == 0, done.stderr
    html = (tmp_path / "selection" / "report.html").read_text(encoding="utf-8")
    assert "2 personer trukket ut ved loddtrekning blant 6 frivillige" in html
    assert run("verify", "selection", cwd=tmp_path).code == 0


def test_a_project_file_in_it_stops_no_command(tmp_path: Path) -> None:
    """Whoever does not speak it says so, in the language of the pages."""
    write_inputs(tmp_path)
    (tmp_path / "assembly.toml").write_text('language = "nb"\n')
    call = ("check", "pool.csv", "quotas.csv", "--size", "2", "--out", "check")
    done = run(*call, cwd=tmp_path)
    assert (done.code, done.stderr) == (
        0,
        "The pages of check are in English: "
        "it does not speak the language “nb” of assembly.toml.\n",
    )
    assert '<html lang="en">' in (tmp_path / "check" / "check.html").read_text(encoding="utf-8")
