"""Somebody who asks for pages and sends their forms, in this process."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.testclient import TestClient

from sortition.app.assembly import Assembly
from sortition.app.keys import Keys
from sortition.app.site import site_of
from sortition.app.work import Work
from tests.cli.running import SAMPLES, a_third_of_the_samples

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
Files = dict[str, tuple[str, bytes]]
SIZE = "36"
FEW_QUOTAS = b"feature,value,min,max\nsex,f,1,2\nsex,m,1,2\n"
FEW = b"deltager_id,sex\n" + b"".join(b"%d,%s\n" % (n, b"fm"[n % 2 :][:1]) for n in range(12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A page: its status, where it was found, and what it says."""

    status: int
    path: str
    html: str
    data: bytes

    @property
    def words(self) -> str:
        """What is read on the page, with single spaces."""
        return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", self.html).split()))

    def fields(self) -> dict[str, str]:
        """The fields of the page's forms by name, with what stands in them or is chosen."""
        found = re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', self.html)
        for name, options in re.findall(
            r'(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', self.html
        ):
            chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
            found.append((name, (chosen[1] or chosen[2]) if chosen else ""))
        return {name: html.unescape(value) for name, value in found}

    def field_for(self, label: str) -> str:
        """The name of the choice that is called so to those who do not see it."""
        found = re.search(rf'<select name="([^"]*)" aria-label="{re.escape(label)}"', self.html)
        assert found, label
        return found[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A browser without a window.

    Attributes
    ----------
    folder : Path
    keys : Keys
    client : TestClient
        It has the cookie.
    work : Work
    """

    folder: Path
    keys: Keys
    client: TestClient
    work: Work

    @classmethod
    def at(cls, folder: Path, language: str = "en") -> Visitor:
        keys = Keys.fresh(PORT)
        app, work = site_of(Assembly(folder=folder), keys, lambda: None)
        client = TestClient(app, base_url=ORIGIN, headers={"accept-language": language})
        client.get("/open", params={"key": keys.opening})
        return cls(folder=folder, keys=keys, client=client, work=work)

    def get(self, path: str) -> Answer:
        return _answer(self.client.get(path))

    def send(self, path: str, files: Files | None = None, /, **form: Any) -> Answer:
        """Send a form of the program's own, wait for a task that it began, and see the page."""
        sent = self.client.post(
            path,
            data={"token": self.keys.forms, **form},
            files=files,
            headers={"origin": ORIGIN},
            follow_redirects=False,
        )
        self.work.wait()
        return self.get(sent.headers["location"]) if sent.is_redirect else _answer(sent)

    def with_samples(self) -> Visitor:
        """Take the quotas and the pool of the samples over, one person from each address."""
        return self._with(SAMPLES, size=SIZE)

    def with_a_third(self) -> Visitor:
        """The same of a part of the pool, for a third of the seats."""
        with TemporaryDirectory() as place:
            a_third_of_the_samples(Path(place))
            return self._with(Path(place), size="12")

    def _with(self, place: Path, *, size: str) -> Visitor:
        quotas, people = ((place / name).read_bytes() for name in ("quotas.csv", "pool.csv"))
        self.send("/quotas/file", {"quotas": ("quotas.csv", quotas)}, size=size)
        pool = self.send("/pool/file", {"pool": ("pool.csv", people)})
        version = pool.fields()["version"]
        self.send("/pool/map", version=version, address=["adresse", "postnummer"])
        return self

    def with_few(self) -> Visitor:
        """Take quotas and a pool over of which each page is soon written."""
        self.send("/quotas/file", {"quotas": ("q.csv", FEW_QUOTAS)}, size="3")
        self.send("/pool/file", {"pool": ("p.csv", FEW)})
        return self

    def published(self) -> Visitor:
        """Publish the lottery of what lies in the folder."""
        about = {"assembly": "Nordby Borgersamling", "organiser": "Nordby Kommune"}
        self.send("/lottery/publish", objective="leximin", **about)
        return self


def read(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _answer(response: Any) -> Answer:
    text = response.text if "text" in response.headers.get("content-type", "") else ""
    return Answer(
        status=response.status_code,
        path=response.url.path,
        html=text,
        data=response.content,
    )
