"""Files as they are: the program's own, and results by names that are known."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from importlib import resources
from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sortition.app.asking import Endpoint
from sortition.app.assembly import CHECKED, INTAKE, INVITATIONS, LETTERS, LOTTERY, PLAN, Assembly
from sortition.audit.shapes.bundle import SHEET, VERIFIER
from sortition.model.choices import Kind

ASSETS = {
    "style.css": (("pages/templates/style.css", "app/assets/app.css"), "text/css"),
    "htmx.min.js": (("app/assets/htmx.min.js",), "text/javascript"),
    "app.js": (("app/assets/app.js",), "text/javascript"),
    "draw.js": (("app/assets/draw.js",), "text/javascript"),
}
HTML = "text/html; charset=utf-8"
# pages that were written: nothing of them may reach the pages of this program
SEALED_OFF = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# this one has scripts of its own, and says by their digests which
WITH_SCRIPTS = (
    "sandbox allow-scripts allow-downloads; default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; img-src data:"
)
PAGES = {
    f"{CHECKED}/check.html": SEALED_OFF,
    f"{INTAKE}/intake.html": SEALED_OFF,
    f"{PLAN}/plan.html": SEALED_OFF,
    f"{INVITATIONS}/report.html": SEALED_OFF,
    **{f"{LETTERS}/{kind}/letters.html": SEALED_OFF for kind in get_args(Kind)},
    f"{LOTTERY}/report.html": SEALED_OFF,
    f"{LOTTERY}/{SHEET}": SEALED_OFF,
    f"{LOTTERY}/alternates.html": SEALED_OFF,
    f"{LOTTERY}/seating/name_cards.html": SEALED_OFF,
    f"{LOTTERY}/evaluation/evaluation.html": SEALED_OFF,
    f"{LOTTERY}/{VERIFIER}": WITH_SCRIPTS,
}
LISTS = {
    f"{INTAKE}/contacts.xlsx",
    f"{INVITATIONS}/letters.csv",
    f"{INVITATIONS}/invited.xlsx",
    *(f"{LETTERS}/{kind}/letters.xlsx" for kind in get_args(Kind)),
} | {
    f"{LOTTERY}/{name}"
    for name in (
        "panel.csv",
        "panel.xlsx",
        "not_selected.csv",
        "alternates.csv",
        "alternates.xlsx",
        "seating/seating.xlsx",
        "seating/seating.csv",
    )
}
ROUND = re.compile(
    rf"{LOTTERY}/replacement-[1-9][0-9]{{0,3}}/"
    r"(?:replacement\.html|replacements\.(?:csv|xlsx)|panel\.(?:csv|xlsx))"
)


@cache
def _packaged(name: str) -> bytes:
    places, _ = ASSETS[name]
    home = resources.files("sortition")
    return b"\n".join(home.joinpath(place).read_bytes() for place in places)


async def asset(request: Request) -> Response:
    """A file of the program's own."""
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Response(_packaged(name), media_type=ASSETS[name][1])


def result_of(assembly: Assembly) -> Endpoint:
    """Answers with a result of an assembly: a page to look at, or a list to keep."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_result, assembly, request.path_params["name"])

    return endpoint


def _result(assembly: Assembly, name: str) -> Response:
    if name not in PAGES and name not in LISTS and not ROUND.fullmatch(name):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    try:
        content = (assembly.folder / name).read_bytes()
    except OSError:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    if name.endswith(".html"):
        policy = PAGES.get(name, SEALED_OFF)
        return Response(content, media_type=HTML, headers={"Content-Security-Policy": policy})
    return download(content, name.rpartition("/")[2])


def download(content: bytes, name: str) -> Response:
    """A file to keep; its name is one of ours."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/octet-stream", headers=headers)
