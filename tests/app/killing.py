"""The acts of an assembly, and a process that forks for each and kills it before a chosen step."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from sortition.app.site import load
from tests.folders.steps import Steps

from .asking import Answer, Visitor

Act = Callable[[Visitor], Answer]
QUOTAS = b"feature,value,min,max\nsex,f,1,2\nsex,m,1,2\n"
ROWS = [f"{n},{'fm'[n % 2]},Name {n},n{n}@example.org,Road {n}" for n in range(16)]
PEOPLE = "\n".join(["id,sex,name,mail,address", *ROWS, ""]).encode()
FORM = PEOPLE.replace(b"id,sex", b"nr,What is your sex?")
ABOUT = {"assembly": "Nordby", "organiser": "Nordby Kommune"}


def _bounds(visitor: Visitor) -> Answer:
    return visitor.send("/quotas/keep", **{**visitor.get("/quotas").fields(), "lower-0": "0"})


def _write(visitor: Visitor) -> Answer:
    text = "Come\n\nDear {{name}}, your code: {{code}}\n"
    form = {
        "text": text,
        "contact": "A",
        "days": "B",
        "reply-at": "C {code}",
        "answer-by": "2027-01-20",
    }
    return visitor.send("/letters/write", kind="invitation", **ABOUT, **form)


def _settle(visitor: Visitor) -> Answer:
    fields = {**visitor.get("/pool").fields(), "use": "form-1.csv"}
    return visitor.send("/pool/settle", **fields)


def _answer(visitor: Visitor) -> Answer:
    """Somebody who was drawn says no."""
    call = visitor.get("/panel").html.partition('action="/panel/call"')[2]
    form = {name: call.split(f'name="{name}" value="')[1].split('"')[0] for name in ("id", "seen")}
    seen = form["seen"].replace("&#34;", '"')
    return visitor.send("/panel/call", id=form["id"], seen=seen, status="declined")


def _came(visitor: Visitor) -> Answer:
    page = visitor.get("/meetings")
    ids = [line.split('"')[0] for line in page.html.split('name="came-1" value="')[1:]]
    version = page.fields()["version"]
    return visitor.send("/meetings/keep", version=version, **{"came-1": ids[:2]})


# in their order, each from where the ones before it have led
ACTS: dict[str, Act] = {
    "quotas": lambda v: v.send("/quotas/file", {"quotas": ("q.csv", QUOTAS)}, size="3"),
    "bounds": _bounds,
    "bounds undone": lambda v: v.send("/quotas/undo"),
    "plan": lambda v: v.send("/letters/plan", rate="50", factor="1", confidence="90"),
    "registry": lambda v: v.send("/letters/registry", {"registry": ("r.csv", PEOPLE)}),
    "letters drawn": lambda v: v.send("/letters/draw", letters="12", seed="7 9 12"),
    "letters written": _write,
    "answers": lambda v: v.send("/pool/answers", {"files": ("f.csv", FORM)}),
    "answers settled": _settle,
    "check": lambda v: v.send("/check/run"),
    "lottery": lambda v: v.send("/lottery/publish", objective="leximin", **ABOUT),
    "draw": lambda v: v.send("/draw/draw", digits="187", sure="1"),
    "reserve": lambda v: v.send("/panel/reserve", count="2"),
    "call": _answer,
    "call undone": lambda v: v.send("/panel/undo"),
    "call again": _answer,
    "round": lambda v: v.send("/panel/replace"),
    "tables": lambda v: v.send("/tables/seat", tables="1", sessions="1", names="name"),
    "meetings": _came,
    "evaluation": lambda v: v.send("/meetings/evaluate"),
    "public part": lambda v: v.send("/out/public"),
}


def serve() -> None:
    """Do what comes in, a line of JSON an act, each in a process of its own."""
    load()
    import_module("sortition.tables.written.results")
    for line in sys.stdin:
        home, act, at = json.loads(line)
        reading, writing = os.pipe()
        if (process := os.fork()) == 0:
            os.close(reading)
            visitor = Visitor.at(Path(home))
            steps = Steps(Path(home).parent)
            steps.befall("kill", at)
            steps.install()
            ACTS[act](visitor)
            os.write(writing, str(steps.count).encode())
            os._exit(0)
        os.close(writing)
        counted = os.read(reading, 20).decode()
        os.close(reading)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        sys.stdout.write(json.dumps([code, int(counted or -1)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
