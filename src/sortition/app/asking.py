"""A request as the views see it, and what they answer with."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sortition.app.assembly import Assembly
from sortition.app.board import board
from sortition.app.bounds import is_whole
from sortition.app.keys import Keys
from sortition.app.trial import is_tried
from sortition.app.uploads import Upload
from sortition.app.work import Task, Work
from sortition.core.progress import Counting
from sortition.errors import Finding, InputErrors
from sortition.model import Language
from sortition.pages.sender import SENDER, sender_of
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.tables.dates import read_date
from sortition.texts import Sentence

ROOM = "app"
LANGUAGE = "sortition-language"  # the name of the cookie
DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


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
        if not facts.pop("alone", False):
            steps = board(self.assembly)
            facts["steps"] = steps
            facts["here"] = {one.name: one.state for one in steps}.get(self.path.split("/")[1], "")
        return self.part(template, status=status, **facts)

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
            tried=is_tried(self.assembly),
            # what was sent stands in a form that is shown again with what is wrong
            **{"typed": self.form, "ticked": self.lists, **facts},
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
        task = Task(step=step, form=self.form, lists=self.lists)
        self.site.work.begin(task, run)

    def chosen(self, name: str) -> tuple[Upload, ...]:
        """The files that were chosen in a field.

        Raises
        ------
        InputErrors
            If there is none.
        """
        if not self.uploads.get(name):
            raise InputErrors((Finding(code="app-upload-missing"),))
        return self.uploads[name]

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
        if is_whole(text):
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


def listed(text: str) -> tuple[str, ...]:
    """What stands between the commas of a text."""
    return tuple(filter(None, map(str.strip, text.split(","))))


def go(path: str, done: str = "") -> Response:
    """Send the browser to a page, which says what was done."""
    target = f"{path}{'&' if '?' in path else '?'}done={done}" if done else path
    return RedirectResponse(target, status_code=HTTPStatus.SEE_OTHER)
