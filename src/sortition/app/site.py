"""All pages and what can be done on them, by their addresses."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sortition.app.asking import Act, Show, Site, acted, shown
from sortition.app.assembly import Assembly
from sortition.app.gate import Gate, refusal
from sortition.app.keys import Keys
from sortition.app.views import check, draw, files, home, lottery, out, panel, pool, quotas, tables
from sortition.app.work import Work

PAGES: dict[str, Show] = {
    "/": home.show,
    "/work/{step}": home.progress,
    "/quotas": quotas.show,
    "/pool": pool.show,
    "/check": check.show,
    "/lottery": lottery.show,
    "/draw": draw.show,
    "/panel": panel.show,
    "/tables": tables.show,
    "/out": out.show,
}
ACTS: dict[str, tuple[Act, Show]] = {
    "/language": (home.switch, home.show),
    "/stop": (home.stop, home.show),
    "/work/stop": (home.stop_work, home.show),
    "/quotas/figures": (quotas.from_figures, quotas.show),
    "/quotas/file": (quotas.from_file, quotas.show),
    "/quotas/type": (quotas.typed, quotas.show),
    "/quotas/answer": (quotas.answer, quotas.answer_failed),
    "/quotas/keep": (quotas.keep, quotas.show),
    "/quotas/take": (quotas.take, quotas.show),
    "/quotas/undo": (quotas.undo, quotas.show),
    "/pool/file": (pool.from_file, pool.show),
    "/pool/map": (pool.keep_map, pool.show),
    "/pool/undo": (pool.undo, pool.show),
    "/check/run": (check.run, check.show),
    "/lottery/publish": (lottery.publish, lottery.show),
    "/draw/draw": (draw.draw, draw.show),
    "/panel/call": (panel.call, panel.show),
    "/panel/note": (panel.note, panel.show),
    "/panel/undo": (panel.undo, panel.show),
    "/panel/replace": (panel.replace, panel.show),
    "/panel/reserve": (panel.reserve, panel.show),
    "/tables/seat": (tables.seat, tables.show),
    "/out/everything": (out.everything, out.show),
    "/out/public": (out.public, out.show),
}


def site_of(assembly: Assembly, keys: Keys, close: Callable[[], None]) -> tuple[ASGIApp, Work]:
    """The pages behind their gate, and the one long task that they share."""
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
