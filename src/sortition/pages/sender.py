"""Who stands behind a page: assembly, organiser and logo, as the project file has them."""

from __future__ import annotations

import tomllib
from base64 import b64encode
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sortition.errors import Finding, InputErrors

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
LARGEST_LOGO = 300_000  # bytes; it stands in every page


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What stands above a page; what is not known is left out.

    Attributes
    ----------
    assembly, organiser, contact : str
    dated : date, optional
        The date of the page. Without one it has none, so that the same run gives the same page.
    logo : str
        A picture as a ``data:`` address.
    """

    assembly: str = ""
    organiser: str = ""
    contact: str = ""
    dated: date | None = None
    logo: str = ""


NOBODY = Sender()
SENDER: ContextVar[Sender] = ContextVar("SENDER", default=NOBODY)


def sender_of(file: Path) -> Sender:
    """The sender that a project file names.

    Raises
    ------
    InputErrors
        If its logo cannot be shown.
    """
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # whoever reads it for good says what is wrong with it
        return NOBODY
    dated = document.get("dated")
    return Sender(
        assembly=_text(document, "assembly"),
        organiser=_text(document, "organiser"),
        contact=_text(document, "contact"),
        dated=dated if type(dated) is date else None,
        logo=_logo(file.parent / _text(document, "logo")) if _text(document, "logo") else "",
    )


def _text(document: dict[str, Any], key: str) -> str:
    value = document.get(key)
    return value if isinstance(value, str) else ""


def _logo(file: Path) -> str:
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        raise InputErrors((Finding(code="logo-kind", file=str(file)),))
    try:
        content = file.read_bytes()
    except OSError:
        raise InputErrors((Finding(code="file-missing", file=str(file)),)) from None
    if len(content) > LARGEST_LOGO:
        raise InputErrors((Finding(code="logo-large", file=str(file)),))
    return f"data:{kind};base64,{b64encode(content).decode()}"
