"""What the commands write is what the page reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cli.running import sortition
from tests.steps.publish.published import NAMED

from .visits import Visit, payload

PEOPLE = [(f"{number:03}", "f" if number % 3 else "m") for number in range(1, 31)]


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    done = sortition(*arguments, cwd=folder)
    assert done.code == code, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lottery with 1,000 tickets, published and not yet drawn."""
    made = tmp_path_factory.mktemp("lottery")
    rows = "".join(f"{id},{sex}\n" for id, sex in PEOPLE)
    (made / "pool.csv").write_text(f"id,køn\n{rows}", encoding="utf-8")
    quotas = "feature,value,min,max\nkøn,f,3,3\nkøn,m,3,3\n"
    (made / "quotas.csv").write_text(quotas, encoding="utf-8")
    options = ("--size", "6", *NAMED, "--out", "published")
    run(made, "lottery", "pool.csv", "quotas.csv", *options)
    return made


def test_published_drawn_packed_and_found(visit: Visit, folder: Path) -> None:
    public = folder / "published" / "public"
    visit.page.goto((public / "verify.html").as_uri())
    visit.choose_files({file.name: file.read_bytes() for file in public.iterdir()})
    assert visit.wrong() == set()
    assert visit.states()["ticket"] == "open"
    visit.page.get_by_label("Digits to try").fill("042")
    visit.page.locator("#trial button").click()
    tried = visit.page.locator("#trial-outcome .tokens li")
    expect(tried).to_have_count(6)
    tokens = tried.all_inner_texts()

    run(folder, "draw", "published", "--drawn", "042")
    run(folder, "draw", "published", "--drawn", "043", code=2)
    run(folder, "pack", "published")
    visit.choose_files({"public.zip": (folder / "published" / "public.zip").read_bytes()})
    assert visit.wrong() == set()
    assert visit.states()["panel"] == "ok"
    assert visit.text("#outcome .ticket") == "042"
    assert visit.page.locator("#outcome .tokens li").all_inner_texts() == tokens
    assert "Another draw was tried and refused" in visit.text("#event-list")

    panel = (folder / "published" / "panel.csv").read_text(encoding="utf-8-sig")
    selected = [id for id, _ in PEOPLE if f"{id}," in panel]
    others = [id for id, _ in PEOPLE if id not in selected]
    assert len(selected) == 6
    for id, said in (
        (selected[0], "You are on the panel"),
        (others[0], "You are not on the panel"),
    ):
        run(folder, "receipt", id, "--from", "published", "--out", f"{id}.json")
        receipt = payload("receipt.json", (folder / f"{id}.json").read_bytes())
        visit.page.locator("#receipt-file").set_input_files(receipt)
        # numbers of tickets are there before, which look like ids
        expect(visit.page.locator("#person")).to_contain_text(said)
        assert f"id\n{id}\n" in visit.text("#person")
