"""The letters that we wrote, as templates to be used as they are or to be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sortition.model import Language
from sortition.model.choices import Kind
from sortition.pages.template import page
from sortition.pages.wording import wording
from sortition.steps.letters.fields import QR

ROOM = "steps/letters"
BREAK = re.compile(r"\r?\n[ \t]*(?:\r?\n[ \t]*)+")


def draft(kind: Kind, language: Language) -> tuple[str, list[str]]:
    """The subject of a letter and its paragraphs, with fields."""
    texts = wording(language, ROOM).texts
    return texts[f"subjects.{kind}"], _paragraphs(texts[f"letters.{kind}"])


def html_draft(kind: Kind, language: Language) -> str:
    """A letter as a page to be changed in any editor: what stands in ``body`` is the letter."""
    return html_letter(*draft(kind, language), language)


def text_draft(kind: Kind, language: Language) -> str:
    """A letter as plain text to be changed: its subject, and paragraphs between empty lines."""
    subject, paragraphs = draft(kind, language)
    return "\n\n".join((subject, *paragraphs)) + "\n"


def html_of_text(text: str, language: Language) -> str:
    """A letter that was written as plain text, as a page; its first paragraph is the subject."""
    subject, *paragraphs = _paragraphs(text) or [""]
    return html_letter(" ".join(subject.split()), paragraphs, language)


def html_letter(subject: str, paragraphs: Sequence[str], language: Language) -> str:
    """A letter as a page."""
    return page(
        ROOM,
        language,
        "paper.html",
        subject=subject,
        paragraphs=[paragraph.splitlines() for paragraph in paragraphs],
        qr=f"{{{{{QR}}}}}",
        head=wording(language, ROOM).texts["paper.head"].split("\n"),
    )


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in BREAK.split(text) if part.strip()]
