"""Letters are planned, drawn and written on the page as by the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import contents, sortition

from .asking import Answer, Visitor, read

ABOUT = {
    "assembly": "Nordby Borgersamling",
    "organiser": "Nordby Kommune",
    "contact": "Mette Holm, 12 34 56 78",
    "days": "6. marts 2027",
    "reply-at": "https://svar.example/{code}",
    "answer-by": "2027-01-20",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """An assembly with quotas and a registry, of which letters were drawn."""
    visitor = Visitor.at(tmp_path_factory.mktemp("letters") / "nordby")
    visitor.send("/quotas/file", {"quotas": ("quotas.csv", read("quotas.csv"))}, size="36")
    visitor.send("/letters/registry", {"registry": ("Udtræk 2026.csv", read("registry.csv"))})
    by = ["køn", "aldersgruppe"]
    drawn = visitor.send("/letters/draw", letters="300", seed="8 15 21 30 33 36 42", by=by)
    assert "300 people get a letter" in drawn.words
    return visitor


def write(visitor: Visitor, **form: str) -> Answer:
    return visitor.send("/letters/write", kind="invitation", **{**ABOUT, **form})


def test_the_number_of_letters_is_the_command_s(asked: Visitor) -> None:
    figures = {"rate": "5", "factor": "3", "confidence": "95"}
    answer = asked.send("/letters/answer", **figures)
    done = sortition("plan", "quotas.csv", "--size", "36", "--rate", "5 %", cwd=asked.folder)
    assert done.stdout.startswith("2,504 invitations")
    assert "2,504 letters" in answer.words
    less = asked.send("/letters/answer", **{**figures, "confidence": "60"})
    assert "2,2" in less.words
    assert "not a number" in asked.send("/letters/answer", **{**figures, "factor": "x"}).words
    assert not (asked.folder / "plan").exists()


def test_those_who_get_one_are_the_command_s(asked: Visitor, tmp_path: Path) -> None:
    done = sortition(
        *("invite", "registry.csv", "--size", "300", "--seed", "8 15 21 30 33 36 42"),
        *("--by", "køn,aldersgruppe", "--out", tmp_path / "again", "--quiet"),
        cwd=asked.folder,
    )
    assert (done.code, done.stderr) == (0, "")
    ours, theirs = contents(asked.folder / "invitations"), contents(tmp_path / "again")
    for name in ("invited.csv", "report.json", "report.html"):
        assert ours[name] == theirs[name], name
    again = asked.send("/letters/draw", letters="10", seed="x")
    assert "drawn already" in again.words
    assert again.fields()["seed"] == "x"
    failed = asked.send("/letters/draw", letters="99999", seed="8 15 21", replace="1")
    assert "could not be done" in failed.words
    assert failed.fields()["seed"] == "8 15 21"
    assert contents(asked.folder / "invitations") == ours


def test_a_letter_is_changed_and_printed(asked: Visitor, tmp_path: Path) -> None:
    page = asked.get("/letters")
    text = page.words.partition("What the letter says ")[2]
    assert text.startswith("Would you like to take part in {{assembly}}?")
    own = "Kom og vær med i {{assembly}}\r\n\r\nKære {{fornavn}}\r\n\r\nDin kode: {{code}}\r\n"
    made = write(asked, text=own)
    assert "The letters are made" in made.words
    options = [f"--{name}={value}" for name, value in ABOUT.items()]
    template = ("--template", "letter-invitation.txt", "--out", tmp_path / "again", "--quiet")
    done = sortition("letters", "invitation", "invitations", *template, *options, cwd=asked.folder)
    assert (done.code, done.stderr) == (0, "")
    assert contents(tmp_path / "again") == contents(asked.folder / "letters/invitation")
    printed = asked.get("/file/letters/invitation/letters.html")
    assert printed.html.count('<section class="letter">') == 300
    assert "Kære " in printed.words
    assert "Din kode: {{code}}" in asked.get("/letters").words
    write(asked, text=own.replace("Din kode", "Koden"))
    assert "Din kode: {{code}}" in asked.send("/letters/undo", kind="invitation").words


def test_a_letter_with_a_hole_is_not_made(asked: Visitor) -> None:
    before = contents(asked.folder / "letters") if (asked.folder / "letters").exists() else {}
    page = write(asked, text="Emne\n\n{{sted}}\n")
    assert "could not be done" in page.words
    now = contents(asked.folder / "letters") if (asked.folder / "letters").exists() else {}
    assert now == before


def test_a_plan_is_tried_out_and_kept(asked: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sortition.app.views.letters.TRIALS", 4)
    page = asked.send(
        "/letters/plan", rate="2.5", factor="2", confidence="90", guess="1", **{"try": "1"}
    )
    assert "tried out 4 times" in page.words
    fields = page.fields()
    assert [fields[name] for name in ("rate", "factor", "confidence")] == ["2.5", "2", "90"]


def test_a_plan_is_tried_out_on_a_registry_of_other_words(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """StatBank says “Mænd” and has ages, where registers say “Mand” and have days of birth."""
    monkeypatch.setattr("sortition.app.views.letters.TRIALS", 4)
    quotas = (
        "kriterium;værdi;min;max\nKØN;Kvinder;1;2\nKØN;Mænd;1;2\nALDER;0-39;0;3\nALDER;40+;0;3\n"
    )
    people = "nr;køn;født\n" + "".join(
        f"{n};{'Kvinde' if n % 2 else 'm'};{1 + n % 28:02}-03-{1930 + n % 70}\n" for n in range(400)
    )
    visitor.send("/quotas/file", {"quotas": ("q.csv", quotas.encode())}, size="3")
    there = visitor.send("/letters/registry", {"registry": ("r.csv", people.encode())})
    assert "Columns: nr, køn, født." in there.words
    plan = {"rate": "10", "factor": "3", "confidence": "90", "try": "1"}
    tried = visitor.send("/letters/plan", **plan)
    assert "tried out 4 times" in tried.words
    other = people.replace(";m;", ";x;")
    visitor.send("/letters/registry", {"registry": ("r.csv", other.encode())})
    assert "“x” has no quota" in visitor.send("/letters/plan", **plan).words


def test_a_registry_that_cannot_be_read_is_not_kept(visitor: Visitor) -> None:
    visitor.send("/quotas/file", {"quotas": ("quotas.csv", read("quotas.csv"))}, size="36")
    refused = visitor.send("/letters/registry", {"registry": ("Udtræk.xlsx", b"PK, but no more")})
    assert refused.status == 422
    assert "Udtræk.xlsx" in refused.words
    assert visitor.get("/letters").status == 200
    assert not list(visitor.folder.glob("registry*"))


def test_a_registry_with_children_and_one_of_cpr_numbers_say_what_to_choose(
    visitor: Visitor,
) -> None:
    visitor.send("/quotas/file", {"quotas": ("quotas.csv", read("quotas.csv"))}, size="36")
    lines = [f"{n:02}0190-4{n:03};{n:02}-03-{1990 + n};Bo {n};Vej 1;9990" for n in range(1, 29)]
    people = "\n".join(("CPR;født;borger;hjem;postdistrikt", *lines)).encode()
    visitor.send("/letters/registry", {"registry": ("r.csv", people)})
    form = {"letters": "5", "seed": "8 15 21"}
    assert "that the lists need the CPR numbers" in visitor.send("/letters/draw", **form).words
    form |= {"keep-cpr": "1"}
    assert "5 people get a letter" in visitor.send("/letters/draw", **form).words
    assert "“Columns of the address”" in write(visitor).words
    columns = {"letter-names": "borger", "letter-address": "hjem, postdistrikt"}
    assert "The letters are made" in write(visitor, **columns).words
    people = people.replace(b"CPR", b"nr").replace(b"0190-", b"")
    visitor.send("/letters/registry", {"registry": ("r.csv", people)})
    form = {**form, "keep-cpr": "", "replace": "1"}
    assert "how young the youngest may be" in visitor.send("/letters/draw", **form).words
    form |= {"min-age": "16", "age-on": "2027-01-20"}
    assert "5 people get a letter" in visitor.send("/letters/draw", **form).words
