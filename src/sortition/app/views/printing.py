"""The letters to print and to send: whom they are for, and what they say."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, get_args

from starlette.responses import Response

from sortition.app.asking import Asked, go, listed
from sortition.app.assembly import INVITATIONS, LETTERS
from sortition.errors import Finding, InputErrors
from sortition.model.choices import Kind
from sortition.steps.letters.drafts import text_draft
from sortition.steps.letters.options import Options
from sortition.steps.letters.run import write_letters

KINDS: tuple[Kind, ...] = get_args(Kind)
TO_INVITED: tuple[Kind, ...] = ("invitation", "reminder")
SAID = ("assembly", "organiser", "contact", "days")
WHO = ("names", "address")  # columns of the list, where they are not known by their names
REMINDERS = "intake/reminders.xlsx"


def facts_of(asked: Asked) -> dict[str, Any]:
    """What the page of the letters shows of what they say."""
    assembly, kind = asked.assembly, _kind(asked)
    return {
        "kinds": [one for one in KINDS if _people(asked, one) is not None],
        "kind": kind,
        "text": _text(asked, kind),
        "said": {name: asked.form.get(name) or assembly.text(name) for name in SAID},
        "reply_at": asked.form.get("reply-at") or assembly.text("reply-at"),
        "answer_by": asked.form.get("answer-by") or assembly.setting("answer-by") or "",
        "undoable": bool(assembly.earlier(_own(asked, kind).name)),
        "who": {name: _who(asked, name) for name in WHO},
        "printed": (assembly.folder / LETTERS / kind / "letters.html").is_file(),
    }


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
        **{f"letters.{name}": _who(asked, name) or None for name in WHO},
    )
    options = Options(
        kind=kind,
        people=people,
        id_column=_told_apart_by(asked) if people == asked.assembly.folder / INVITATIONS else None,
        names=listed(_who(asked, "names")),
        address=listed(_who(asked, "address")),
        template=_own(asked, kind) if own else None,
        facts={name: value for name, value in about.items() if value},
        reply_at=reply_at,
        dated=date.today(),
        answer_by=answer_by,
        keep_cpr=kind in TO_INVITED and key_of(asked).is_file(),
        language=asked.language,
        out=asked.assembly.folder / LETTERS / kind,
        overwrite=True,
    )
    asked.begin("letters", partial(write_letters, options))
    return go(f"/letters?kind={kind}")


def undo(asked: Asked) -> Response:
    """Go back to what the letter said before."""
    asked.assembly.undo(_own(asked, _kind(asked)).name)
    return go(f"/letters?kind={_kind(asked)}", "undone")


def is_invited(asked: Asked) -> bool:
    """Whether it was drawn who gets a letter."""
    return (asked.assembly.folder / INVITATIONS / "letters.csv").is_file()


def _who(asked: Asked, name: str) -> str:
    """The columns that were typed for a name or the lines of an address."""
    return asked.form.get(f"letter-{name}", asked.assembly.text(f"letters.{name}")).strip()


def _told_apart_by(asked: Asked) -> str | None:
    """The column that told people apart when letters were drawn."""
    manifest: Any = asked.assembly.document(f"{INVITATIONS}/manifest.json")
    return manifest.get("id_column") if isinstance(manifest, dict) else None


def key_of(asked: Asked) -> Path:
    """The secret that stands between CPR numbers and all that is shown; there if they are kept."""
    return asked.assembly.folder / "invitation-key.txt"


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
    return folder / INVITATIONS if is_invited(asked) else None


def _own(asked: Asked, kind: Kind) -> Path:
    return asked.assembly.folder / f"letter-{kind}.txt"


def _text(asked: Asked, kind: Kind) -> str:
    """The letter as it was sent with the form, as it was changed, or as it is ours."""
    path = _own(asked, kind)
    own = path.read_text(encoding="utf-8") if path.is_file() else ""
    return asked.form.get("text") or own or text_draft(kind, asked.language)
