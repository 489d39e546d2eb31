"""What `sortition invite` says: how many were drawn, at which rates, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import typer

from sortition.cli.show.spoken import LABEL, assumed, figure, lead, many, say
from sortition.steps.invite.facts import InviteFacts, OverlayFacts
from sortition.steps.invite.options import Options
from sortition.steps.invite.run import Invited

STRATA_SHOWN = 12


def show_invited(done: Invited, options: Options) -> None:
    """Say what was drawn, counted or allocated."""
    lines = list(_drawn(done.facts) if done.facts else _prepared(done))
    lines.append(lead("written", f"{options.out}: {', '.join(done.written)}"))
    typer.echo("\n".join([*lines, *assumed(done.assumed)]))


def _prepared(done: Invited) -> Iterator[str]:
    if done.design is None:
        yield say("invite.nobody_drawn", people=done.units)
    else:
        strata, letters = done.design.allocation.strata, done.design.allocation.letters
        yield say(
            "invite.allocated",
            letters=letters,
            strata=len(strata),
            people=done.units,
        )
    yield ""


def _drawn(facts: InviteFacts) -> Iterator[str]:
    key = "invite.taken" if facts.merged else "invite.drawn"
    yield say(key, invited=facts.invited, people=facts.people)
    yield ""
    yield lead("seed", facts.seed)
    yield lead("wave", str(facts.wave))
    if facts.left_out:
        left_out = sum(count for *_, count in facts.left_out)
        yield lead("left_out", say("invite.left_out", people=left_out))
    if facts.excluded:
        yield lead("before", say("invite.before", people=facts.excluded))
    if facts.home_domain:
        yield lead("addresses", say("invite.addresses", addresses=facts.population))
    if facts.chances:
        lowest, highest = _share(facts.chances[0][0]), _share(facts.chances[-1][0])
        key = "invite.chances" if lowest == highest else "invite.chances_range"
        yield lead("chances", say(key, lowest=lowest, highest=highest))
    if facts.overlay:
        yield lead("overlay", _overlay(facts.overlay))
    if facts.first_stage:
        drawn = ", ".join(f"{name} {many(n)}" for name, n in facts.first_stage.letters.items())
        yield lead("clusters", drawn)
    if facts.channel:
        blank = say("invite.blank")
        sent = (f"{facts.channel} {name or blank}: {many(n)}" for name, n in facts.channels.items())
        yield lead("sent", ", ".join(sent))
    if len(facts.strata) > 1 and not facts.first_stage:
        yield from _strata(facts)


def _overlay(overlay: OverlayFacts) -> str:
    inside, outside = overlay.rates
    return say(
        "invite.overlay",
        inside=overlay.inside[1],
        rate=_share(inside),
        outside=overlay.outside[1],
        other=_share(outside),
    )


def _strata(facts: InviteFacts) -> Iterator[str]:
    yield lead("strata", ", ".join(facts.columns))
    for stratum in facts.strata[:STRATA_SHOWN]:
        name, rate = " · ".join(stratum.values), _share(stratum.rate)
        letters, people = many(stratum.letters), many(stratum.population)
        told = say("invite.stratum", name=name, letters=letters, people=people, rate=rate)
        yield f"{'':{LABEL}}{told}"
    if len(facts.strata) > STRATA_SHOWN:
        more = say("invite.more_strata", more=len(facts.strata) - STRATA_SHOWN)
        yield f"{'':{LABEL}}{more}"


def _share(chance: Fraction) -> str:
    return figure(f"{float(chance):.4%}")
