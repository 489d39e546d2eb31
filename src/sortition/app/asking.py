"""A request as the views see it, and their answers as pages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sortition.app.assembly import TABLE_SUFFIXES, Assembly
from sortition.app.board import board
from sortition.app.keys import Keys, same
from sortition.app.telling import told
from sortition.app.work import Work, place_of
from sortition.core.progress import Counting
from sortition.errors import Finding, InputErrors, SortitionError
from sortition.model import Language
from sortition.pages.sender import SENDER, sender_of
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.tables.dates import read_date
from sortition.texts import Sentence

ROOM = "app"
LANGUAGE = "sortition-language"  # the name of the cookie
DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
MOST_FIELDS = 5_000
MOST_FILES = 8
STARTS = {".xlsx": b"PK", ".xlsm": b"PK", ".xlsb": b"PK", ".ods": b"PK", ".xls": b"\xd0\xcf\x11"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was chosen in a form: what kind it claims to be, and its bytes.

    Its name is shown and never used as a path.
    """

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The ending of its name, one of those of tables.

        Raises
        ------
        InputErrors
            If it has none of these, or does not begin as such a file does.
        """
        suffix = PurePath(self.name).suffix.lower()
        start = STARTS.get(suffix)
        binary = self.data[:2048].count(0) > 0 and self.data[:2] not in {b"\xff\xfe", b"\xfe\xff"}
        fits = self.data.startswith(start) if start else not binary
        if suffix not in TABLE_SUFFIXES or not fits:
            raise InputErrors((Finding(code="app-upload-kind", value=self.name[:200]),))
        return suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all requests share."""

    assembly: Assembly
    keys: Keys
    work: Work
    close: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was let in.

    Attributes
    ----------
    site : Site
    language : {"en", "da"}
    path : str
    query : mapping of str to str
    form : mapping of str to str
        The texts of a form.
    lists : mapping of str to tuple of str
        All texts of fields that may be there several times.
    uploads : mapping of str to tuple of Upload
    """

    site: Site
    language: Language
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    uploads: Mapping[str, tuple[Upload, ...]] = field(default_factory=dict, repr=False)

    @property
    def assembly(self) -> Assembly:
        """The folder."""
        return self.site.assembly

    @property
    def w(self) -> Wording:
        """The words of the language."""
        return wording(self.language, ROOM)

    def page(self, template: str, *, status: int = 200, **facts: Any) -> Response:
        """A whole page."""
        steps = {} if facts.pop("alone", False) else {"steps": board(self.assembly)}
        return self.part(template, status=status, **steps, **facts)

    def part(self, template: str, *, status: int = 200, **facts: Any) -> Response:
        """A page or a part of one."""
        html = page(
            ROOM,
            self.language,
            template,
            token=self.site.keys.forms,
            path=self.path,
            name=self.assembly.text("assembly") or self.assembly.folder.resolve().name,
            done=self.query.get("done", ""),
            **facts,
        )
        return HTMLResponse(html, status_code=status)

    def begin(self, step: str, run: Callable[[Counting], object]) -> None:
        """Begin a long task; what it writes says whose it is, as the project file has it by now.

        Raises
        ------
        InputErrors
            If another one is still running.
        """
        SENDER.set(sender_of(self.assembly.project))
        self.site.work.begin(step, run)

    def number(self, name: str, *, default: int | None = None) -> int:
        """A whole number of a form.

        Raises
        ------
        InputErrors
            If it is none.
        """
        text = self.form.get(name, "").strip()
        if not text and default is not None:
            return default
        if text.isascii() and text.isdigit() and len(text) <= 9:
            return int(text)
        raise InputErrors((Finding(code="app-not-a-number", value=text[:200]),))

    def day(self, name: str) -> date | None:
        """A day of a form; None if the field is blank.

        Raises
        ------
        InputErrors
            If it is none.
        """
        text = self.form.get(name, "").strip()
        day = read_date(text)
        if text and day is None:
            raise InputErrors((Finding(code="app-day-unclear", value=text[:200]),))
        return day


Problems = tuple[Sentence, ...]
Show = Callable[[Asked, Problems], Response]
Act = Callable[[Asked], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def decimal_of(text: str) -> float:
    """A number as somebody wrote it, with a comma or a point.

    Raises
    ------
    InputErrors
        If it is none.
    """
    plain = text.strip().replace(",", ".")
    if not DECIMAL.fullmatch(plain):
        raise InputErrors((Finding(code="app-not-a-decimal", value=text[:200]),))
    return float(plain)


def go(path: str, done: str = "") -> Response:
    """Send the browser to a page, which says what was done."""
    target = f"{path}?done={done}" if done else path
    return RedirectResponse(target, status_code=HTTPStatus.SEE_OTHER)


def shown(site: Site, show: Show) -> Endpoint:
    """A page that is looked at."""

    async def endpoint(request: Request) -> Response:
        asked = _asked(site, request)
        return await run_in_threadpool(_carefully, asked, lambda one: show(one, ()), show)

    return endpoint


def acted(site: Site, act: Act, show: Show) -> Endpoint:
    """Something that is done; if it cannot be, the page is shown again and says why."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
            texts: dict[str, tuple[str, ...]] = {}
            files: dict[str, tuple[Upload, ...]] = {}
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    if value.filename:
                        upload = Upload(name=value.filename, data=await value.read())
                        files[name] = (*files.get(name, ()), upload)
                else:
                    texts[name] = (*texts.get(name, ()), value)
        if not same(texts.pop("token", ("",))[-1], site.keys.forms):
            raise HTTPException(HTTPStatus.FORBIDDEN)
        asked = _asked(
            site,
            request,
            form={name: values[-1] for name, values in texts.items()},
            lists=texts,
            uploads=files,
        )
        return await run_in_threadpool(_carefully, asked, act, show)

    return endpoint


def _asked(site: Site, request: Request, **form: Any) -> Asked:
    chosen = request.cookies.get(LANGUAGE) or request.headers.get("accept-language", "")
    language: Language = "da" if chosen.lower().startswith("da") else "en"
    query = dict(request.query_params)
    return Asked(site=site, language=language, path=request.url.path, query=query, **form)


def _carefully(asked: Asked, answer: Act, show: Show) -> Response:
    """An answer, or why there is none; never a traceback."""
    try:
        SENDER.set(sender_of(asked.assembly.project))
        return answer(asked)
    except SortitionError as error:
        problems = told(error, asked.w)
    except HTTPException:
        raise
    except Exception as defect:  # what people wrote may stand in its text, so that is not shown
        return _defect(asked, place_of(defect))
    try:
        response = show(asked, problems)
    except SortitionError as error:
        response = asked.page("unreadable.html", alone=True, problems=told(error, asked.w))
    except Exception as defect:
        return _defect(asked, place_of(defect))
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def _defect(asked: Asked, place: str) -> Response:
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return asked.page("defect.html", alone=True, status=status, place=place)
