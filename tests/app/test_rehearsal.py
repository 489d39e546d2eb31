"""A rehearsal at the pages: marked wherever it is seen, and put aside with all that came of it."""

from __future__ import annotations

import pytest

from tests.cli.running import contents, sortition

from .asking import Visitor

MARK = "REHEARSAL. The lottery and all that comes of it decide nothing."


@pytest.fixture
def rehearsed(visitor: Visitor) -> Visitor:
    """An assembly whose lottery was rehearsed up to its tables."""
    about = {"assembly": "Nordby Borgersamling", "organiser": "Nordby Kommune"}
    visitor.with_few().send("/lottery/publish", objective="leximin", rehearsal="1", **about)
    visitor.send("/draw/draw", digits="187", sure="1")
    visitor.send("/tables/seat", tables="1", sessions="1")
    page = visitor.get("/meetings")
    came = page.html.split('name="came-1" value="')[1].split('"')[0]
    visitor.send("/meetings/keep", version=page.fields()["version"], **{"came-1": came})
    return visitor


@pytest.mark.usefixtures("short_searches")
def test_every_page_of_it_says_so(rehearsed: Visitor) -> None:
    for path in ("/", "/lottery", "/draw", "/panel", "/tables", "/meetings", "/out"):
        assert MARK in rehearsed.get(path).words, path
    assert "rehearsal:" not in rehearsed.get("/draw").words  # what is read in the hall
    said = sortition("verify", "lottery", cwd=rehearsed.folder)
    assert (said.code, "REHEARSAL" in said.stdout.upper()) == (0, True)


@pytest.mark.usefixtures("short_searches")
def test_it_is_put_aside_whole_and_the_real_one_begins_anew(rehearsed: Visitor) -> None:
    folder = rehearsed.folder
    before = contents(folder)
    went = {name for name in before if name.startswith("lottery/")} | {"attendance.csv"}
    aside = rehearsed.send("/lottery/aside")
    assert "lies in a folder of its own" in aside.words
    assert MARK not in aside.words
    assert contents(folder) == {
        (f"rehearsal-1/{name}" if name in went else name): data for name, data in before.items()
    }
    assert sortition("verify", "rehearsal-1/lottery", cwd=folder).code == 0
    assert "The lottery is published" in rehearsed.published().get("/lottery").words
    drawn = rehearsed.send("/draw/draw", digits="188", sure="1")
    assert MARK not in drawn.words
    assert rehearsed.send("/lottery/aside").status == 422  # what counts stays
    assert sortition("verify", "lottery", cwd=folder).code == 0


def test_a_real_lottery_is_nothing_to_put_aside(visitor: Visitor) -> None:
    visitor.with_few().published()
    before = contents(visitor.folder)
    assert visitor.send("/lottery/aside").status == 422
    assert contents(visitor.folder) == before
