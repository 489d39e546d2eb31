"""What `sortition plan` says: how many invitations, why, and what to expect of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import typer
from rich.table import Table

from sortition.cli.show.spoken import assumed
from sortition.cli.show.tables import empty_table, printed
from sortition.model import Quota
from sortition.model.choices import Method
from sortition.steps.plan.document import plan_figures, wave_figures
from sortition.steps.plan.figures import Question
from sortition.steps.plan.outlook import QUANTILES, Estimate, Outlook
from sortition.steps.plan.planning import Aim
from sortition.steps.plan.response import Belief
from sortition.steps.plan.run import DOCUMENT, LIST, PAGE, Planned, PlanOptions
from sortition.steps.plan.strata import Plan, StratumPlan
from sortition.steps.plan.waves import Wave
from sortition.texts import describe

COLUMNS = ("stratum", "people", "rate", "seats", "answers", "invitations", "expected", "chance")
MEANING: dict[Method, str] = {
    "plain": "needed / rate, rounded up: enough on average, so about every other wave falls short.",
    "guaranteed": "the fewest from which enough answer with {:.4g} % chance, if the rate is right "
    "(a binomial count).",
    "beta-binomial": "the fewest from which enough answer with {:.4g} % chance, though the rate is "
    "uncertain (a beta-binomial count).",
}


def show_wave(wave: Wave, question: Question, *, as_json: bool) -> None:
    """Say how many invitations go out, and why."""
    noticed = list(question.assumed())
    if as_json:
        figures = wave_figures(wave) | {"assumed": [describe(finding) for finding in noticed]}
        typer.echo(json.dumps(figures, ensure_ascii=False))
        return
    lines = [
        counted(wave.invitations, "more invitation" if question.invited else "invitation"),
        "",
        *_why_of_wave(wave, question),
        f"Method {wave.aim.method}: {meaning(wave.aim)}",
    ]
    lines += assumed(noticed)
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
        f"{counted(plan.invitations, 'invitation')} for a panel of {plan.panel_size}; "
        f"about {plan.expected_answers:,.0f} people will answer.",
        "",
        "\n".join(line.rstrip() for line in shown.rstrip("\n").splitlines()),
        "",
        *_why(plan),
    ]
    if expected:
        lines += ["", *_tried_out(expected, planned.context.quotas, plan.aim)]
    lines += assumed(planned.assumed)
    if options.out is not None:
        lines += ["", f"Written: {options.out}: {PAGE}, {DOCUMENT}, {LIST}"]
    typer.echo("\n".join(lines))


def table(plan: Plan, *, plain: bool) -> Table:
    """The strata, a row each."""
    shown = empty_table(COLUMNS, labels=1, plain=plain)
    for stratum in plan.strata:
        people = stratum.stratum.population
        shown.add_row(
            name(stratum),
            "" if people is None else f"{people:,}",
            f"{float(stratum.belief.rate):.2%}",
            f"{stratum.seats:.2f}",
            f"{stratum.needed:,}",
            f"{stratum.invitations:,}",
            f"{stratum.expected_answers:,.1f}",
            f"{stratum.chance:.1%}",
        )
    return shown


def name(stratum: StratumPlan) -> str:
    """What a stratum is called."""
    return ", ".join(stratum.stratum.values) or "everybody"


def meaning(aim: Aim) -> str:
    """What a method does."""
    return MEANING[aim.method].format(float(100 * aim.confidence))


def counted(n: int, noun: str) -> str:
    """A number with its noun."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _why_of_wave(wave: Wave, question: Question) -> Iterator[str]:
    if question.invited:
        yield (
            f"{question.answered:,} of {question.invited:,} have answered, so {wave.needed:,} of "
            f"{question.needed:,} answers are missing. With what was known before, the rate is "
            f"{_rate(wave.belief)}."
        )
    if not wave.needed:
        yield "Why none: enough have answered."
        return
    yield (
        f"Why {wave.invitations:,}: {counted(wave.needed, 'answer')} at a rate of "
        f"{_rate(wave.belief)} take {float(wave.needed / wave.belief.rate):,.1f} invitations on "
        f"average; from {wave.invitations:,} enough answer with {wave.chance:.1%} chance."
    )


def _why(plan: Plan) -> Iterator[str]:
    factor = f"{float(plan.pool_factor):g}"
    yield f"Answers: seats × {factor}, rounded up" + (
        ", less those who have answered." if plan.further else "."
    )
    yield f"Method {plan.aim.method}: {meaning(plan.aim)}"
    if plan.overall:
        yield (
            f"Rates were learnt: each stratum starts from the overall "
            f"{float(plan.overall.rate):.2%}, worth {counted(plan.overall.worth, 'invitation')}, "
            "and moves on with its own answers."
        )
    yield from (_why_of_stratum(stratum) for stratum in plan.strata if stratum.needed)
    yield f"Chance that every stratum gets its answers: {plan.chance:.1%}."


def _why_of_stratum(planned: StratumPlan) -> str:
    average = float(planned.needed / planned.belief.rate)
    why = (
        f"Why {planned.invitations:,} to {name(planned)}: {counted(planned.needed, 'answer')} at "
        f"{float(planned.belief.rate):.2%} take {average:,.0f} on average"
    )
    if planned.invitations == planned.wanted:
        return f"{why}."
    return f"{why}; {planned.wanted:,} would be enough, but there are no more people."


def _tried_out(expected: Outlook, quotas: tuple[Quota, ...], aim: Aim) -> Iterator[str]:
    yield f"Tried out {expected.trials:,} times, from invitation to lottery:"
    met = expected.planned.met
    yield (
        f"  All quotas could be met {met.successes:,} times; the chance is between "
        f"{met.lower:.1%} and {met.upper:.1%}."
    )
    answers = dict(zip(QUANTILES, expected.answers, strict=True))
    yield (
        f"  People who answer: {answers[0.5]:,}; from {answers[0.05]:,} to {answers[0.95]:,} "
        "nine times in ten."
    )
    if expected.lowest:
        lowest = dict(zip(QUANTILES, expected.lowest, strict=True))
        yield (
            f"  Lowest chance in the fairest lottery: {lowest[0.5]:.2%}; "
            f"from {lowest[0.05]:.2%} to {lowest[0.95]:.2%} nine times in ten."
        )
    for number, short in expected.short:
        quota = quotas[number]
        yield f"  Too few for {quota.feature}, {quota.value}: {counted(short, 'trial')}."
    if expected.together:
        times = counted(expected.together, "trial")
        yield f"  Enough for each quota, but not for all together: {times}."
    yield "  With other numbers of invitations the quotas can be met:"
    for point in expected.points:
        yield f"    {point.invitations:>9,}  {limits(point.met)}"
    fewest = expected.fewest(aim.confidence)
    if fewest:
        yield (
            f"  The fewest of these that reach {float(100 * aim.confidence):.4g}% by the lower "
            f"limit: {fewest.invitations:,}, {float(fewest.part):.0%} of the plan."
        )


def limits(estimate: Estimate) -> str:
    """A probability with its limits."""
    return f"{estimate.probability:.1%} ({estimate.lower:.1%} to {estimate.upper:.1%})"


def _rate(belief: Belief) -> str:
    return f"{float(100 * belief.rate):.4g}%"
