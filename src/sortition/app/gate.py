"""Who is let in: requests of this program's own pages, in bounds, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sortition.app.keys import Keys, same

LARGEST = 64 * 2**20  # bytes of a request; a workbook with 100,000 people has about 20 million
OPENING = "/open"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # without one, browsers hide the origin of forms too
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Gate:
    """Stands before every page.

    A request has to be for this machine and port, which stops names that somebody else has made
    to mean this machine; to carry the cookie, which no other program knows; and, if it changes
    anything, to come from a page of this origin.

    Parameters
    ----------
    app : ASGIApp
        What is behind it.
    keys : Keys
    """

    def __init__(self, app: ASGIApp, *, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let pass."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(Request(scope))
        if answer is not None:
            await answer(scope, receive, guarded)
        else:
            await self._app(scope, bounded(receive), guarded)

    def _answer(self, request: Request) -> Response | None:
        """What is said at the gate itself; None lets the request pass."""
        keys = self._keys
        if request.headers.getlist("host") not in [[host] for host in keys.hosts]:
            return refusal(HTTPStatus.MISDIRECTED_REQUEST)
        if request.method not in {"GET", "HEAD", "POST"}:
            return refusal(HTTPStatus.METHOD_NOT_ALLOWED)
        if request.url.path == OPENING and request.method == "GET":
            return self._opened(request)
        if not same(request.cookies.get(keys.cookie), keys.session):
            return refusal(HTTPStatus.FORBIDDEN)
        return self._change_refused(request) if request.method == "POST" else None

    def _opened(self, request: Request) -> Response:
        """Exchange the key in the address for a cookie that no script and no other site sends."""
        keys = self._keys
        if not same(request.query_params.get("key"), keys.opening):
            return refusal(HTTPStatus.FORBIDDEN)
        answer = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
        answer.set_cookie(keys.cookie, keys.session, httponly=True, samesite="strict")
        return answer

    def _change_refused(self, request: Request) -> Response | None:
        origins = [f"http://{host}" for host in self._keys.hosts]
        if request.headers.get("origin") not in origins:
            return refusal(HTTPStatus.FORBIDDEN)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in FORMS:
            return refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        length = request.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return refusal(HTTPStatus.BAD_REQUEST)
        return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE) if int(length) > LARGEST else None


def bounded(receive: Receive) -> Receive:
    """What is received, up to a length that nobody has to state truly."""
    taken = 0

    async def received() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return received


def refusal(status: HTTPStatus) -> Response:
    """A few words for people who came without the address that the program opened."""
    lines = [f"{status.value} {status.phrase}"]
    if status == HTTPStatus.FORBIDDEN:
        lines += [
            "Open the address that sortition app shows where it was started.",
            "Åbn den adresse, som sortition app viser, hvor den blev startet.",
        ]
    return PlainTextResponse("\n".join(lines), status_code=status)
