"""Letters from files to files: read template and people, fill in, write."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import get_args

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.model import Language
from sortition.model.choices import Kind
from sortition.pages.wording import wording
from sortition.steps.letters.drafts import ROOM, draft, html_draft, html_of_text
from sortition.steps.letters.fields import ADDRESS, LINK, NAME, QR, Fields, fields_of
from sortition.steps.letters.options import WORKBOOK, Options
from sortition.steps.letters.pictures import can_draw
from sortition.steps.letters.recipients import Recipients, read_recipients
from sortition.steps.letters.sheets import Sheets
from sortition.steps.letters.word import WordFile, can_write, word_draft
from sortition.tables.columns import free_name
from sortition.tables.faults import attempt
from sortition.tables.labels import squeeze
from sortition.tables.reading import read_bytes
from sortition.tables.written.lists import Row, workbook_bytes
from sortition.tables.written.results import destination_faults, write_files

HTML, DOCX, TXT = ".html", ".docx", ".txt"
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What was made.

    Attributes
    ----------
    count : int
        Of letters.
    written : tuple of str
    assumed : tuple of Finding
    """

    count: int
    written: tuple[str, ...]
    assumed: tuple[Finding, ...]


def write_letters(options: Options, progress: Progress) -> Merged:
    """Write everybody's letter into one file to print, and a workbook for mail programs.

    Raises
    ------
    InputErrors
        With every fault of template, people and destination; nothing is written.
    """
    progress.phase("read")
    names = (options.file, WORKBOOK)
    faults = destination_faults(options.out, options.overwrite, names=names, inputs=options.inputs)
    template = attempt(faults, partial(_template, options))
    read = attempt(faults, partial(read_recipients, options))
    if template is None or read is None or faults:
        raise InputErrors(tuple(faults))
    fields = fields_of(
        template.used, read.roster, options, _facts(options), _template_name(options)
    )
    if read.rehearsal:
        template = template.headed(wording(options.language, ROOM).text("paper.rehearsal"))
    progress.phase("write")
    files = {
        options.file: template.merged(fields),
        WORKBOOK: _workbook(template, fields, read, options),
    }
    write_files(options.out, files, overwrite=options.overwrite)
    return Merged(
        count=len(fields.people),
        written=names,
        assumed=(*read.assumed, *fields.assumed, *_without_pictures(template.used)),
    )


def write_templates(directory: Path, language: Language, *, overwrite: bool) -> Merged:
    """Write our letters as templates to be changed, in HTML and, where that can be, for Word.

    Raises
    ------
    InputErrors
        If there are former ones, or the folder cannot be written to.
    """
    head = wording(language, ROOM).texts["paper.head"].split("\n")
    files = {f"{kind}{HTML}": html_draft(kind, language).encode() for kind in KINDS}
    if can_write():
        for kind in KINDS:
            subject, paragraphs = draft(kind, language)
            files[f"{kind}{DOCX}"] = word_draft(subject, paragraphs, head, language)
    assumed = () if can_write() else (Finding(code="letters-html-alone"),)
    write_files(directory, files, overwrite=overwrite)
    return Merged(count=0, written=tuple(files), assumed=assumed)


def _template_name(options: Options) -> str:
    return options.template.name if options.template else f"{options.kind}{HTML}"


def _template(options: Options) -> Sheets | WordFile:
    path, name = options.template, _template_name(options)
    picture = wording(options.language, ROOM).text("paper.qr")
    if path is None:
        return Sheets.read(html_draft(options.kind, options.language), name, picture)
    if path.suffix.casefold() == DOCX:
        return WordFile.read(read_bytes(path), name)
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputErrors((Finding(code="letters-not-utf8", file=name),)) from None
    if path.suffix.casefold() == TXT:
        text = html_of_text(text, options.language)
    return Sheets.read(text, name, picture)


def _facts(options: Options) -> dict[str, str]:
    spelled = {"date": _day(options.dated, options.language)}
    if options.answer_by:
        spelled["answer-by"] = _day(options.answer_by, options.language)
    return {**{squeeze(name): text for name, text in options.facts.items()}, **spelled}


def _day(day: date, language: Language) -> str:
    return wording(language).day(day)


def _without_pictures(used: Collection[str]) -> Iterator[Finding]:
    if QR in used and not can_draw():
        yield Finding(code="letters-without-qr")


def _workbook(
    template: Sheets | WordFile, fields: Fields, read: Recipients, options: Options
) -> bytes:
    """The list with a letter's parts beside each person, for programs that send."""
    w = wording(options.language, ROOM)
    subject, text = template.mail()
    table = read.roster.table
    # a mail has no room above its heading
    mark = f"{w.text('rehearsal.column')}: " if read.rehearsal else ""
    notice = f"{w.text('paper.rehearsal')}\n\n" if read.rehearsal else ""
    own = (*((NAME, ADDRESS, LINK) if options.reply_at else (NAME, ADDRESS)), "subject", "text")
    header = list(table.header)
    for name in own:
        header.append(free_name(w.text(f"columns.{name}"), header))
    rows: list[Row] = [tuple(header)]
    for row, values in zip(table.rows, fields.people, strict=True):
        mail = {"subject": f"{mark}{subject.filled(values)}", "text": notice + text.filled(values)}
        told = {**values, **mail}
        rows.append((*row, *(told[name] for name in own)))
    return workbook_bytes({w.text("columns.sheet"): rows})
