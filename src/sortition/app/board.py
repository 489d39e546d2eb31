"""How far an assembly has come: for each step what is done, what comes next, what is stale.

All of it is read off the folder, so that it does not matter who took a step, here or by a command.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sortition.app.assembly import CHECKED, INTAKE, INVITATIONS, LOTTERY, Assembly
from sortition.audit.shapes.bundle import COMMITMENT, LOG
from sortition.tables.content import digest_of

State = Literal["done", "next", "later", "stale", "open"]
STEPS = (
    "quotas",
    "letters",
    "pool",
    "check",
    "lottery",
    "draw",
    "panel",
    "tables",
    "meetings",
    "out",
)
SEATED = f"{LOTTERY}/seating/seating.json"
CHECK = f"{CHECKED}/check.json"
LETTERS_DRAWN = f"{INVITATIONS}/report.json"
EVALUATED = f"{LOTTERY}/evaluation/evaluation.json"
ROUNDS = f"{LOTTERY}/public/replacement-*/replacement.json"
CAME = ("attendance.csv", "questionnaire.*", f"{LOTTERY}/calls-*.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step and where it stands.

    Attributes
    ----------
    name : str
    state : {"done", "next", "later", "stale", "open"}
        Stale: it was done, and something before it has changed since. Open: it is for any time.
    open : bool
        Whether its page has something to do or to show.
    """

    name: str
    state: State
    open: bool


def board(assembly: Assembly) -> tuple[Step, ...]:
    """The steps in their order.

    Raises
    ------
    InputErrors
        If the project file cannot be read.
    """
    found = _found(assembly)
    steps = []
    waiting = True  # for the first that is to be done
    for name in STEPS:
        state: State = found[name]
        if state == "later" and _ready(name, found):
            state = "open" if _whenever(name, found) else "next" if waiting else "later"
        waiting = waiting and state in {"done", "open"}
        steps.append(Step(name=name, state=state, open=_ready(name, found)))
    return tuple(steps)


def _found(assembly: Assembly) -> dict[str, State]:
    """What was done, and what of it is stale."""
    digests = assembly.digests()
    has_size = assembly.size() is not None
    found: dict[str, State] = dict.fromkeys(STEPS, "later")
    if "quotas" in digests and has_size:
        found["quotas"] = "done"
    if assembly.document(LETTERS_DRAWN) is not None:
        found["letters"] = "stale" if _since(assembly, LETTERS_DRAWN, "registry.*") else "done"
    if "pool" in digests:
        found["pool"] = "stale" if is_outdated(assembly) else "done"
    checked = assembly.document(CHECK)
    if isinstance(checked, dict):
        found["check"] = "done" if is_of(checked, assembly, digests) else "stale"
    if assembly.published:
        fresh = assembly.drawn or assembly.published_from() == digests
        found["lottery"] = "done" if fresh else "stale"
    if assembly.drawn:
        found["draw"] = "done"
        found["panel"] = "done" if _all_answered(assembly) else "later"
    if assembly.document(EVALUATED) is not None:
        found["meetings"] = "stale" if _since(assembly, EVALUATED, *CAME, ROUNDS) else "done"
    if assembly.document(SEATED) is not None:
        found["tables"] = "stale" if _since(assembly, SEATED, ROUNDS) else "done"
    return found


def is_taken_in(assembly: Assembly) -> bool:
    """Whether the pool is one that was made of answers."""
    return assembly.text("pool") == f"{INTAKE}/pool.csv"


def is_outdated(assembly: Assembly) -> bool:
    """Whether a pool was made of other answers, lists or choices than there are now."""
    made: Any = assembly.document(f"{INTAKE}/intake.json") if is_taken_in(assembly) else None
    if not isinstance(made, dict):
        return False
    inputs = [one for one in made["inputs"] if one["what"] != "quotas"]
    day = assembly.setting("intake.age-on")
    options, digests = made["options"], sorted(map(digest_of, assembly.answers()))
    return digests != sorted(one["sha256"] for one in inputs) or (
        options["same"] != (assembly.text("intake.same") or "last")
        or (day is not None and options["age_on"] != str(day))
    )


def _whenever(name: str, found: Mapping[str, State]) -> bool:
    """Whether nobody has to wait for a step: those who have a pool need no letters."""
    return name == "out" or (name == "letters" and found["pool"] != "later")


def _ready(name: str, found: Mapping[str, State]) -> bool:
    """Whether what a step needs is there."""
    needs = {
        "quotas": (),
        "letters": ("quotas",),
        "pool": ("quotas",),
        "check": ("quotas", "pool"),
        "lottery": ("quotas", "pool"),
        "draw": ("lottery",),
        "panel": ("draw",),
        "tables": ("draw",),
        "meetings": ("draw",),
        "out": ("quotas",),
    }
    return all(found[need] != "later" for need in needs[name])


def is_of(checked: Mapping[str, Any], assembly: Assembly, digests: Mapping[str, str]) -> bool:
    """Whether a check was made of what lies in the folder now."""
    inputs = checked.get("inputs") or {}
    read = {name: (inputs.get(name) or {}).get("sha256") for name in ("pool", "quotas")}
    options = checked.get("options") or {}
    # a map stands among what was assumed, with its digest
    mapped = digests.get("map", "") in " ".join(checked.get("assumed") or ())
    return (
        mapped
        and read == {name: digests.get(name) for name in read}
        and checked.get("panel_size") == assembly.size()
        and tuple(options.get("household") or ()) == assembly.household()
    )


def events(assembly: Assembly) -> Iterator[dict[str, Any]]:
    """What the log of the lottery tells, the oldest first; it is verified elsewhere."""
    try:
        lines = (assembly.lottery / LOG).read_bytes().splitlines()
        for line in lines:
            event = json.loads(line)
            if isinstance(event, dict):
                yield event
    except (OSError, ValueError, RecursionError):
        return


def _all_answered(assembly: Assembly) -> bool:
    """Whether everybody who is on the panel by now has confirmed."""
    counts: Mapping[str, int] = {}
    for event in events(assembly):
        if event.get("event") == "replaced":
            counts = {}
        elif event.get("event") == "confirmed":
            counts = (event.get("facts") or {}).get("counts") or {}
    return counts.get("confirmed", 0) == (assembly.size() or -1)


def _since(assembly: Assembly, made: str, *sources: str) -> bool:
    """Whether a file that something was made from was written after it."""
    then = (assembly.folder / made).stat().st_mtime
    paths = (path for source in sources for path in assembly.folder.glob(source))
    return any(path.stat().st_mtime > then for path in paths)


def announced(assembly: Assembly) -> str:
    """The digest of the commitment that is to be announced; empty without a lottery."""
    path = assembly.lottery / COMMITMENT
    return digest_of(path) if path.is_file() else ""
