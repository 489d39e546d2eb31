"""All pages and what can be done on them, by their addresses."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module
from types import ModuleType
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sortition.app.asking import Act, Show, Site
from sortition.app.assembly import Assembly
from sortition.app.board import STEPS
from sortition.app.endpoints import acted, shown
from sortition.app.gate import Gate, refusal
from sortition.app.keys import Keys
from sortition.app.views import files, home
from sortition.app.work import Work


def step(module: str, name: str = "show") -> Callable[..., Response]:
    """A view of a step, which is loaded when it is first asked for: solvers take their time."""

    def view(*asked: Any) -> Response:
        answer: Response = getattr(_loaded(module), name)(*asked)
        return answer

    return view


def _loaded(module: str) -> ModuleType:
    return import_module(f"sortition.app.views.{module}")


def load() -> None:
    """Load all of them, so that nobody waits for it later."""
    for module in STEPS:
        _loaded(module)


PAGES: dict[str, Show] = {
    "/": home.show,
    "/work/{step}": home.progress,
    **{f"/{name}": step(name) for name in STEPS},
}
ACTS: dict[str, tuple[Act, Show]] = {
    "/language": (home.switch, home.show),
    "/stop": (home.stop, home.show),
    "/work/stop": (home.stop_work, home.show),
    "/letters/answer": (step("letters", "answer"), step("letters", "answer_failed")),
    **{f"/letters/{name}": (step("printing", name), step("letters")) for name in ("write", "undo")},
    "/quotas/answer": (step("quotas", "answer"), step("quotas", "answer_failed")),
    "/quotas/reasons": (step("quotas", "reasons"), step("quotas", "answer_failed")),
    **{
        f"/pool/{path}": (step("intake", name), step("pool"))
        for path, name in (("answers", "add"), ("settle", "settle"), ("settle/undo", "undo"))
    },
    **{
        f"/{module}/{path}": (step(module, name), step(module))
        for module, path, name in (
            ("quotas", "figures", "from_figures"),
            ("quotas", "file", "from_file"),
            ("quotas", "type", "typed"),
            ("quotas", "keep", "keep"),
            ("quotas", "take", "take"),
            ("quotas", "undo", "undo"),
            ("letters", "registry", "take_registry"),
            ("letters", "plan", "plan"),
            ("letters", "draw", "draw"),
            ("pool", "file", "from_file"),
            ("pool", "map", "keep_map"),
            ("pool", "undo", "undo"),
            ("pool", "file/undo", "undo_file"),
            ("check", "run", "run"),
            ("lottery", "publish", "publish"),
            ("lottery", "aside", "aside"),
            ("draw", "draw", "draw"),
            ("panel", "call", "call"),
            ("panel", "note", "note"),
            ("panel", "undo", "undo"),
            ("panel", "replace", "replace"),
            ("panel", "draw", "draw_round"),
            ("panel", "reserve", "reserve"),
            ("tables", "seat", "seat"),
            ("meetings", "keep", "keep"),
            ("meetings", "undo", "undo"),
            ("meetings", "template", "template"),
            ("meetings", "evaluate", "evaluate"),
            ("out", "everything", "everything"),
            ("out", "public", "public"),
        )
    },
}


def site_of(assembly: Assembly, keys: Keys, close: Callable[[], None]) -> tuple[ASGIApp, Work]:
    """The pages behind their gate, and the one long task that they share.

    Raises
    ------
    InputErrors
        As `Assembly.settle`.
    """
    assembly.settle()
    site = Site(assembly=assembly, keys=keys, work=Work(), close=close)
    app = Starlette(
        routes=[
            *(Route(path, acted(site, *act), methods=["POST"]) for path, act in ACTS.items()),
            *(Route(path, shown(site, show), methods=["GET"]) for path, show in PAGES.items()),
            Route("/assets/{name}", files.asset, methods=["GET"]),
            Route("/file/{name:path}", files.result_of(assembly), methods=["GET"]),
        ],
        exception_handlers={HTTPException: _refused},
    )
    return Gate(app, keys=keys), site.work


async def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return refusal(HTTPStatus(status))
