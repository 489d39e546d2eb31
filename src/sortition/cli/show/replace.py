"""What `sortition replace` says: who left and came, the quotas now, and the lottery."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed, lead, say
from sortition.steps.members.replace.reading import ReplaceOptions
from sortition.steps.members.replace.run import Replaced
from sortition.steps.members.replace.trying import Trial
from sortition.steps.members.standing import QuotaNow
from sortition.texts.grouping import grouped, some


def show_replaced(done: Replaced, options: ReplaceOptions) -> None:
    """Say what a round did and where it is written."""
    one = done.round
    people = "person" if len(done.gone) == 1 else "people"
    if done.announced:
        _show_announced(done, options)
        return
    lines = [
        f"Round {one.number}: {len(done.gone)} {people} left, {len(done.came)} came.",
        "",
        f"Left      {some(done.gone)}",
        f"Came      {some(done.came) or 'nobody'}",
        f"From      the {one.source}"
        + (f" ({done.reserve} alternates are left)" if done.reserve else ""),
        *_lottery(done),
        *quota_lines(done.quotas),
        f"Written   {options.directory}: {', '.join(done.written)}",
    ]
    if done.assumed:
        lines += ["", say("headings.noticed"), *(f"  {line}" for line in grouped(done.assumed))]
    typer.echo("\n".join(lines))


def show_trial(trial: Trial, options: ReplaceOptions) -> None:
    """Say what a round would do, and what it takes to draw it."""
    digits = len(str(max(trial.tickets - 1, 0)))
    last = str(max(trial.tickets - 1, 0))
    lines = [
        say("replace.dry"),
        "",
        lead("left", some(trial.gone)),
        lead("places", str(trial.places)),
    ]
    if trial.reserve:
        came = "none" if trial.called is None else "called"
        if trial.source == "second panel":
            came = "second"
        people = some(trial.called or ())
        lines.append(lead("reserve", say(f"replace.{came}", count=trial.reserve, people=people)))
    if trial.called is None:
        lines.append(
            lead(
                "could_come",
                say(
                    "replace.could_come" if trial.left else "replace.nobody",
                    count=len(trial.left),
                    fitting=len(trial.fitting),
                    people=some(trial.fitting),
                ),
            )
        )
    if trial.short:
        lines.append(lead("open", say("replace.short", count=trial.short)))
    lines.append(
        lead(
            "needed",
            say(f"replace.needs_{trial.needed}", first="0" * digits, last=last),
        )
    )
    if any(finding.code == "quota-moved" for finding in trial.assumed):
        lines += ["", say("replace.weigh")]
    lines += assumed(trial.assumed, "noticed")
    typer.echo("\n".join(lines))


def _show_announced(done: Replaced, options: ReplaceOptions) -> None:
    """Say what is fixed, and what to do before it is drawn."""
    lines = [
        f"Round {done.round.number} is announced, and not drawn yet.",
        "",
        f"Left      {some(done.gone)}",
        f"From      the {done.round.source}",
        f"Written   {options.directory}: {', '.join(done.written)}",
        f"Announce  {done.announced} (SHA-256 of the announcement), before the chance is known",
        f"Then      sortition replace {options.directory} --drawn DIGITS, or --beacon FILE",
    ]
    if done.assumed:
        lines += ["", "What was noticed:", *(f"  {line}" for line in grouped(done.assumed))]
    typer.echo("\n".join(lines))


def quota_lines(quotas: tuple[QuotaNow, ...]) -> Iterator[str]:
    """The quotas of a panel that are not met, or that all are."""
    off = [quota for quota in quotas if quota.short or quota.over]
    if not off:
        yield f"Quotas    all {len(quotas)} are met by the panel now"
        return
    yield f"Quotas    {len(quotas) - len(off)} of {len(quotas)} are met by the panel now; lost:"
    for quota in off:
        words = (
            f"{quota.short} fewer than {quota.lower}"
            if quota.short
            else f"{quota.over} more than {quota.upper}"
        )
        yield f"          {quota.feature}, {quota.value}: {quota.seats}, {words}"


def _lottery(done: Replaced) -> Iterator[str]:
    one, report = done.round, done.report
    if report is None or one.outcome is None or one.ticket is None:
        return
    chance, last = report.selection_probability, str(report.tickets.count - 1)
    people = report.pool_size - chance.impossible
    yield (
        f"Ticket    {one.ticket:0{len(last)}d}, one of {report.tickets.count}; {people} of the "
        f"{report.pool_size} people left can come within the quotas"
    )
    name = "Digits" if one.outcome.source.kind == "drawn" else "Seed"
    yield f"{name:<10}{one.outcome.text}"
    yield f"Digest    {report.lottery_digest} (of this lottery)"
    yield (f"Chances   from {chance.lowest_positive:.4%} to {chance.highest:.4%} for these")
    proof = report.certificate
    yield f"Proof     a bound of {proof.bound:.6g} that no lottery betters (gap {proof.gap:.0e})"
