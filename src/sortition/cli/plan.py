"""The command that says how many invitations are needed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from sortition.cli.options.inputs import cpr_rules
from sortition.cli.options.shared import (
    AgeOn,
    AsJson,
    FromCpr,
    MapFile,
    Overwrite,
    PageLanguage,
    PdfFile,
    Quiet,
    as_day,
)
from sortition.errors import Finding, InputErrors
from sortition.model.choices import Method

CALCULATOR = "the calculator, without QUOTAS"
FILES = "a plan from files, with QUOTAS"


def plan(
    quotas: Annotated[
        Path | None,
        typer.Argument(
            metavar="QUOTAS",
            help="How many of each: CSV or XLSX, a row a value. Without it: a calculator.",
        ),
    ] = None,
    *,
    needed: Annotated[
        int | None, typer.Option(metavar="T", help="Calculator: how many answers are needed.")
    ] = None,
    rate: Annotated[
        str | None,
        typer.Option(metavar="R", help="Which share of those invited answers: 0.03, or 3 %."),
    ] = None,
    prior: Annotated[
        str | None,
        typer.Option(
            metavar="A/B",
            help="Calculator, for --rate: an uncertain one, as if A had answered and B not.",
        ),
    ] = None,
    invited: Annotated[
        int | None, typer.Option(metavar="N", help="Calculator: invited in the waves so far.")
    ] = None,
    answered: Annotated[
        int | None, typer.Option(metavar="X", help="Calculator: how many of them answered.")
    ] = None,
    method: Annotated[
        Method,
        typer.Option(
            help="plain: enough on average. guaranteed: enough with the confidence, at a known "
            "rate. beta-binomial: the same, at an uncertain rate."
        ),
    ] = "guaranteed",
    confidence: Annotated[
        float, typer.Option(metavar="P", help="With which chance enough answer.")
    ] = 0.95,
    size: Annotated[
        int | None, typer.Option("--size", metavar="K", help="How many people sit on the panel.")
    ] = None,
    rates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="How strata answer: a row a stratum, with rate or earlier wave."
        ),
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who can be invited: a row a person, or a row a group with its population. "
            "With it the plan is tried out.",
        ),
    ] = None,
    mapping: MapFile = None,
    from_cpr: FromCpr = None,
    age_on: AgeOn = None,
    pool_factor: Annotated[
        float, typer.Option(metavar="F", help="How many answers each seat needs.")
    ] = 3.0,
    next_wave: Annotated[
        bool,
        typer.Option(
            "--next-wave",
            help="The earlier wave is of this assembly: its answers count, and nobody in it is "
            "invited again.",
        ),
    ] = False,
    trials: Annotated[
        int, typer.Option(metavar="N", help="How often the plan is tried out.")
    ] = 200,
    meeting: Annotated[
        datetime | None,
        typer.Option(
            "--timeline",
            metavar="DATE",
            parser=as_day,
            help="The day of the first meeting: also say what is to be done by when.",
        ),
    ] = None,
    seed: Annotated[
        str, typer.Option(metavar="TEXT", help="What the trials get their chance from.")
    ] = "1",
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Try the plan out on this Dask cluster."),
    ] = None,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="Try the plan out with so many processes.")
    ] = 1,
    language: PageLanguage = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder for plan.html, plan.json and plan.csv."),
    ] = None,
    pdf: PdfFile = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Plan the invitations: how many letters, to whom, so that the panel can be filled.

    Without files it is a calculator: so many answers are needed, this share answers, so many
    letters. With quotas and rates it plans each stratum, and with a registry it tries the plan
    out: invite, answer, meet the quotas, find the fairest lottery. The exit code is 1 if the
    quotas could be met in no trial.
    """
    from sortition.cli.around.paper import on_paper
    from sortition.cli.show.plan import show_plan, show_timeline, show_wave
    from sortition.cli.show.terminal import THE_ANSWER_IS_NO, carry_out, said
    from sortition.steps.plan.figures import Question, answer
    from sortition.steps.plan.reading import PlanInputs
    from sortition.steps.plan.run import PAGE, PlanOptions, plan_files

    if meeting is not None and not as_json:
        show_timeline(meeting.date())
        if quotas is None and needed is None:
            return
    if quotas is None:
        with said():
            _refuse(
                CALCULATOR, size=size, rates=rates, registry=registry, scheduler=scheduler,
                map=mapping, from_cpr=from_cpr, age_on=age_on, out=out, pdf=pdf,
                next_wave=next_wave or None, quiet=quiet or None,
            )  # fmt: skip
            if needed is None:
                raise InputErrors((_missing("--needed", CALCULATOR),))
            question = Question(
                needed=needed,
                rate=rate,
                prior=prior,
                confidence=confidence,
                method=method,
                invited=invited or 0,
                answered=answered or 0,
            )
            show_wave(answer(question), question, as_json=as_json)
        return
    shown = out / PAGE if out else None
    with said(), on_paper(pdf, shown, overwrite=overwrite, quiet=quiet or as_json):
        _refuse(FILES, needed=needed, prior=prior, invited=invited, answered=answered)
        if size is None:
            raise InputErrors((_missing("--size", FILES),))
        if (rates is None) == (rate is None):
            raise InputErrors((Finding(code="usage-rates-one"),))
        if scheduler is not None and registry is None:
            raise InputErrors((Finding(code="usage-try-nothing", value="--scheduler"),))
        if registry is None:
            of_registry = {"map": mapping, "from-cpr": from_cpr, "age-on": age_on}
            _refuse("a plan without --registry", **of_registry)
        if quiet and out is None:
            raise InputErrors((Finding(code="usage-quiet", value="--quiet"),))
        options = PlanOptions(
            inputs=PlanInputs(
                quotas=quotas,
                panel_size=size,
                rates=rates,
                rate=rate,
                registry=registry,
                further=next_wave,
                mapping=mapping,
                cpr=cpr_rules(from_cpr, age_on, None, False),
            ),
            method=method,
            confidence=confidence,
            pool_factor=pool_factor,
            trials=trials,
            seed=seed,
            scheduler=scheduler,
            workers=workers,
            language=language,
            out=out,
            overwrite=overwrite,
        )
        show = partial(show_plan, as_json=as_json)
        planned = carry_out(plan_files, options, show, quiet=quiet)
        if planned.outlook and planned.outlook.planned.met.probability == 0:
            raise typer.Exit(THE_ANSWER_IS_NO)


def _refuse(mode: str, **given: object) -> None:
    """Options that belong to the other way of asking."""
    idle = [f"--{name.replace('_', '-')}" for name, value in given.items() if value is not None]
    if idle:
        raise InputErrors(
            tuple(Finding(code="usage-no-use", value=one, facts={"mode": mode}) for one in idle)
        )


def _missing(option: str, mode: str) -> Finding:
    return Finding(code="usage-needed", value=option, facts={"mode": mode})
