"""The command that makes letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sortition.cli.options.shared import (
    AssemblyName,
    Contact,
    IdColumn,
    KeepCpr,
    MeetingDays,
    Overwrite,
    PageLanguage,
    Quiet,
    as_day,
    names_in,
)
from sortition.cli.project import ProjectFile
from sortition.model.choices import Kind

if TYPE_CHECKING:
    from sortition.errors import Finding


def letters(
    kind: Annotated[
        Kind | None,
        typer.Argument(
            metavar="KIND", help="Which letter. yes and no: who was drawn, and who was not."
        ),
    ] = None,
    people: Annotated[
        Path | None,
        typer.Argument(
            metavar="PEOPLE",
            help="Whom it goes to: the folder of an invitation or a panel, or a list, CSV or XLSX.",
        ),
    ] = None,
    *,
    without: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="A list of people who get no letter, such as those who answered."
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your own letter: HTML, DOCX or plain text. Default: ours."
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write our letters here, to be changed; nothing else."),
    ] = None,
    assembly: AssemblyName = "",
    organiser: Annotated[str, typer.Option(metavar="NAME", help="Who writes.")] = "",
    contact: Contact = "",
    days: MeetingDays = "",
    answer_by: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", parser=as_day, help="The last day for an answer."),
    ] = None,
    reply_at: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Where to answer; {code} stands for the code of the person."
        ),
    ] = "",
    dated: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", parser=as_day, help="The date of the letter. Default: today."),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=TEXT", help="What a field of your own shows; once for each."),
    ] = None,
    names: Annotated[
        str | None,
        typer.Option(metavar="COL[,COL…]", help="The columns of people's names."),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="COL[+COL…][,…]",
            help="The columns of the address, a line after each comma: adresse,postnummer+by.",
        ),
    ] = None,
    id_column: IdColumn = None,
    keep_cpr: KeepCpr = False,
    language: PageLanguage = "en",
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the letters.")] = Path(
        "letters"
    ),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Make letters to print, and a workbook for Digital Post and mail programs.

    The results are letters.html (or letters.docx, if the template is a DOCX) with a letter a page,
    and letters.xlsx with a row a person. They hold personal data.
    """
    from sortition.cli.show.letters import show_letters, show_templates
    from sortition.cli.show.terminal import carry_out, said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.letters.options import Options
    from sortition.steps.letters.run import write_letters, write_templates

    with said():
        if templates is not None:
            if kind is not None or people is not None:
                raise InputErrors((Finding(code="letters-template-kinds"),))
            made = write_templates(templates, language, overwrite=overwrite)
            if not quiet:
                show_templates(made, templates)
            return
        if kind is None or people is None:
            raise InputErrors((Finding(code="letters-kind-missing"),))
        faults = tuple(_unclear(field or ()))
        if faults:
            raise InputErrors(faults)
        given = {
            "assembly": assembly,
            "organiser": organiser,
            "contact": contact,
            "days": days,
            **dict(_named(field or ())),
        }
        options = Options(
            kind=kind,
            people=people,
            without=tuple(without or ()),
            id_column=id_column,
            names=tuple(names_in(names)),
            address=tuple(names_in(address)),
            template=template,
            facts={name: text for name, text in given.items() if text},
            reply_at=reply_at,
            dated=(dated or datetime.now(UTC).astimezone()).date(),
            answer_by=answer_by.date() if answer_by else None,
            keep_cpr=keep_cpr,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        carry_out(write_letters, options, show_letters, quiet=quiet)


def _named(fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    for field in fields:
        name, _, text = field.partition("=")
        yield name, text


def _unclear(fields: Sequence[str]) -> Iterator[Finding]:
    from sortition.errors import Finding

    for field, (name, text) in zip(fields, _named(fields), strict=True):
        if not name.strip() or not text.strip():
            yield Finding(code="letters-field-unclear", value=field)
