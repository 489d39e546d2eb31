"""Nobody is let in but the pages of this program, and nothing is lost by trying."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from sortition.app.gate import HEADERS, LARGEST
from sortition.app.site import ACTS, PAGES
from tests.cli.running import contents

from .asking import FEW, ORIGIN, PORT, Visitor

LOOKED_AT = [path for path in PAGES if "{" not in path]
FOREIGN_HOSTS = (
    "evil.example",
    f"evil.example:{PORT}",
    f"127.0.0.1.evil.example:{PORT}",
    "127.0.0.1",
    f"127.0.0.1:{PORT + 1}",
    f"127.0.0.2:{PORT}",
    f"0.0.0.0:{PORT}",
    f"[::1]:{PORT}",
    f"localhost.:{PORT}",
    f"user@127.0.0.1:{PORT}",
    "",
)
FOREIGN_ORIGINS = (
    None,
    "null",
    "http://evil.example",
    "http://127.0.0.1",
    f"https://127.0.0.1:{PORT}",
    f"http://127.0.0.1:{PORT + 1}",
    f"http://127.0.0.1:{PORT}.evil.example",
    f"{ORIGIN}/",
    "file://",
)
TRICKS = (
    "../assembly.toml",
    "..%2fassembly.toml",
    "%2e%2e/%2e%2e/etc/passwd",
    "lottery/../assembly.toml",
    "lottery/sealed/key.txt",
    "lottery/sealed/key.txt%00.html",
    "lottery/roster.json",
    "lottery/replacement-1/../roster.json",
    "lottery/replacement-01/replacement.html",
    "lottery//panel.csv",
    "/etc/passwd",
    "//etc/passwd",
    "C:\\Windows\\win.ini",
    "lottery\\panel.csv",
    "pool.csv",
    "quotas.csv",
    "earlier/quotas-1.csv",
    ".sortition-change/holder.json",
    "check/check.json",
    "assembly.toml",
    "",
)


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A folder with something to lose, and nobody who may change it."""
    return Visitor.at(tmp_path_factory.mktemp("settled") / "nordby").with_few()


def unchanged(visitor: Visitor, before: dict[str, bytes]) -> bool:
    return contents(visitor.folder) == before


def test_a_foreign_host_is_turned_away(settled: Visitor) -> None:
    before = contents(settled.folder)
    for host, path in product(FOREIGN_HOSTS, (*LOOKED_AT, "/open", "/assets/app.js", "/file/x")):
        answer = settled.client.get(path, headers={"host": host})
        assert answer.status_code == 421, (host, path)
    for host, path in product(FOREIGN_HOSTS, ACTS):
        answer = settled.client.post(path, headers={"host": host, "origin": f"http://{host}"})
        assert answer.status_code == 421, (host, path)
    assert unchanged(settled, before)


def test_a_change_from_elsewhere_is_refused(settled: Visitor) -> None:
    before = contents(settled.folder)
    for origin, path in product(FOREIGN_ORIGINS, ACTS):
        headers = {} if origin is None else {"origin": origin}
        answer = settled.client.post(path, data={"token": settled.keys.forms}, headers=headers)
        assert answer.status_code == 403, (origin, path)
    assert unchanged(settled, before)


@pytest.mark.parametrize("token", [None, "", "x", "\N{SNOWMAN}"])
def test_a_form_without_its_secret_is_refused(settled: Visitor, token: str | None) -> None:
    before = contents(settled.folder)
    for path in ACTS:
        data = {"size": "3"} | ({} if token is None else {"token": token})
        answer = settled.client.post(path, data=data, headers={"origin": ORIGIN})
        assert answer.status_code == 403, path
    assert unchanged(settled, before)


def test_nothing_is_shown_without_the_cookie(visitor: Visitor) -> None:
    settled = visitor.with_few()
    name = settled.keys.cookie
    for value in ("", "x", settled.keys.forms, settled.keys.opening):
        settled.client.cookies.clear()
        settled.client.cookies.set(name, value)
        for path in (*LOOKED_AT, "/assets/app.js", "/file/lottery/panel.csv", "/work/check"):
            assert settled.client.get(path).status_code == 403, path
        for path in ACTS:
            data = {"token": settled.keys.forms}
            answer = settled.client.post(path, data=data, headers={"origin": ORIGIN})
            assert answer.status_code == 403, path


@pytest.mark.parametrize("key", ["", "x", "session", "forms"])
def test_the_opening_address_needs_its_key(visitor: Visitor, key: str) -> None:
    visitor.client.cookies.clear()
    tried = getattr(visitor.keys, key) if key in {"session", "forms"} else key
    answer = visitor.client.get("/open", params={"key": tried}, follow_redirects=False)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_for_this_site_and_for_no_script(visitor: Visitor) -> None:
    answer = visitor.client.get(
        "/open", params={"key": visitor.keys.opening}, follow_redirects=False
    )
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert visitor.keys.opening not in answer.headers["location"]


