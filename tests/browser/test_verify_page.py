"""The page that checks a lottery, as a volunteer meets it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED

import pytest
from playwright.sync_api import Browser, Page, expect

from sortition.model import REHEARSAL, Language

from .bundles import (
    COMMITTED_NUMBERS,
    DAY,
    NUMBERS_SEED,
    TOKENS,
    Bundle,
    Document,
    build,
    digest,
    events,
)
from .visits import Visit

DRAWN_BY_HAND = {"kind": "drawn", "digits": "7"}
SIGNATURE = bytes.fromhex(
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
COMMITTED_ROUND = {"kind": "beacon", "chain": "drand quicknet", "round": 657413}
BEACON = {
    **COMMITTED_ROUND,
    "randomness": digest(SIGNATURE),
    "signature": SIGNATURE.hex(),
}


def test_a_right_bundle_is_ok_and_shows_the_ticket_of_the_vectors(visit: Visit) -> None:
    visit.choose(build(weights=(30, 6, 964)))
    assert set(visit.states().values()) == {"ok"}
    assert visit.text("#verdict").startswith("✓ Everything that this page can check is in order.")
    assert "What it cannot check stands at its end" in visit.text("#verdict")
    assert visit.text("#outcome .ticket") == "036"
    tokens = visit.page.locator("#outcome .tokens li").all_inner_texts()
    assert tokens == [TOKENS[2], TOKENS[5]]
    assert visit.page.locator("#event-list > li").count() == 3
    assert "2026-11-22 20:20:00 UTC" in visit.text("#event-list")


def test_a_rehearsal_is_marked_as_one(visit: Visit) -> None:
    def rehearse(commitment: Document) -> None:
        commitment["about"]["assembly"] = f"{REHEARSAL}Nordby"

    visit.choose(build())
    assert visit.page.locator("#rehearsal").is_hidden()
    visit.choose(build(commitment=rehearse))
    assert visit.text("#rehearsal").startswith("REHEARSAL.")


def test_a_thousand_tickets_are_numbered_from_000(visit: Visit) -> None:
    bundle = build(weights=(30, 300, 670))
    visit.choose(bundle)
    assert visit.wrong() == set()
    assert visit.text("#outcome .ticket") == "036"
    assert "1,000, numbered 000 to 999" in visit.text("#figures")
    visit.give(bundle.receipt(1))
    assert "030–329" in visit.text("#person")


@pytest.mark.parametrize(
    ("committed", "source", "ticket"),
    [
        ({"kind": "drawn"}, DRAWN_BY_HAND, "7"),
        (COMMITTED_NUMBERS, {"kind": "seed", "seed": "1.2.3./"}, None),
        (COMMITTED_ROUND, BEACON, None),
    ],
    ids=["drawn", "seed", "beacon"],
)
def test_each_source_of_chance(
    visit: Visit, committed: dict[str, object], source: dict[str, object], ticket: str | None
) -> None:
    day = "2023-09-15" if source is BEACON else DAY
    bundle = build(committed=committed, source=source, day=day)
    visit.choose(bundle)
    assert set(visit.states().values()) == {"ok"}
    stated = str(json.loads(bundle.files["draw.json"])["ticket"])
    assert visit.text("#outcome .ticket") == (ticket or stated) == stated


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED], ids=["stored", "deflated"])
@pytest.mark.parametrize("folder", ["", "public/"], ids=["flat", "folder"])
def test_one_zip_file_serves_as_well(visit: Visit, method: int, folder: str) -> None:
    bundle = build()
    visit.choose_files({"public.zip": bundle.zipped(method, folder)})
    visit.announce(bundle.announced)
    assert set(visit.states().values()) == {"ok"}
    assert visit.text("#outcome .ticket") == "6"


def test_files_can_be_dropped(visit: Visit) -> None:
    bundle = build()
    visit.page.evaluate(
        """(files) => {
          const dataTransfer = new DataTransfer();
          for (const [name, text] of Object.entries(files))
            dataTransfer.items.add(new File([text], name));
          const drop = { bubbles: true, cancelable: true, dataTransfer };
          document.querySelector("h1").dispatchEvent(new DragEvent("drop", drop));
        }""",
        {name: content.decode() for name, content in bundle.files.items()},
    )
    expect(visit.page.locator("#checks > li")).to_have_count(11)
    assert visit.wrong() == set()
    assert visit.text("#outcome .ticket") == "6"


def test_the_announced_digest_is_compared_as_people_write_it(visit: Visit) -> None:
    bundle = build(weights=(300, 300, 400))
    visit.choose(bundle, announced="")
    assert visit.states()["announced"] == "open"
    assert "not everything was checked" in visit.text("#verdict")
    announced = visit.page.locator("#announced")
    announced.fill(bundle.announced[:20])
    assert visit.states()["announced"] == "open"
    assert "there are 20 so far" in visit.told("announced")
    grouped = " ".join(bundle.announced[at : at + 8] for at in range(0, 64, 8))
    announced.fill(grouped.upper())
    assert visit.states()["announced"] == "ok"
    announced.fill("not a fingerprint")
    assert visit.states()["announced"] == "wrong"


def test_before_the_draw_any_seed_can_be_tried(visit: Visit) -> None:
    bundle = build().without("draw.json")
    log = b"".join(bundle.files["events.jsonl"].splitlines(keepends=True)[:2])
    visit.choose(Bundle(files={**bundle.files, "events.jsonl": log}))
    assert visit.wrong() == set()
    for check in ("drawn", "source", "ticket", "panel"):
        assert visit.states()[check] == "open"
    assert "has not been drawn yet" in visit.text("#outcome")
    visit.page.get_by_label("Seed to try").fill(NUMBERS_SEED)
    visit.page.get_by_label("Seed to try").press("Enter")
    expect(visit.page.locator("#trial-outcome .ticket")).to_have_text("6")
    assert "Trial, not the draw" in visit.text("#trial-outcome")
    visit.give(bundle.receipt(0))
    assert "has not been drawn yet" in visit.text("#person")


def test_digits_can_be_tried_where_they_are_what_is_drawn(visit: Visit) -> None:
    bundle = build(committed={"kind": "drawn"}, source=DRAWN_BY_HAND)
    undrawn = bundle.without("draw.json").without("events.jsonl")
    visit.choose(undrawn)
    visit.page.get_by_label("Digits to try").fill("12")
    visit.page.locator("#trial button").click()
    expect(visit.page.locator("#trial-outcome")).to_contain_text("exactly 1 digits")
    visit.page.get_by_label("Digits to try").fill("5")
    visit.page.locator("#trial button").click()
    expect(visit.page.locator("#trial-outcome .ticket")).to_have_text("5")


def test_a_draw_that_was_left_out_is_not_taken_for_none(visit: Visit) -> None:
    visit.choose(build().without("draw.json"))
    assert "draw.json was not chosen" in visit.told("drawn")
    assert visit.page.locator("#trial").is_hidden()


def test_what_stands_in_files_stays_text(visit: Visit) -> None:
    evil = "<img src=x onerror=alert(1)>"

    def rename(lottery: dict[str, object]) -> None:
        lottery["quotas"] = [{"category": evil, "max": 1, "min": 2, "value": evil}]

    log = events((evil, {evil: {evil: 1}}))
    visit.choose(build(lottery=rename).with_file("events.jsonl", log))
    assert evil in visit.told("lottery")
    assert visit.text("#event-list").count(evil) == 3
    assert visit.page.locator("img").count() == 0


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A page whose console may complain: the browser itself tells of what it refuses."""
    opened = browser.new_page()
    yield opened
    opened.close()


