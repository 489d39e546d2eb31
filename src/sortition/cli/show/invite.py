"""What `sortition invite` says: how many were drawn, at which rates, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.steps.invite.facts import InviteFacts
from sortition.steps.invite.options import Options
from sortition.steps.invite.run import Invited
from sortition.texts.grouping import grouped

STRATA_SHOWN = 12


def show_invited(done: Invited, options: Options) -> None:
    """Say what was drawn, counted or allocated."""
    lines = list(_drawn(done.facts) if done.facts else _prepared(done))
    lines.append(f"Written   {options.out}: {', '.join(done.written)}")
    if done.assumed:
        lines += ["", "What was assumed:", *(f"  {line}" for line in grouped(done.assumed))]
    typer.echo("\n".join(lines))


def _prepared(done: Invited) -> Iterator[str]:
    if done.design is None:
        yield f"{done.units} can be drawn; nobody was."
    else:
        strata, letters = done.design.allocation.strata, done.design.allocation.letters
        yield f"{letters} letters were allocated to {len(strata)} strata with {done.units} in all."
    yield ""


def _drawn(facts: InviteFacts) -> Iterator[str]:
    if facts.merged:
        yield f"{facts.invited} were taken of {facts.people} rows that keepers drew."
    else:
        yield f"{facts.invited} were drawn from {facts.people} people."
    yield ""
    yield f"Seed      {facts.seed}"
    yield f"Wave      {facts.wave}"
    if facts.excluded:
        yield f"Before    {facts.excluded} were passed over, as they or their address had a letter"
    if facts.home_domain:
        yield f"Addresses {facts.population}, at most one person from each"
    if facts.chances:
        lowest, highest = float(facts.chances[0][0]), float(facts.chances[-1][0])
        chances = f"{lowest:.4%}" if lowest == highest else f"from {lowest:.4%} to {highest:.4%}"
        yield f"Chances   {chances} for those who could be drawn"
    if facts.overlay:
        inside, outside = facts.overlay.rates
        yield (
            f"Overlay   {facts.overlay.inside[1]} letters at a rate of {float(inside):.4%}, "
            f"{facts.overlay.outside[1]} elsewhere at {float(outside):.4%}"
        )
    if facts.first_stage:
        drawn = ", ".join(f"{name} {n}" for name, n in facts.first_stage.letters.items())
        yield f"Clusters  {drawn}"
    if facts.channel:
        yield "Sent by   " + ", ".join(
            f"{facts.channel} {name or '(blank)'}: {n}" for name, n in facts.channels.items()
        )
    if len(facts.strata) > 1 and not facts.first_stage:
        yield from _strata(facts)


def _strata(facts: InviteFacts) -> Iterator[str]:
    yield "Strata    " + ", ".join(facts.columns)
    for stratum in facts.strata[:STRATA_SHOWN]:
        name = " · ".join(stratum.values)
        yield (
            f"          {name}: {stratum.letters} of {stratum.population}"
            f" ({float(stratum.rate):.4%})"
        )
    if len(facts.strata) > STRATA_SHOWN:
        yield f"          and {len(facts.strata) - STRATA_SHOWN} more, in report.html"
