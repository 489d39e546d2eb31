"""A view as an endpoint: its form is read, its answer sent, and what goes wrong is told."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sortition.app.asking import LANGUAGE, Act, Asked, Endpoint, Show, Site
from sortition.app.keys import same
from sortition.app.telling import told
from sortition.app.uploads import Upload
from sortition.app.work import place_of
from sortition.errors import SortitionError
from sortition.model import Language
from sortition.pages.sender import SENDER, sender_of

MOST_FIELDS = 5_000
MOST_FILES = 8


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