@pytest.mark.parametrize("trick", TRICKS)
def test_no_path_leads_to_what_is_not_a_result(settled: Visitor, trick: str) -> None:
    for start in ("/file/", "/assets/", "/work/", "/"):
        answer = settled.client.get(start + trick, headers={"host": f"127.0.0.1:{PORT}"})
        assert answer.status_code in {404, 405} or answer.text.startswith("<!DOCTYPE html>")
        for secret in (b"quotas.csv\n", b"deltager_id", b"root:", b"size = 3"):
            assert secret not in answer.content


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X"])
def test_other_methods_are_not_known(settled: Visitor, method: str) -> None:
    for path in ("/", *ACTS):
        answer = settled.client.request(method, path, headers={"origin": ORIGIN})
        assert answer.status_code == 405


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", "application/xml; x=1"])
def test_other_kinds_of_forms_are_not_read(settled: Visitor, kind: str) -> None:
    headers = {"origin": ORIGIN, "content-type": kind}
    for path in ACTS:
        assert settled.client.post(path, content=b"{}", headers=headers).status_code == 415


@pytest.mark.parametrize("length", ["-1", "x", "1e9", str(LARGEST + 1), "9" * 30])
def test_too_much_is_refused_before_it_is_read(settled: Visitor, length: str) -> None:
    headers = {
        "origin": ORIGIN,
        "content-type": "application/x-www-form-urlencoded",
        "content-length": length,
    }
    answer = settled.client.post("/pool/file", content=b"token=x", headers=headers)
    assert answer.status_code in {400, 413}


def test_too_much_is_refused_though_no_length_is_said(
    settled: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sortition.app.gate.LARGEST", 100_000)
    before = contents(settled.folder)
    headers = {"origin": ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    parts = (b"token=" + b"x" * 50_000 for _ in range(4))
    answer = settled.client.post("/pool/map", content=parts, headers=headers)
    assert answer.status_code == 413
    assert unchanged(settled, before)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pool.exe", b"MZ\x90\0"),
        ("pool", b"id;sex\n1;f\n"),
        ("pool.html", b"<script>alert(1)</script>"),
        ("pool.csv", b"\0\1\2\3"),
        ("pool.csv", b"PK\3\4\0\0"),
        ("pool.xlsx", b"id;sex\n1;f\n"),
        ("pool.xlsx", b"PK\3\4 and nothing more"),
        ("pool.ods", b"\xd0\xcf\x11\xe0"),
        ("pool.xls", b"\xd0\xcf\x11\xe0 broken"),
        ("../../pool.sh", b"#!/bin/sh"),
        ("pool.csv/../../x", b"id\n1\n"),
        ("pool.csv", b""),
        ("pool.zip", b"PK\3\4"),
        (".csv", b"id;sex\n1;f\n"),
    ],
)
def test_other_kinds_of_files_are_refused(settled: Visitor, name: str, data: bytes) -> None:
    before = contents(settled.folder)
    for path, field in (("/pool/file", "pool"), ("/quotas/file", "quotas")):
        answer = settled.send(path, {field: (name, data)}, size="36")
        assert answer.status == 422
    assert unchanged(settled, before)


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "C:\\evil.csv", "a\0b.csv"])
def test_the_name_of_a_file_is_no_place(visitor: Visitor, name: str) -> None:
    settled = visitor.with_few()
    around = set(settled.folder.parent.rglob("*"))
    answer = settled.send("/pool/file", {"pool": (name, FEW)})
    assert answer.status == 200
    new = {path.name for path in set(settled.folder.parent.rglob("*")) - around}
    assert new <= {"pool.csv", "earlier"}


def test_every_answer_says_what_the_browser_may_do(settled: Visitor) -> None:
    for path in (*LOOKED_AT, "/assets/app.js", "/nothing", "/file/check/check.html"):
        headers = settled.client.get(path).headers
        for name, value in HEADERS.items():
            assert headers[name] == value
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_people_wrote_stays_text(visitor: Visitor) -> None:
    bad = "<script>alert(1)</script>"
    quotas = f"feature,value,min,max\nsex,{bad},0,2\nsex,m,0,2\n".encode()
    page = visitor.send("/quotas/file", {"quotas": ("q.csv", quotas)}, size="2")
    assert bad not in page.html
    assert bad in page.words
    pool = f"id,sex\n1,{bad}\n2,m\n3,'\"><img src=x>\n".encode()
    page = visitor.send("/pool/file", {"pool": ("p.csv", pool)})
    assert bad not in page.html
    assert "<img src=x>" not in page.html


def test_a_page_of_results_reaches_nothing(visitor: Visitor) -> None:
    visitor.with_few().send("/check/run")
    policy = visitor.client.get("/file/check/check.html").headers["content-security-policy"]
    assert policy.startswith("sandbox;")


def test_odd_forms_are_told_and_never_a_defect(visitor: Visitor) -> None:
    settled = visitor.with_few()
    odd: list[Any] = ["", "-1", "\N{ARABIC-INDIC DIGIT THREE}", "9" * 400, "\0"]
    before = contents(settled.folder)
    for path in set(ACTS) - {"/language", "/stop", "/work/stop", "/check/run", "/out/everything"}:
        for text in odd:
            names = ("size", "lower-0", "digits", "count", "tables", "seen", "version", "day")
            answer = settled.send(path, **dict.fromkeys(names, text))
            assert answer.status in {200, 422}, (path, text[:20])
    after = contents(settled.folder)
    assert {name: after[name] for name in before} == before
