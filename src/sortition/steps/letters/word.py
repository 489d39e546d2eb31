"""A template as a document of Word, and all letters in one document: by python-docx."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from sortition.errors import Finding, InputErrors
from sortition.steps.letters.fields import QR, Fields
from sortition.steps.letters.filling import FIELD, Text
from sortition.steps.letters.pictures import can_draw, qr_png
from sortition.tables.labels import squeeze

QR_WIDTH = 30  # millimetres
MARGINS = 22


def can_write() -> bool:
    """Whether the library for documents of Word is installed."""
    return find_spec("docx") is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """A document whose body is one letter.

    Attributes
    ----------
    content : bytes
    paragraphs : tuple of str
        The text of each; a heading comes first where there is one.
    heading : str
    """

    content: bytes
    paragraphs: tuple[str, ...]
    heading: str

    @classmethod
    def read(cls, content: bytes, file: str) -> WordFile:
        """Open a document.

        Raises
        ------
        InputErrors
            If the library is missing, it is no document, or a field stands in a margin.
        """
        if not can_write():
            raise InputErrors((Finding(code="letters-word-extra", file=file),))
        from docx import Document  # noqa: PLC0415 - an extra

        try:
            document: Any = Document(BytesIO(content))
        except (KeyError, ValueError, zipfile.BadZipFile):
            raise InputErrors((Finding(code="letters-not-word", file=file),)) from None
        if any(FIELD.search(text) for text in _margins(document)):
            raise InputErrors((Finding(code="letters-margin", file=file),))
        paragraphs = [(one.style.name or "", one.text) for one in document.paragraphs]
        first = next((n for n, (name, _) in enumerate(paragraphs) if _is_heading(name)), -1)
        cells = [_text(part) for part in _paragraphs(document.element.body)]
        return cls(
            content=content,
            paragraphs=tuple(cells if first < 0 else [text for _, text in paragraphs[first + 1 :]]),
            heading="" if first < 0 else paragraphs[first][1],
        )

    @property
    def used(self) -> frozenset[str]:
        """The names of all fields."""
        from docx import Document  # noqa: PLC0415 - an extra

        body = Document(BytesIO(self.content)).element.body
        return frozenset().union(*(Text.of(_text(part)).fields for part in _paragraphs(body)))

    def headed(self, notice: str) -> WordFile:
        """The same with a notice above every letter."""
        from docx import Document  # noqa: PLC0415 - an extra

        document = Document(BytesIO(self.content))
        above = document.add_paragraph()
        above.add_run(notice).bold = True
        document.element.body.insert(0, above._p)
        return replace(self, content=_saved(document))

    def mail(self) -> tuple[Text, Text]:
        """The heading and the text below it."""
        text = re.sub(rf"\{{\{{\s*{QR}\s*\}}\}}", "", "\n\n".join(self.paragraphs))
        return Text.of(self.heading), Text.of(text.strip())

    def merged(self, fields: Fields) -> bytes:
        """One document with everybody's letter, each on a page of its own."""
        from docx import Document  # noqa: PLC0415 - an extra

        document = Document(BytesIO(self.content))
        body = document.element.body
        letter = [part for part in body if not part.tag.endswith("}sectPr")]
        for part in letter:
            body.remove(part)
        layout = body.sectPr  # of the page; it stands last
        for number, values in enumerate(fields.people):
            own = [deepcopy(part) for part in letter]
            if number:
                _begin_page(own[0])
            for part in own:
                _fill(document, part, values, picture=number + 1)
                layout.addprevious(part)
        return _saved(document)


def word_draft(
    subject: str, paragraphs: Sequence[str], head: Sequence[str], language: str
) -> bytes:
    """A letter as a document to be changed in Word."""
    from docx import Document  # noqa: PLC0415 - an extra
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGINS)
    section.top_margin = section.bottom_margin = Mm(MARGINS)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size = "Calibri", Pt(15)
    heading.font.color.rgb = RGBColor(0, 0, 0)
    document.core_properties.language = language
    document.core_properties.author = "sortition"
    to = document.add_paragraph("\n".join(head[:2]))
    to.paragraph_format.space_before = Mm(20)
    sender = document.add_paragraph("\n".join(head[2:]))
    sender.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_heading(subject, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def _saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _is_heading(style: str) -> bool:
    return style.startswith(("Heading", "Title"))


def _margins(document: Any) -> Iterator[str]:
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from (paragraph.text for paragraph in part.paragraphs)


def _paragraphs(body: Any) -> Iterator[Any]:
    """Every paragraph, those in tables and boxes among them."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    yield from body.iter(qn("w:p"))


def _text(paragraph: Any) -> str:
    return str(paragraph.text)


def _begin_page(part: Any) -> None:
    """Have a letter begin on a new page, whatever it begins with."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    first = next(part.iter(qn("w:p")), None)
    if first is not None:
        first.get_or_add_pPr().pageBreakBefore_val = True


def _fill(document: Any, part: Any, values: Mapping[str, str], *, picture: int) -> None:
    for paragraph in list(_paragraphs(part)):
        if FIELD.search(_text(paragraph)):
            for run in _filled(document, paragraph, values):
                _draw(document, run, values.get(QR, ""), number=picture)


def _filled(document: Any, paragraph: Any, values: Mapping[str, str]) -> list[Any]:
    """Put values into fields; a field that Word cut into several runs is put into the first.

    1. Lay the text of all runs end to end, and find the fields from the last to the first.
    2. Write the value where a field begins, and take its letters from the runs it reaches into.

    Returns
    -------
    list
        The runs in which the picture belongs.
    """
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - an extra

    runs = Paragraph(paragraph, document._body).runs
    texts = [run.text for run in runs]
    touched: set[int] = set()
    pictures: set[int] = set()
    for match in reversed(list(FIELD.finditer("".join(texts)))):
        name = squeeze(match[1])
        value = "" if name == QR else values.get(name, "")
        begin = 0
        for number, text in enumerate(texts):
            start, stop = max(match.start() - begin, 0), min(match.end() - begin, len(text))
            if start < stop:
                first = begin + start == match.start()
                texts[number] = text[:start] + (value if first else "") + text[stop:]
                touched.add(number)
                if first and name == QR:
                    pictures.add(number)
            begin += len(text)
    for number in touched:
        runs[number].text = texts[number]
    return [runs[number] for number in sorted(pictures)]


def _draw(document: Any, run: Any, content: str, *, number: int) -> None:
    """Put the QR code of letter number so and so into a run.

    What python-docx has for it looks through all pictures for one like it, and for a free number.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - an extra
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.oxml.shape import CT_Inline  # noqa: PLC0415
    from docx.parts.image import ImagePart  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    if content and can_draw():
        name = PackURI(f"/word/media/{QR}{number}.png")
        image = ImagePart(name, "image/png", qr_png(content))
        place = document.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        width = Mm(QR_WIDTH)
        run._r.add_drawing(CT_Inline.new_pic_inline(number, place, name.filename, width, width))
