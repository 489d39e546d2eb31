"""What `sortition alternates` says: who is called first, and what the reserve is worth."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed
from sortition.selection.reserve.choice import Reserve
from sortition.selection.reserve.rules import RuleName
from sortition.steps.members.reserve.run import Alternates, AlternatesOptions
from sortition.texts.grouping import some

RULES: dict[RuleName, str] = {
    "chosen": "this reserve",
    "equal chances": "as if all were as likely to drop out",
    "look-alikes": "look-alikes of the likeliest to drop out",
    "quota shares": "made up like the panel",
    "second draw": "a plain second draw",
    "none": "no reserve",
}


def show_alternates(done: Alternates, options: AlternatesOptions) -> None:
    """Say who is in reserve and where it is written."""
    lines = list(_of_reserve(done, done.reserve) if done.reserve else _of_panel(done))
    lines += ["", f"Written   {options.directory}: {', '.join(done.written)}"]
    lines += assumed(done.assumed)
    typer.echo("\n".join(lines))


def _of_reserve(done: Alternates, reserve: Reserve) -> Iterator[str]:
    people = len(reserve.alternates)
    yield f"{people} of {reserve.people} people are in reserve for a panel of {done.panel_size}."
    yield ""
    yield f"Called    {' '.join(done.people)}  (in this order)"
    yield f"Seed      {done.seed}"
    yield (
        f"Dropouts  {reserve.expected_dropouts:.1f} expected, "
        f"chances from {reserve.chances[0]:.1%} to {reserve.chances[1]:.1%}"
    )
    yield ""
    yield "Expected deviation from the quotas after the best replacement:"
    width = max(map(len, RULES.values()))
    for figure in sorted(reserve.rules, key=lambda figure: figure.damage.mean):
        damage = figure.damage
        yield f"  {RULES[figure.rule]:{width}}  {damage.mean:.3f} ± {damage.error:.3f}"
    program = reserve.program
    if program:
        least = (
            f"the exact program {program.value:.3f}"
            if program.value is not None
            else f"nothing below {program.bound:.3f} is possible"
        )
        yield f"On {program.sets} sets of dropouts the search leaves {program.search:.3f}, {least}."


def _of_panel(done: Alternates) -> Iterator[str]:
    second = done.second
    assert second is not None  # noqa: S101 - one of the two was made
    tickets = second.prepared.rules.tickets
    left = len(second.prepared.instance.pool)
    yield f"A second panel of {len(done.people)} was drawn from {left} people."
    yield ""
    yield f"Ticket    {second.ticket:0{len(str(tickets - 1))}d}, one of {tickets}"
    yield f"Seed      {done.seed}"
    yield f"Digest    {second.prepared.digest} (of alternates_lottery.json)"
    yield f"Panel     {some(sorted(done.people))}"
