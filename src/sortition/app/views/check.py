"""The check: whether a panel is possible, who is scarce, what each quota costs."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.board import CHECK, is_of
from sortition.app.views.home import ended
from sortition.errors import Finding, InputErrors
from sortition.steps.check.run import CheckOptions, check_inputs


def show(asked: Asked, problems: Problems) -> Response:
    """The verdict that was written last, or that there is none yet."""
    asked, problems = ended(asked, "check", problems)
    assembly = asked.assembly
    found: Any = assembly.document(CHECK)
    task = asked.site.work.of("check")
    facts: dict[str, Any] = {
        "problems": problems,
        "task": task if task is not None and task.running else None,
        "ready": assembly.inputs() is not None,
        "found": found,
        "stale": False,
        "groups": {},
        "excluded": 0,
        "most": 1,
    }
    if found:
        facts["excluded"] = sum(len(one["ids"]) for one in found["excluded"] or ())
        facts["stale"] = not is_of(found, assembly, assembly.digests())
        facts["most"] = max(quota["pool"]["people"] for quota in found["quotas"])
        for quota in found["quotas"]:
            facts["groups"].setdefault(quota["feature"], []).append(quota)
    return asked.page("check.html", **facts)


def run(asked: Asked) -> Response:
    """Check what lies in the folder, and write the page and its figures there."""
    inputs = asked.assembly.inputs()
    if inputs is None:
        raise InputErrors((Finding(code="app-inputs-missing"),))
    options = CheckOptions(
        quotas=inputs.quotas,
        quotas_sheet=None,
        panel_size=inputs.panel_size,
        inputs=inputs,
        population=None,
        solver="highs",
        language=asked.language,
        out=asked.assembly.checked,
        write_relaxed=None,
        overwrite=True,
    )
    asked.begin("check", partial(check_inputs, options))
    return go("/check")
