"""The letters: how many, from where, and drawing who gets one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, decimal_of, go
from sortition.app.assembly import INVITATIONS, PLAN, TABLE_SUFFIXES
from sortition.app.planned import letters_of, try_out
from sortition.app.telling import said
from sortition.app.uploads import Upload, under_their_names
from sortition.app.views.home import ended
from sortition.app.views.printing import facts_of, is_invited, key_of
from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model.choices import Short
from sortition.registry.source import open_registry
from sortition.steps.invite.options import Options
from sortition.steps.invite.run import invite
from sortition.steps.plan.reading import PlanInputs
from sortition.steps.plan.run import PlanOptions, plan_files

PER_CENT = {"rate": "5", "confidence": "95"}  # as the form has them, until a plan is kept
FACTOR = "3"
TRIALS = 200
SHORT: dict[str, Short] = {"take_all": "take-all", "reallocate": "reallocate"}


def show(asked: Asked, problems: Problems) -> Response:
    """The plan, who was drawn, and what the letters say."""
    asked, problems = ended(asked, "letters", problems)
    assembly = asked.assembly
    task = asked.site.work.of("letters")
    registry = registry_of(asked)
    invited: Any = assembly.document(f"{INVITATIONS}/report.json")
    facts: dict[str, Any] = {
        "problems": problems,
        "task": task if task is not None and task.running else None,
        "ready": assembly.file("quotas") is not None and assembly.size() is not None,
        "figures": _figures(asked),
        "plan": assembly.document(f"{PLAN}/plan.json"),
        "registry": registry.name if registry else "",
        "columns": _columns(registry) if registry else (),
        "features": _features(asked),
        "invited": invited,
        **facts_of(asked),
        "today": date.today(),
        "keyed": key_of(asked).is_file(),
        "letters": None,
        "faults": (),
    }
    if facts["ready"] and not facts["task"]:
        try:
            facts["letters"] = letters_of(_plan(asked, facts["figures"]))
        except InputErrors as unclear:
            facts["faults"] = said(unclear.faults, asked.w)
    return asked.page("letters.html", **facts)


def answer(asked: Asked) -> Response:
    """How many letters some figures mean; nothing is written."""
    figures = {name: asked.form.get(name, "") for name in _figures(asked)}
    return asked.part("letters_answer.html", letters=letters_of(_plan(asked, figures)), faults=())


def answer_failed(asked: Asked, problems: Problems) -> Response:
    """Why there is no answer."""
    return asked.part("letters_answer.html", faults=problems)


def take_registry(asked: Asked) -> Response:
    """Take the registry over as it came."""
    *_, upload = asked.chosen("registry")
    name = f"registry{upload.suffix}"
    _see_that_it_is_one(upload, name)
    asked.assembly.keep({name: upload.data})
    return go("/letters", "registry_kept")


def _see_that_it_is_one(upload: Upload, name: str) -> None:
    """Read a registry in a place of its own, so that none is kept that no page could show."""
    with TemporaryDirectory() as place, under_their_names({name: upload.name}):
        path = Path(place) / name
        path.write_bytes(upload.data)
        open_registry(path)


def plan(asked: Asked) -> Response:
    """Keep the plan, and try it out on the registry if that is wanted."""
    figures = {name: asked.form.get(name, "") for name in _figures(asked)}
    options = _plan(asked, figures)
    letters_of(options)
    kept = replace(options, out=asked.assembly.folder / PLAN, overwrite=True)
    registry = registry_of(asked) if asked.form.get("try") else None
    asked.begin(
        "letters", partial(try_out, kept, registry) if registry else partial(plan_files, kept)
    )
    return go("/letters")


def draw(asked: Asked) -> Response:
    """Draw who gets a letter."""
    registry = registry_of(asked)
    if registry is None:
        raise InputErrors((Finding(code="app-upload-missing"),))
    if is_invited(asked) and not asked.form.get("replace"):
        raise InputErrors((Finding(code="app-invited-already"),))
    columns = _columns(registry)
    young = asked.form.get("min-age", "").strip()
    options = Options(
        registries=(registry,),
        size=asked.number("letters"),
        seed=asked.form.get("seed", "").strip() or None,
        by=tuple(name for name in columns if name in asked.lists.get("by", ())),
        household=tuple(name for name in columns if name in asked.lists.get("address", ())),
        id_column=next((name for name in columns if name == asked.form.get("id")), None),
        min_age=asked.number("min-age") if young else None,
        age_on=asked.day("age-on") if young else None,
        key=key_of(asked) if asked.form.get("keep-cpr") else None,
        short=SHORT.get(asked.form.get("short", "")),
        keep_cpr=bool(asked.form.get("keep-cpr")),
        language=asked.language,
        out=asked.assembly.folder / INVITATIONS,
        overwrite=bool(asked.form.get("replace")),
    )
    asked.begin("letters", partial(invite, options))
    return go("/letters")


def registry_of(asked: Asked) -> Path | None:
    """The registry, as it was dropped last."""
    folder = asked.assembly.folder
    found = [path for end in TABLE_SUFFIXES if (path := folder / f"registry{end}").is_file()]
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def _figures(asked: Asked) -> dict[str, str]:
    """The figures of the plan that was kept last, as the form has them."""
    kept: Any = asked.assembly.document(f"{PLAN}/plan.json")
    figures = {**PER_CENT, "factor": FACTOR, "guess": ""}
    if isinstance(kept, dict) and kept["options"]["rate"] is not None:
        options = kept["options"]
        figures["rate"] = options["rate"].removesuffix("%").strip()
        figures["confidence"] = f"{100 * options['confidence']:g}"
        figures["factor"] = f"{options['pool_factor']:g}"
        figures["guess"] = "1" if options["method"] == "beta-binomial" else ""
    return {name: asked.form.get(name, text) for name, text in figures.items()}


def _plan(asked: Asked, figures: dict[str, str]) -> PlanOptions:
    """The options of a plan with these figures, everybody one stratum."""
    quotas, size = asked.assembly.file("quotas"), asked.assembly.size()
    if quotas is None or size is None:
        raise InputErrors((Finding(code="app-inputs-missing"),))
    return PlanOptions(
        inputs=PlanInputs(
            quotas=quotas,
            panel_size=size,
            rates=None,
            rate=f"{figures['rate'].strip()} %",
            registry=None,
            further=False,
        ),
        method="beta-binomial" if figures["guess"] else "guaranteed",
        confidence=round(decimal_of(figures["confidence"]) / 100, 6),
        pool_factor=decimal_of(figures["factor"]),
        trials=TRIALS,
        seed="1",
        scheduler=None,
        workers=1,
        language=asked.language,
        out=None,
        overwrite=False,
    )


def _features(asked: Asked) -> tuple[str, ...]:
    """The features of the quotas, which make good strata."""
    quotas, size = asked.assembly.file("quotas"), asked.assembly.size()
    if quotas is None or size is None:
        return ()
    return tuple(read_quota_sheet(quotas, size).quotas.features)


def _columns(registry: Path) -> tuple[str, ...]:
    """The columns of the registry, which is large and read again only once it was written again."""
    now = registry.stat()
    return _header(registry, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=2)
def _header(registry: Path, _written: int, _size: int) -> tuple[str, ...]:
    return tuple(open_registry(registry).header.header)
