"""The board, the switch of the language, and the end."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response

from sortition.app.asking import LANGUAGE, Asked, Problems, go
from sortition.app.board import STEPS
from sortition.app.telling import told
from sortition.texts import Sentence

MOMENT = 0.6  # seconds until something new is told; the end is told at once


def show(asked: Asked, problems: Problems) -> Response:
    """The steps in their order, and where each stands."""
    return asked.page("board.html", problems=problems)


def switch(asked: Asked) -> Response:
    """Speak the other language from now on, and show the same page."""
    back = asked.form.get("back", "/")
    answer = go(back if back.strip("/") in STEPS else "/")
    chosen = "da" if asked.form.get("language") == "da" else "en"
    answer.set_cookie(LANGUAGE, chosen, max_age=400 * 86_400, httponly=True, samesite="strict")
    return answer


def stop(asked: Asked) -> Response:
    """End the program."""
    asked.site.close()
    return asked.page("stopped.html", alone=True)


def progress(asked: Asked, _problems: Problems) -> Response:
    """How far the task of a step is, told after a moment; at its end, its page is loaded anew."""
    step = asked.path.rpartition("/")[2]
    if step not in STEPS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    work = asked.site.work
    if (task := work.of(step)) is not None and task.running:
        work.wait(MOMENT)
        task = work.of(step)
    if task is None or not task.running:
        answer = Response(status_code=HTTPStatus.NO_CONTENT)
        answer.headers["HX-Redirect"] = f"/{step}"
        return answer
    return asked.part("working.html", task=task)


def stop_work(asked: Asked) -> Response:
    """Stop the task that runs; what it had begun is undone."""
    asked.site.work.stop()
    asked.site.work.wait(10)
    step = asked.form.get("step", "")
    return go(f"/{step}" if step in STEPS else "/")


def ended(asked: Asked, step: str, problems: Problems) -> tuple[Asked, Problems]:
    """The request with why the task of a step ended without a result, told once, and its form."""
    task = asked.site.work.of(step)
    if task is None or task.running:
        return asked, problems
    asked.site.work.forget()
    if task.defect:
        text = asked.w.text("defect.lead", place=task.defect)
        why: Problems = (Sentence(text=text, language=asked.language),)
    else:
        why = told(task.error, asked.w) if task.error is not None else ()
    if why and not asked.form:
        asked = replace(asked, form=task.form, lists=task.lists)
    return asked, (*problems, *why)
