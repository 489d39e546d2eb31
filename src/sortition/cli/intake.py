"""The commands that fit what came in to the quotas: a pool of it, or a map by which it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sortition.cli.options.inputs import cpr_rules
from sortition.cli.options.shared import (
    AgeOn,
    FromCpr,
    Overwrite,
    PageLanguage,
    PoolFile,
    PoolSheet,
    Quiet,
    QuotasFile,
    QuotasSheet,
    SpokenLanguage,
)
from sortition.cli.project import ProjectFile
from sortition.model import Language

Files = list[Path]


def intake(
    files: Annotated[
        Files | None,
        typer.Argument(
            metavar="ANSWERS",
            help="What came in: exports of forms and lists of phone or paper answers, CSV or XLSX.",
            show_default=False,
        ),
    ] = None,
    *,
    quotas: Annotated[
        Path,
        typer.Option(
            "--quotas", metavar="QUOTAS", help="How many of each: CSV or XLSX, a row a value."
        ),
    ],
    quotas_sheet: QuotasSheet = None,
    size: Annotated[
        int | None,
        typer.Option(
            metavar="K",
            help="How many people sit on the panel; for percentages and for values that are added.",
        ),
    ] = None,
    age_on: AgeOn = None,
    invited: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Who was asked, with codes, such as letters.csv; once for each wave or list.",
        ),
    ] = None,
    code_for: Annotated[
        Literal["person", "household"],
        typer.Option(help="Who may answer by a code: the person it was sent to, or her household."),
    ] = "person",
    exclude: Annotated[
        Files | None,
        typer.Option(
            metavar="FILE",
            help="People who cannot be drawn, such as staff; by code, e-mail, phone, CPR number or "
            "name. May be given several times.",
        ),
    ] = None,
    table: Annotated[
        Files | None,
        typer.Option(
            metavar="FILE",
            help="A key and what it stands for, such as postcode and district. May be given "
            "several times.",
        ),
    ] = None,
    given: Annotated[
        Path | None,
        typer.Option(
            "--answers", metavar="FILE", help="The table of questions, filled in; or a former one."
        ),
    ] = None,
    same: Annotated[
        Literal["last", "first", "ask"],
        typer.Option(help="Which answer counts if somebody answered more than once."),
    ] = "last",
    sheet: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Make a workbook for answers by phone or on paper, and nothing else.",
        ),
    ] = None,
    language: PageLanguage = "en",
    out: Annotated[
        Path,
        typer.Option(metavar="DIR", help="The folder for the pool and all that belongs to it."),
    ] = Path("intake"),
    overwrite: Overwrite = False,
    quiet: Quiet = False,
    _project: ProjectFile = None,
) -> None:
    """Make a pool of everything that came in: one person, one row, nobody lost, nobody twice.

    What cannot be told is asked for in one table, questions.xlsx; fill it in and give it back with
    --answers. The exit code is 0 if there is a pool, 1 if there are questions, and 2 if the files
    have faults.
    """
    from sortition.texts.speech import SPOKEN

    asked_in: Language = "da" if SPOKEN.get() == "da" else "en"
    if sheet is not None:
        _make_form(sheet, quotas, quotas_sheet, asked_in, overwrite=overwrite, quiet=quiet)
        return
    from sortition.cli.show.intake import show_intake
    from sortition.cli.show.terminal import THE_ANSWER_IS_NO, carry_out, said
    from sortition.errors import Finding, InputErrors
    from sortition.steps.intake.options import IntakeOptions
    from sortition.steps.intake.run import take_in

    with said():
        if not files:
            raise InputErrors((Finding(code="usage-answers-missing"),))
        options = IntakeOptions(
            answers=files,
            quotas=quotas,
            quotas_sheet=quotas_sheet,
            size=size,
            age_on=age_on.date() if age_on else None,
            invited=invited or (),
            code_for=code_for,
            excluded=exclude or (),
            tables=table or (),
            given=given,
            same=same,
            language=language,
            asked_in=asked_in,
            out=out,
            overwrite=overwrite,
        )
        taken = carry_out(take_in, options, show_intake, quiet=quiet)
        if taken.questions:
            raise typer.Exit(THE_ANSWER_IS_NO)


def _make_form(
    out: Path,
    quotas: Path,
    quotas_sheet: str | None,
    language: Language,
    *,
    overwrite: bool,
    quiet: bool,
) -> None:
    from sortition.cli.show.spoken import say
    from sortition.cli.show.terminal import said
    from sortition.steps.intake.blank_form import FormOptions, make_form

    with said():
        make_form(
            FormOptions(
                quotas=quotas,
                quotas_sheet=quotas_sheet,
                language=language,
                out=out,
                overwrite=overwrite,
            )
        )
    if not quiet:
        typer.echo(say("written.to", target=out))


def map(
    pool: PoolFile,
    quotas: QuotasFile,
    *,
    pool_sheet: PoolSheet = None,
    quotas_sheet: QuotasSheet = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file for the draft. Default: it is printed."),
    ] = None,
    overwrite: Overwrite = False,
    _language: SpokenLanguage = None,
    _project: ProjectFile = None,
) -> None:
    """Draft a map: which columns and values of the pool are those of the quotas.

    Check the draft, answer what it leaves open, and give it to other commands with --map.
    """
    from sortition.cli.show.intake import show_draft
    from sortition.cli.show.terminal import said
    from sortition.instance.inputs import Inputs
    from sortition.steps.check.map import MapOptions, draft_from_files

    with said():
        inputs = Inputs(
            pool=pool,
            quotas=quotas,
            panel_size=1,
            pool_sheet=pool_sheet,
            quotas_sheet=quotas_sheet,
            cpr=cpr_rules(from_cpr, age_on, None, False),
        )
        options = MapOptions(inputs=inputs, out=out, overwrite=overwrite)
        show_draft(draft_from_files(options), options)
