"""The page for citizens and media, and one volunteer's page."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.panels import dropping, make_panel, members
from tests.cli.running import contents, faults_said, sortition
from tests.pages.reading import Page
from tests.steps.publish.published import NAMED

ABOUT = ("--assembly", "Nordby Borgerting", "--organiser", "Nordby Kommune", "--contact", "Mette")
POPULATION = "feature;value;share\ngender;f;50%\ngender;m;50%\nage;young;40%\nage;old;60%\n"


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_panel(tmp_path_factory.mktemp("press"))


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_page_for_everybody_names_nobody(panel: Path, tmp_path: Path, language: str) -> None:
    (tmp_path / "shares.csv").write_text(POPULATION, encoding="utf-8")
    call = ("press", panel, *ABOUT, "--population", "shares.csv", "--language", language)
    done = sortition(*call, "--out", "page.html", cwd=tmp_path)
    assert (done.code, done.stderr) == (0, "")
    page = Page((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert page.values("lang") == [language]
    assert "Nordby Borgerting" in page.words
    shown = re.sub(r"\b[0-9a-f]{64}\b", "", page.words)
    assert [id for id in (f"{n:03}" for n in range(1, 21)) if f" {id} " in shown] == []
    assert not re.search(r"\b(Ane|Bo) \d", shown)
    # three of each group would tell who they are
    assert not re.search(r"\b3 (on the panel|i panelet)", shown)
    again = sortition(*call, "--out", "page.html", cwd=tmp_path)
    assert again.code == 2
    assert "page.html" in again.stderr


def test_a_volunteer_sees_her_tickets(panel: Path, tmp_path: Path) -> None:
    lottery = json.loads((panel / "lottery.json").read_bytes())
    seated = members(panel)
    for id in (seated[0], next(id for id in lottery["people"] if id not in seated)):
        done = sortition("my-chance", panel, id, "--out", f"{id}.html", cwd=tmp_path)
        assert (done.code, done.stderr) == (0, "")
        page = Page((tmp_path / f"{id}.html").read_text(encoding="utf-8")).words
        on = sum(one["weight"] for one in lottery["panels"] if id in one["members"])
        assert f"you are on {on} of 1,000 tickets" in page
        assert ("You were drawn." in page) == (id in seated)
    (fault,) = faults_said(sortition("my-chance", panel, "x9", cwd=tmp_path))
    assert "“x9”" in fault


def test_after_a_round_the_page_is_about_the_panel_now(tmp_path: Path) -> None:
    panel = make_panel(tmp_path)
    assert dropping(panel, members(panel)[0]).code == 0
    assert sortition("press", panel, cwd=tmp_path).code == 0
    page = Page((panel / "press.html").read_text(encoding="utf-8")).words
    assert "others have taken their places" in page
    before = contents(panel)
    assert sortition("verify", panel, cwd=tmp_path).code == 0
    assert contents(panel) == before


def test_a_published_lottery_is_told_by_its_page(tmp_path: Path) -> None:
    make_panel(tmp_path)
    files = ("pool.csv", "quotas.csv", "--size", "6", "--household", "street")
    call = ("lottery", *files, *NAMED, "--source", "drawn", "--tickets", "1000", "--out", "lot")
    assert sortition(*call, cwd=tmp_path).code == 0
    assert sortition("draw", "lot", "--drawn", "187", cwd=tmp_path).code == 0
    assert sortition("press", "lot", cwd=tmp_path).code == 0
    words = Page((tmp_path / "lot" / "press.html").read_text("utf-8")).words
    assert "verify.html" in words
    public = tmp_path / "lot" / "public"
    assert sha256((public / "commitment.json").read_bytes()).hexdigest() in words
    assert sortition("my-chance", "lot", "004", cwd=tmp_path).code == 0
    page = Page((tmp_path / "my_chance.html").read_text("utf-8")).words
    tokens = json.loads((tmp_path / "lot" / "sealed" / "pool.json").read_bytes())["people"]
    (token,) = [person["token"] for person in tokens if person["id"] == "004"]
    assert token in page
