"""What `sortition replace` says: who left and came, the quotas now, and the lottery."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.select import proven
from sortition.cli.show.spoken import assumed, figure, lead, many, say, under
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.run import Replaced
from sortition.steps.members.replace.trying import Trial
from sortition.steps.members.standing import QuotaNow
from sortition.texts.grouping import some


def show_replaced(done: Replaced, options: ReplaceOptions) -> None:
    """Say what a round did and where it is written."""
    one = done.round
    if done.announced:
        _show_announced(done, options)
        return
    lines = [
        say(
            "replace.round_one" if len(done.gone) == 1 else "replace.round",
            number=one.number,
            left=len(done.gone),
            came=len(done.came),
        ),
        "",
        lead("left", some(done.gone)),
        lead("came", some(done.came) or say("replace.nobody")),
        lead("from", _source(done)),
        *_lottery(done),
        *quota_lines(done.quotas),
        lead("written", f"{options.directory}: {', '.join(done.written)}"),
        *assumed(done.assumed, "noticed"),
    ]
    typer.echo("\n".join(lines))


def show_trial(trial: Trial, options: ReplaceOptions) -> None:
    """Say what a round would do, and what it takes to draw it."""
    last = str(max(trial.tickets - 1, 0))
    lines = [
        say("trial.heading"),
        "",
        lead("left", some(trial.gone)),
        lead("places", many(trial.places)),
    ]
    if trial.reserve:
        came = "none" if trial.called is None else "called"
        if trial.source == "second panel":
            came = "second"
        people = some(trial.called or ())
        lines.append(lead("reserve", say(f"trial.{came}", count=trial.reserve, people=people)))
    if trial.called is None:
        lines.append(
            lead(
                "could_come",
                say(
                    "trial.could_come" if trial.left else "trial.nobody",
                    count=len(trial.left),
                    fitting=len(trial.fitting),
                    people=some(trial.fitting),
                ),
            )
        )
    if trial.short:
        lines.append(lead("open", say("trial.short", count=trial.short)))
    lines.append(
        lead(
            "needed",
            say(f"trial.needs_{trial.needed}", first="0" * len(last), last=last),
        )
    )
    if any(finding.code == "quota-moved" for finding in trial.assumed):
        lines += ["", say("trial.weigh")]
    lines += assumed(trial.assumed, "noticed")
    typer.echo("\n".join(lines))


def _show_announced(done: Replaced, options: ReplaceOptions) -> None:
    """Say what is fixed, and what to do before it is drawn."""
    lines = [
        say("replace.announced", number=done.round.number),
        "",
        lead("left", some(done.gone)),
        lead("from", say(f"replace.{done.round.source.replace(' ', '_')}")),
        lead("written", f"{options.directory}: {', '.join(done.written)}"),
        lead("announce", say("replace.announce", digest=done.announced)),
        lead("then", say("replace.then", directory=options.directory)),
        *assumed(done.assumed, "noticed"),
    ]
    typer.echo("\n".join(lines))


def quota_lines(quotas: tuple[QuotaNow, ...]) -> Iterator[str]:
    """The quotas of a panel that are not met, or that all are."""
    off = [quota for quota in quotas if quota.short or quota.over]
    if not off:
        yield lead("quotas", say("replace.all_met", n=len(quotas)))
        return
    met = len(quotas) - len(off)
    yield lead("quotas", say("replace.some_met", met=met, n=len(quotas)))
    for quota in off:
        words = (
            say("replace.fewer", n=quota.short, bound=quota.lower)
            if quota.short
            else say("replace.more", n=quota.over, bound=quota.upper)
        )
        yield under(f"{quota.feature}, {quota.value}: {quota.seats}, {words}")


def _source(done: Replaced) -> str:
    source = say(f"replace.{done.round.source.replace(' ', '_')}")
    return source + (say("replace.reserve_left", n=done.reserve) if done.reserve else "")


def _lottery(done: Replaced) -> Iterator[str]:
    one, report = done.round, done.report
    if report is None or one.outcome is None or one.ticket is None:
        return
    chance, last = report.selection_probability, str(report.tickets.count - 1)
    people = report.pool_size - chance.impossible
    ticket = say(
        "replace.ticket",
        ticket=f"{one.ticket:0{len(last)}d}",
        count=report.tickets.count,
        people=people,
        left=report.pool_size,
    )
    yield lead("ticket", ticket)
    yield lead("digits" if one.outcome.source.kind == "drawn" else "seed", one.outcome.text)
    yield lead("digest", say("replace.digest", digest=report.lottery_digest))
    lowest, highest = figure(f"{chance.lowest_positive:.4%}"), figure(f"{chance.highest:.4%}")
    yield lead("chances", say("replace.chances", lowest=lowest, highest=highest))
    yield lead("proof", proven(report.objective, report.certificate.bound))
