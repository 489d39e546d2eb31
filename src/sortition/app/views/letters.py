"""The letters: how many, from where, drawing who gets one, and the letters to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, get_args

from starlette.responses import Response

from sortition.app.asking import Asked, Problems, decimal_of, go
from sortition.app.assembly import INVITATIONS, LETTERS, PLAN, TABLE_SUFFIXES
from sortition.app.planned import letters_of
from sortition.app.telling import said
from sortition.app.views.home import problems_of
from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model.choices import Kind
from sortition.registry.source import open_registry
from sortition.steps.invite.options import Options as InviteOptions
from sortition.steps.invite.run import invite
from sortition.steps.letters.drafts import text_draft
from sortition.steps.letters.options import Options as LetterOptions
from sortition.steps.letters.run import write_letters
from sortition.steps.plan.reading import PlanInputs
from sortition.steps.plan.run import PlanOptions, plan_files

KINDS: tuple[Kind, ...] = get_args(Kind)
TO_INVITED: tuple[Kind, ...] = ("invitation", "reminder")
SAID = ("assembly", "organiser", "contact", "days")
REMINDERS = "intake/reminders.xlsx"
PER_CENT = {"rate": "5", "confidence": "95"}  # as the form has them, until a plan is kept
FACTOR = "3"
TRIALS = 200


def show(asked: Asked, problems: Problems) -> Response:
    """The plan, who was drawn, and what the letters say."""
    assembly = asked.assembly
    task = asked.site.work.of("letters")
    registry = registry_of(asked)
    invited: Any = assembly.document(f"{INVITATIONS}/report.json")
    facts: dict[str, Any] = {
        "problems": (*problems, *problems_of(asked, "letters")),
        "task": task if task is not None and task.running else None,
        "ready": assembly.file("quotas") is not None and assembly.size() is not None,
        "figures": _figures(asked),
        "plan": assembly.document(f"{PLAN}/plan.json"),
        "registry": registry.name if registry else "",
        "columns": _columns(registry) if registry else (),
        "features": _features(asked),
        "invited": invited,
        "kinds": [kind for kind in KINDS if _people(asked, kind) is not None],
        "kind": _kind(asked),
        "text": _text(asked, _kind(asked)),
        "said": {name: asked.form.get(name) or assembly.text(name) for name in SAID},
        "reply_at": asked.form.get("reply-at") or assembly.text("reply-at"),
        "answer_by": asked.form.get("answer-by") or assembly.setting("answer-by") or "",
        "printed": (assembly.folder / LETTERS / _kind(asked) / "letters.html").is_file(),
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
    uploads = asked.uploads.get("registry", ())
    if not uploads:
        raise InputErrors((Finding(code="app-upload-missing"),))
    asked.assembly.keep({f"registry{uploads[-1].suffix}": uploads[-1].data})
    registry = registry_of(asked)
    if registry is not None:
        _columns(registry)
    return go("/letters", "registry_kept")


def plan(asked: Asked) -> Response:
    """Keep the plan, and try it out if there is a registry."""
    figures = {name: asked.form.get(name, "") for name in _figures(asked)}
    options = _plan(asked, figures)
    letters_of(options)
    inputs = replace(options.inputs, registry=registry_of(asked))
    kept = replace(options, inputs=inputs, out=asked.assembly.folder / PLAN, overwrite=True)
    asked.begin("letters", partial(plan_files, kept))
    return go("/letters")


def draw(asked: Asked) -> Response:
    """Draw who gets a letter."""
    registry = registry_of(asked)
    if registry is None:
        raise InputErrors((Finding(code="app-upload-missing"),))
    if _invited(asked) and not asked.form.get("replace"):
        raise InputErrors((Finding(code="app-invited-already"),))
    columns = _columns(registry)
    options = InviteOptions(
        registries=(registry,),
        size=asked.number("letters"),
        seed=asked.form.get("seed", "").strip() or None,
        by=tuple(name for name in columns if name in asked.lists.get("by", ())),
        household=tuple(name for name in columns if name in asked.lists.get("address", ())),
        language=asked.language,
        out=asked.assembly.folder / INVITATIONS,
        overwrite=bool(asked.form.get("replace")),
    )
    asked.begin("letters", partial(invite, options))
    return go("/letters")


def write(asked: Asked) -> Response:
    """Keep what a letter says, and make the letters to print and the file for mail programs."""
    kind = _kind(asked)
    people = _people(asked, kind)
    if people is None:
        raise InputErrors((Finding(code="app-nobody-to-write-to"),))
    about = {name: asked.form.get(name, "").strip() for name in SAID}
    reply_at = asked.form.get("reply-at", "").strip()
    answer_by = asked.day("answer-by")
    text = "\n".join(asked.form.get("text", "").splitlines()).strip() + "\n"
    own = text if text not in {text_draft(kind, asked.language), "\n"} else ""
    settings = {**about, "reply-at": reply_at}
    asked.assembly.keep(
        {f"letter-{kind}.txt": own.encode()} if own or _own(asked, kind).is_file() else {},
        **{name: value or None for name, value in settings.items()},
        **{"answer-by": answer_by},
    )
    options = LetterOptions(
        kind=kind,
        people=people,
        template=_own(asked, kind) if own else None,
        facts={name: value for name, value in about.items() if value},
        reply_at=reply_at,
        dated=date.today(),
        answer_by=answer_by,
        language=asked.language,
        out=asked.assembly.folder / LETTERS / kind,
        overwrite=True,
    )
    asked.begin("letters", partial(write_letters, options))
    return go(f"/letters?kind={kind}")


def registry_of(asked: Asked) -> Path | None:
    """The registry, as it was dropped last."""
    folder = asked.assembly.folder
    found = [path for end in TABLE_SUFFIXES if (path := folder / f"registry{end}").is_file()]
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def _invited(asked: Asked) -> bool:
    return (asked.assembly.folder / INVITATIONS / "letters.csv").is_file()


def _kind(asked: Asked) -> Kind:
    named = asked.form.get("kind") or asked.query.get("kind", "")
    return next((kind for kind in KINDS if kind == named), "invitation")


def _people(asked: Asked, kind: Kind) -> Path | None:
    """Whom a letter is for; None if nobody is known yet."""
    folder = asked.assembly.folder
    if kind not in TO_INVITED:
        return asked.assembly.lottery if asked.assembly.drawn else None
    silent = folder / REMINDERS
    if kind == "reminder" and silent.is_file():
        return silent
    return folder / INVITATIONS if _invited(asked) else None


def _own(asked: Asked, kind: Kind) -> Path:
    return asked.assembly.folder / f"letter-{kind}.txt"


def _text(asked: Asked, kind: Kind) -> str:
    """The letter as it was sent with the form, as it was changed, or as it is ours."""
    path = _own(asked, kind)
    own = path.read_text(encoding="utf-8") if path.is_file() else ""
    return asked.form.get("text") or own or text_draft(kind, asked.language)


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
