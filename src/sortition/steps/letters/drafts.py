"""The letters that we wrote, as templates to be used as they are or to be changed."""

from __future__ import annotations

from collections.abc import Iterator

from sortition.model import Language
from sortition.model.choices import Kind
from sortition.pages.template import page
from sortition.pages.wording import wording
from sortition.steps.letters.fields import QR

ROOM = "steps/letters"


def draft(kind: Kind, language: Language) -> tuple[str, list[str]]:
    """The subject of a letter and its paragraphs, with fields."""
    texts = wording(language, ROOM).texts
    return texts[f"subjects.{kind}"], list(_paragraphs(texts[f"letters.{kind}"]))


def html_draft(kind: Kind, language: Language) -> str:
    """A letter as a page to be changed in any editor: what stands in ``body`` is the letter."""
    subject, paragraphs = draft(kind, language)
    return page(
        ROOM,
        language,
        "paper.html",
        subject=subject,
        paragraphs=[paragraph.split("\n") for paragraph in paragraphs],
        qr=f"{{{{{QR}}}}}",
        head=wording(language, ROOM).texts["paper.head"].split("\n"),
    )


def _paragraphs(text: str) -> Iterator[str]:
    yield from (part.strip() for part in text.split("\n\n") if part.strip())