def test_the_page_can_send_nothing_and_runs_no_other_script(
    watched: Page, verifiers: dict[Language, Path]
) -> None:
    watched.goto(verifiers["en"].as_uri())
    fetching = "fetch('data:text/plain,x').then(() => 'sent', () => 'refused')"
    assert watched.evaluate(fetching) == "refused"
    injecting = """() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.body.append(script);
      return document.title;
    }"""
    assert watched.evaluate(injecting) == "Check the lottery yourself"


def test_over_http_it_says_why_it_cannot_compute(
    watched: Page, verifiers: dict[Language, Path]
) -> None:
    html = verifiers["en"].read_text(encoding="utf-8")
    watched.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    watched.goto("http://lottery.example/verify.html")
    expect(watched.locator("#insecure")).to_be_visible()
    assert watched.locator("#bundle").is_disabled()


def test_few_tickets_are_never_called_fair(visit: Visit) -> None:
    visit.choose(build())
    assert visit.wrong() == set()
    assert visit.text("#verdict").startswith("– Nothing wrong was found, but with so few tickets")
    assert "The reason that is given: “a test”" in visit.text("#verdict")
    visit.choose(build(commitment=lambda promise: promise.update(few_tickets=" ")))
    assert visit.wrong() == {"few"}


def test_what_the_public_part_cannot_show_is_the_word_of_the_organiser(
    visit: Visit, danish_visit: Visit
) -> None:
    assert danish_visit.page.locator("html").get_attribute("lang") == "da"
    limits = danish_visit.text('[aria-labelledby="limits-heading"]')
    assert limits.count("Det oplyser arrangøren; kun den, der har den forseglede del") == 2
