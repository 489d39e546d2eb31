"""What `sortition plan` says: how many invitations, why, and what to expect of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import partial

import typer
from rich.table import Table

from sortition.cli.show.spoken import assumed, figure, say, words
from sortition.cli.show.tables import empty_table, printed
from sortition.model import Quota
from sortition.steps.plan.document import plan_figures, wave_figures
from sortition.steps.plan.figures import Question
from sortition.steps.plan.outlook import QUANTILES, Estimate, Outlook
from sortition.steps.plan.planning import Aim
from sortition.steps.plan.response import Belief
from sortition.steps.plan.run import DOCUMENT, LIST, PAGE, Planned, PlanOptions
from sortition.steps.plan.strata import Plan, StratumPlan
from sortition.steps.plan.timeline import timeline
from sortition.steps.plan.waves import Wave
from sortition.texts import describe

COLUMNS = ("stratum", "people", "rate", "seats", "answers", "invitations", "expected", "chance")


def show_timeline(meeting: date) -> None:
    """Say what is to be done by when."""
    days = [(words().day(day), say(f"timeline.{step}")) for day, step in timeline(meeting)]
    width = max(len(day) for day, _ in days)
    lines = [say("timeline.heading", day=words().day(meeting)), ""]
    lines += [f"{day:>{width}}  {step}" for day, step in days]
    typer.echo("\n".join([*lines, "", say("timeline.proposal"), ""]))


def show_wave(wave: Wave, question: Question, *, as_json: bool) -> None:
    """Say how many invitations go out, and why."""
    noticed = list(question.assumed())
    if as_json:
        figures = wave_figures(wave) | {"assumed": [describe(finding) for finding in noticed]}
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    lines = [
        words().count("more" if question.invited else "invitations", wave.invitations),
        "",
        *_why_of_wave(wave, question),
        meaning(wave.aim),
        *assumed(noticed),
    ]
    typer.echo("\n".join(lines))


def show_plan(planned: Planned, options: PlanOptions, *, as_json: bool) -> None:
    """Say what a plan asks of each stratum, what to expect of it, and where it is written."""
    plan, expected = planned.plan, planned.outlook
    if as_json:
        figures = plan_figures(plan, expected, context=planned.context)
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    shown = printed(partial(table, plan))
    lines = [
        say(
            "plan.lead",
            invitations=words().count("invitations", plan.invitations),
            seats=plan.panel_size,
            answers=figure(f"{plan.expected_answers:,.0f}"),
        ),
        "",
        "\n".join(line.rstrip() for line in shown.rstrip("\n").splitlines()),
        "",
        *_why(plan),
    ]
    if expected:
        lines += ["", *_tried_out(expected, planned.context.quotas, plan.aim)]
    lines += assumed(planned.assumed)
    if options.out is not None:
        files = f"{PAGE}, {DOCUMENT}, {LIST}"
        lines += ["", say("written.files", folder=options.out, files=files)]
    typer.echo("\n".join(lines))


def table(plan: Plan, *, plain: bool) -> Table:
    """The strata, a row each."""
    shown = empty_table(words().each("plan", *COLUMNS), labels=1, plain=plain)
    for stratum in plan.strata:
        people = stratum.stratum.population
        shown.add_row(
            name(stratum),
            say("plan.not_known") if people is None else figure(f"{people:,}"),
            figure(f"{float(stratum.belief.rate):.2%}"),
            figure(f"{stratum.seats:.2f}"),
            figure(f"{stratum.needed:,}"),
            figure(f"{stratum.invitations:,}"),
            figure(f"{stratum.expected_answers:,.1f}"),
            figure(f"{stratum.chance:.1%}"),
        )
    return shown


def name(stratum: StratumPlan) -> str:
    """What a stratum is called."""
    return ", ".join(stratum.stratum.values) or say("plan.everybody")


def meaning(aim: Aim) -> str:
    """What a method does."""
    confidence = figure(f"{float(100 * aim.confidence):.4g}%")
    return say(f"plan.method_{aim.method}", confidence=confidence)


def _why_of_wave(wave: Wave, question: Question) -> Iterator[str]:
    if question.invited:
        yield say(
            "plan.so_far",
            answered=figure(f"{question.answered:,}"),
            invited=figure(f"{question.invited:,}"),
            missing=figure(f"{wave.needed:,}"),
            needed=figure(f"{question.needed:,}"),
            rate=_rate(wave.belief),
        )
    if not wave.needed:
        yield say("plan.why_none")
        return
    yield say(
        "plan.why_wave",
        invitations=figure(f"{wave.invitations:,}"),
        answers=words().count("answers", wave.needed),
        rate=_rate(wave.belief),
        average=figure(f"{float(wave.needed / wave.belief.rate):,.1f}"),
        chance=figure(f"{wave.chance:.1%}"),
    )


def _why(plan: Plan) -> Iterator[str]:
    factor = figure(f"{float(plan.pool_factor):g}")
    yield say("plan.answers_further" if plan.further else "plan.answers_needed", factor=factor)
    yield meaning(plan.aim)
    if plan.overall:
        rate = figure(f"{float(plan.overall.rate):.2%}")
        yield say("plan.learnt", rate=rate, worth=words().count("invitations", plan.overall.worth))
    yield from (_why_of_stratum(stratum) for stratum in plan.strata if stratum.needed)
    yield say("plan.together", chance=figure(f"{plan.chance:.1%}"))


def _why_of_stratum(planned: StratumPlan) -> str:
    average = float(planned.needed / planned.belief.rate)
    enough = planned.invitations == planned.wanted
    return say(
        "plan.why" if enough else "plan.why_capped",
        invitations=figure(f"{planned.invitations:,}"),
        stratum=name(planned),
        answers=words().count("answers", planned.needed),
        rate=figure(f"{float(planned.belief.rate):.2%}"),
        average=figure(f"{average:,.0f}"),
        wanted=figure(f"{planned.wanted:,}"),
    )


def _tried_out(expected: Outlook, quotas: tuple[Quota, ...], aim: Aim) -> Iterator[str]:
    yield say("plan.tried", times=figure(f"{expected.trials:,}"))
    met = expected.planned.met
    yield "  " + say(
        "plan.met",
        times=figure(f"{met.successes:,}"),
        lower=figure(f"{met.lower:.1%}"),
        upper=figure(f"{met.upper:.1%}"),
    )
    yield "  " + say("plan.who_answer", **_nine_in_ten(expected.answers, ",.0f"))
    if expected.lowest:
        yield "  " + say("plan.lowest", **_nine_in_ten(expected.lowest, ".2%"))
    for number, short in expected.short:
        quota, trials = quotas[number], words().count("trials", short)
        yield "  " + say("plan.short", feature=quota.feature, value=quota.value, trials=trials)
        if best := expected.helped.get(number):
            answers = figure(f"{best.answers:.1f}")
            yield "  " + say("plan.helped", stratum=", ".join(best.stratum), answers=answers)
    if expected.together:
        yield "  " + say("plan.not_together", trials=words().count("trials", expected.together))
    yield "  " + say("plan.others")
    for point in expected.points:
        yield f"    {figure(f'{point.invitations:,}'):>9}  {limits(point.met)}"
    fewest = expected.fewest(aim.confidence)
    if fewest:
        yield "  " + say(
            "plan.fewest",
            confidence=figure(f"{float(100 * aim.confidence):.4g}%"),
            invitations=figure(f"{fewest.invitations:,}"),
            part=figure(f"{float(fewest.part):.0%}"),
        )


def _nine_in_ten(found: tuple[float, ...], form: str) -> dict[str, str]:
    """The middle, and between what it is nine times in ten."""
    at = dict(zip(QUANTILES, found, strict=True))
    named = {"middle": 0.5, "low": 0.05, "high": 0.95}
    return {name: figure(f"{at[part]:{form}}") for name, part in named.items()}


def limits(estimate: Estimate) -> str:
    """A probability with its limits."""
    three = (estimate.probability, estimate.lower, estimate.upper)
    probability, lower, upper = (figure(f"{share:.1%}") for share in three)
    return say("plan.limits", probability=probability, lower=lower, upper=upper)


def _rate(belief: Belief) -> str:
    return figure(f"{float(100 * belief.rate):.4g}%")
