"""What the pages do to the folder: the same as the commands, and nothing twice or by halves."""

from __future__ import annotations

import html
import os
import signal
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx2
import pytest

from sortition.steps.members.calls import Call
from sortition.steps.members.one_call import calls_of, keep_call
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from tests.cli.running import ROOT, command, contents, environment, sortition

from .asking import FEW, FEW_QUOTAS, Visitor, read

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """An assembly up to its panel, whose lottery was made with a known key."""
    visitor = Visitor.at(tmp_path_factory.mktemp("drawn") / "nordby").with_a_third()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sortition.steps.publish.run.token_bytes", lambda _: KEY)
        patch.setattr("sortition.steps.publish.publishing.token_bytes", lambda _: KEY)
        visitor.published()
    visitor.send("/draw/draw", digits="187", sure="1")
    return visitor


def states(visitor: Visitor) -> Iterator[str]:
    for part in visitor.get("/").html.split('<p class="state">')[1:]:
        yield part.partition("</p>")[0]


def test_the_lottery_is_the_command_s_byte_for_byte(
    drawn: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sortition.steps.publish.run.token_bytes", lambda _: KEY)
    monkeypatch.setattr("sortition.steps.publish.publishing.token_bytes", lambda _: KEY)
    out = tmp_path / "by-command"
    done = sortition("lottery", "--out", out, "--quiet", cwd=drawn.folder)
    assert (done.code, done.stderr) == (0, "")
    ours, theirs = contents(drawn.folder / "lottery"), contents(out)
    same = {
        f"{part}/{name}.json"
        for part in ("public", "sealed")
        for name in ("lottery", "certificate")
    } | {"sealed/pool.json", "roster.json", "public/verify.html"}
    assert {name: ours[name] for name in same} == {name: theirs[name] for name in same}


def test_what_the_pages_wrote_verifies(drawn: Visitor) -> None:
    done = sortition("verify", "lottery", cwd=drawn.folder)
    assert done.code == 0, done.stdout


def test_terminal_and_pages_take_turns(tmp_path: Path) -> None:
    folder = tmp_path / "nordby"
    visitor = Visitor.at(folder).with_samples()
    assert list(states(visitor))[:4] == ["done", "any time", "done", "next"]
    done = sortition("check", "--out", "check", "--quiet", cwd=folder)
    assert (done.code, done.stderr) == (0, "")
    assert list(states(visitor))[3] == "done"
    text = (folder / "quotas.csv").read_text(encoding="utf-8")
    (folder / "quotas.csv").write_text(text.replace("Kvinde;17;19", "Kvinde;16;20"), "utf-8")
    assert list(states(visitor))[3] == "out of date"
    assert "Something has changed since" in visitor.get("/check").words


def test_a_clash_is_named_and_the_least_change_is_one_click_and_undone(visitor: Visitor) -> None:
    quotas = b"feature,value,min,max\nsex,f,2,3\nsex,m,0,1\nage,young,2,3\nage,old,0,1\n"
    pool = b"id,sex,age\n1,f,old\n2,f,old\n3,m,young\n4,m,young\n5,m,old\n"
    visitor.send("/quotas/file", {"quotas": ("q.csv", quotas)}, size="3")
    visitor.send("/pool/file", {"pool": ("p.csv", pool)})
    page = visitor.get("/quotas")
    assert "No panel meets these quotas" in page.words
    assert "Make this change" in page.words
    before = (visitor.folder / "quotas.csv").read_bytes()
    taken = visitor.send("/quotas/take", **page.fields())
    assert "can be undone" in taken.words
    assert "A panel is possible" in taken.words
    assert "was " in taken.words
    undone = visitor.send("/quotas/undo")
    assert (visitor.folder / "quotas.csv").read_bytes() == before
    assert "No panel meets these quotas" in undone.words


def test_an_answer_writes_nothing(visitor: Visitor) -> None:
    visitor.with_samples()
    before = contents(visitor.folder)
    fields = visitor.get("/quotas").fields()
    answer = visitor.send("/quotas/answer", **{**fields, "upper-0": "8", "lower-1": "7"})
    assert answer.status == 200
    assert "panel is possible" in answer.words
    short = visitor.send("/quotas/answer", **{**fields, "lower-0": "30", "upper-0": "30"})
    assert "add up to" in short.words
    assert contents(visitor.folder) == before


def test_a_form_of_what_was_there_before_changes_nothing(visitor: Visitor) -> None:
    visitor.with_samples()
    old = visitor.get("/quotas").fields()
    first = visitor.send("/quotas/keep", **{**old, "lower-0": "7"})
    assert first.status == 200
    kept = (visitor.folder / "quotas.csv").read_bytes()
    second = visitor.send("/quotas/keep", **{**old, "lower-0": "6"})
    assert second.status == 422
    assert "changed meanwhile" in second.words
    assert (visitor.folder / "quotas.csv").read_bytes() == kept


@pytest.mark.parametrize(
    ("language", "header"), [("en", "feature;value;min"), ("da", "kriterium;værdi;min")]
)
def test_quotas_from_official_figures_are_the_command_s(
    tmp_path: Path, language: str, header: str
) -> None:
    visitor = Visitor.at(tmp_path / "nordby", language)
    ages = "16-29,30-44,45-59,60+"
    made = visitor.send(
        "/quotas/figures", {"figures": ("folketal.csv", read("folketal.csv"))}, size="36", ages=ages
    )
    assert 'class="number">18</td>' in made.html  # the seats of men and of women
    assert (visitor.folder / "quotas.csv").read_text("utf-8-sig").startswith(header)
    out = tmp_path / "quotas.csv"
    done = sortition(
        *("quotas", "figures-1.csv", "--size", "36", "--ages", ages, "--out", out, "--quiet"),
        *("--language", language),
        cwd=visitor.folder,
    )
    assert (done.code, done.stderr) == (0, "")
    assert (visitor.folder / "quotas.csv").read_bytes() == out.read_bytes()


def test_quotas_can_be_typed(visitor: Visitor) -> None:
    visitor.send("/quotas/type", size="4", typed="sex: f 2\nm 2-3\nage: young 1-2\n old 2–3\n")
    assert (visitor.folder / "quotas.csv").read_text(encoding="utf-8-sig") == (
        "feature;value;min;max\nsex;f;2;2\nsex;m;2;3\nage;young;1;2\nage;old;2;3\n"
    )
    crossed = visitor.send("/quotas/type", size="4", typed="sex: f 3-2\nm 1-2")
    assert "sex, f: The minimum 3 is larger than the maximum 2" in crossed.words  # and no row
    short = visitor.send("/quotas/type", size="4", typed="sex: f 3\nm 2")
    assert "quotas.csv, row" not in short.words
    wrong = visitor.send("/quotas/type", size="4", typed="young 1-2\nsex: f two")
    assert wrong.status == 422
    assert wrong.words.count("is not complete") == 2
    assert "young 1-2\nsex: f two</textarea>" in wrong.html  # nobody types it twice


def test_a_pool_is_mended_by_choosing(visitor: Visitor) -> None:
    quotas = (
        b"feature,value,min,max\ngender,woman,1,2\ngender,man,1,2\nage,16-39,0,2\nage,40+,0,2\n"
    )
    pool = (
        b"nr;hvem;foedt\n1;hun;1990\n2;han;1950\n3;hun;1960\n4;ved ikke;1970\n5;han;2000\n6;;1980\n"
    )
    visitor.send("/quotas/file", {"quotas": ("q.csv", quotas)}, size="2")
    page = visitor.send("/pool/file", {"pool": ("p.csv", pool)})
    assert "Not everything is understood yet" in page.words
    columns = {"column-0": "foedt", "column-1": "hvem"}
    page = visitor.send("/pool/map", version=page.fields()["version"], **columns)
    fields = page.fields()
    words = {name: text for name, text in fields.items() if name.startswith("word-1-")}
    means = {"hun": "woman", "han": "man", "ved ikke": "\N{EMPTY SET}"}
    chosen = {name.replace("word", "means"): means[text] for name, text in words.items()}
    done = visitor.send(
        "/pool/map",
        version=fields["version"],
        **columns,
        **words,
        **chosen,
        **{"when-0": "2026", "blank-1": "1"},
    )
    assert "4 people from pool.csv can be drawn" in done.words
    check = sortition("check", "--quiet", cwd=visitor.folder)
    assert (check.code, check.stderr) == (0, "")
    assert "their answer is in no quota" in (visitor.folder / "map.toml").read_text("utf-8")


def test_a_second_pool_is_undone_whatever_kind_of_file_it_was(visitor: Visitor) -> None:
    visitor.send("/quotas/file", {"quotas": ("q.csv", FEW_QUOTAS)}, size="3")
    first = visitor.send("/pool/file", {"pool": ("few.csv", FEW)})
    assert 'action="/pool/file/undo"' not in first.html
    visitor.send("/pool/map", version=first.fields()["version"], id="deltager_id")
    settings = visitor.folder / "assembly.toml"
    before = settings.read_text("utf-8")
    visitor.send("/pool/file", {"pool": ("p.xlsx", read("pool.xlsx"))})
    for _ in range(2):  # there and back as often as one likes
        undone = visitor.send("/pool/file/undo")
        assert "12 people from pool.csv can be drawn" in undone.words
        assert (visitor.folder / "pool.csv").read_bytes() == FEW
        assert sorted(settings.read_text("utf-8").split("\n")) == sorted(before.split("\n"))
        again = visitor.send("/pool/file/undo")
        assert "pool.xlsx" in settings.read_text("utf-8")
        assert "deltager_id" in again.html
        assert (visitor.folder / "pool.xlsx").read_bytes() == read("pool.xlsx")


def test_words_that_are_only_to_be_looked_at_are_no_fault(visitor: Visitor) -> None:
    quotas = (
        "kriterium;værdi;min;max\nKØN;Kvinder;1;2\nKØN;Mænd;1;2\nALDER;16-39;0;3\nALDER;40+;0;3\n"
    )
    pool = "nr;køn;alder\n1;Kvinde;20\n2;Mand;50\n3;kvinde;70\n4;Mand;30\n"
    visitor.send("/quotas/file", {"quotas": ("q.csv", quotas.encode())}, size="3")
    page = visitor.send("/pool/file", {"pool": ("p.csv", pool.encode())})
    assert "Nothing is open. 4 people can be drawn once you keep these choices." in page.words
    assert "Not everything is understood" not in page.words
    assert "are those of the quotas" not in page.words  # numbers are put into bands instead
    assert 'class="onward"' not in page.html  # nothing can be checked yet
    kept = visitor.send("/pool/map", **page.fields())
    assert "4 people from pool.csv can be drawn" in kept.words
    assert 'class="onward"' in kept.html
    other = pool.replace("2;Mand", "2;andet")
    page = visitor.send("/pool/file", {"pool": ("p.csv", other.encode())})
    assert "Not everything is understood" in page.words


def test_a_draw_happens_once(drawn: Visitor) -> None:
    before = (drawn.folder / "lottery/public/draw.json").read_bytes()
    again = drawn.send("/draw/draw", digits="188", sure="1")
    assert again.status == 422
    assert (drawn.folder / "lottery/public/draw.json").read_bytes() == before


def test_names_are_shown_only_if_they_are_asked_for(drawn: Visitor) -> None:
    name = (drawn.folder / "lottery/panel.csv").read_text("utf-8").splitlines()[1].split(";")[2]
    assert name not in drawn.get("/draw").words
    header = (drawn.folder / "lottery/panel.csv").read_text("utf-8").splitlines()[0].split(";")
    place = header.index("efternavn")
    assert name in drawn.get(f"/draw?show-{place}=1").words


def test_of_two_who_answer_for_one_person_one_is_told(drawn: Visitor) -> None:
    lottery = drawn.folder / "lottery"
    calls = calls_of(read_standing(lottery))
    id, seen = next(iter(calls.items()))
    told: list[str] = []

    def answer(status: str) -> None:
        now = Call(status="confirmed" if status == "yes" else "declined", attempts=1)
        try:
            keep_call(lottery, id, seen=seen, now=now)
            told.append("kept")
        except Exception as error:
            told.append(str(error))

    both = [threading.Thread(target=answer, args=(status,)) for status in ("yes", "no")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert told.count("kept") == 1
    assert set(told) - {"kept"} <= {"call-changed-meanwhile", "folder-held"}
    assert len(list(lottery.glob("calls-*.json"))) == 1


def test_everything_is_in_the_archive(drawn: Visitor) -> None:
    answer = drawn.send("/out/everything")
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == contents(drawn.folder)
    public = drawn.send("/out/public")
    with zipfile.ZipFile(BytesIO(public.data)) as archive:
        assert all(name.startswith("public/") for name in archive.namelist())


def test_a_task_can_be_stopped_and_leaves_nothing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.with_samples()
    reached, go_on = threading.Event(), threading.Event()

    def halt(*_: object, **__: object) -> None:
        reached.set()
        go_on.wait(20)

    monkeypatch.setattr("sortition.steps.publish.run.prepare_toward", _halting(halt))
    about = {"assembly": "A", "organiser": "B", "objective": "leximin"}
    publish = threading.Thread(target=lambda: visitor.send("/lottery/publish", **about))
    publish.start()
    assert reached.wait(20)
    assert "Reading the files" in visitor.get("/lottery").words
    busy = visitor.client.post(
        "/check/run",
        data={"token": visitor.keys.forms},
        headers={"origin": f"http://127.0.0.1:{visitor.keys.port}"},
    )
    assert "already" in busy.text
    visitor.work.stop()
    go_on.set()
    publish.join()
    assert not (visitor.folder / "lottery").exists()
    assert list(states(visitor))[4] == "later"


def _halting(halt: object) -> object:
    from sortition.steps.select import prepare_toward  # noqa: PLC0415

    def prepare(*args: object, **options: object) -> object:
        halt()  # type: ignore[operator]
        return prepare_toward(*args, **options)  # type: ignore[arg-type]

    return prepare


def test_a_program_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "nordby"
    Visitor.at(folder).with_samples()
    before = contents(folder)
    with subprocess.Popen(
        [*command("app", folder, "--no-browser")],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        own = address.partition("/open")[0]
        with httpx2.Client(base_url=own, follow_redirects=True, timeout=60) as client:
            client.get(address)
            token = client.get("/lottery").text.partition('name="token" value="')[2]
            form = {
                "token": token.partition('"')[0],
                "objective": "leximin",
                "assembly": "A",
                "organiser": "B",
            }
            client.post("/lottery/publish", data=form, headers={"origin": own})
        time.sleep(0.3)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    after = contents(folder)
    assert {name: after[name] for name in before if name != "assembly.toml"} == {
        name: content for name, content in before.items() if name != "assembly.toml"
    }
    again = Visitor.at(folder).published()
    assert "The lottery is published" in again.get("/lottery").words


def test_a_call_verifies_the_folder_once(drawn: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counted(directory: Path) -> StandingFolder:
        read.append(directory)
        return read_standing(directory)

    monkeypatch.setattr("sortition.app.standing.read_standing", counted)
    page = drawn.get("/panel")
    assert len(drawn.get("/panel").html) > 0
    before = len(read)
    form = page.html.partition('<form method="post" action="/panel/call"')[2]
    id, seen = (
        html.unescape(form.split(f'name="{name}" value="')[1].split('"')[0])
        for name in ("id", "seen")
    )
    answered = drawn.send("/panel/call", id=id, seen=seen, status="confirmed")
    assert "Kept" in answered.words
    assert len(read) == before + 1
    calls = max((drawn.folder / "lottery").glob("calls-*.json"))
    calls.write_bytes(calls.read_bytes().replace(b'"attempts":1', b'"attempts":2'))
    try:
        assert drawn.get("/panel").status == 422  # nothing that was changed is handed on
    finally:
        calls.write_bytes(calls.read_bytes().replace(b'"attempts":2', b'"attempts":1'))


def test_who_came_is_kept_and_the_evaluation_is_the_command_s(
    drawn: Visitor, tmp_path: Path
) -> None:
    page = drawn.get("/meetings?sessions=2")
    assert "Meeting 2" in page.words
    ids = [line.split('"')[0] for line in page.html.split('name="came-1" value="')[1:]]
    assert len(ids) == 12
    form = {"version": page.fields()["version"], "came-1": ids[:10], "came-2": ids[2:7]}
    kept = drawn.send("/meetings/keep", **form)
    assert "Meeting 1 10 came" in kept.words
    assert "Meeting 2 5 came" in kept.words
    late = drawn.send("/meetings/keep", **form)
    assert late.status == 422
    made = drawn.send("/meetings/evaluate")
    assert "The evaluation was made" in made.words
    assert "since this evaluation" not in made.words
    os.utime(drawn.folder / "attendance.csv", (2**32, 2**32))
    assert "Something has changed since this evaluation" in drawn.get("/meetings").words
    assert list(states(drawn))[8] == "out of date"
    os.utime(drawn.folder / "attendance.csv", (0, 0))
    options = ("--attendance", "attendance.csv", "--language", "en", "--out", tmp_path / "again")
    done = sortition("evaluate", "lottery", *options, "--quiet", cwd=drawn.folder)
    assert (done.code, done.stderr) == (0, "")
    ours = contents(drawn.folder / "lottery/evaluation")
    assert contents(tmp_path / "again") == ours


def test_the_members_are_asked_and_their_answers_told(drawn: Visitor) -> None:
    form = drawn.send("/meetings/template", file="questionnaire.txt").data.decode()
    asked = [line.partition(". ")[2] for line in form.splitlines() if line[:1].isdigit()]
    rows = [";".join(asked), *[";".join(["4"] * len(asked))] * 12, ""]
    told = drawn.send("/meetings/evaluate", {"questionnaire": ("svar.csv", b"x;y\n1;2\n")})
    assert told.status == 422
    told = drawn.send(
        "/meetings/evaluate", {"questionnaire": ("svar.csv", "\n".join(rows).encode())}
    )
    assert "The evaluation was made" in told.words
    page = (drawn.folder / "lottery/evaluation/evaluation.html").read_text(encoding="utf-8")
    assert asked[0] in html.unescape(page)
    assert asked[0] in drawn.get("/file/lottery/evaluation/evaluation.html").words
