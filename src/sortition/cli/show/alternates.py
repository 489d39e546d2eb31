"""What `sortition alternates` says: who is called first, and what the reserve is worth."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed, figure, lead, say
from sortition.selection.reserve.choice import Reserve
from sortition.selection.reserve.rules import RuleName
from sortition.steps.members.reserve.reading import AlternatesOptions
from sortition.steps.members.reserve.run import Alternates
from sortition.texts.grouping import some

RULES: dict[RuleName, str] = {
    "chosen": "reserve.chosen",
    "equal chances": "reserve.equal",
    "look-alikes": "reserve.alike",
    "quota shares": "reserve.shares",
    "second draw": "reserve.second",
    "none": "reserve.none",
}


def show_alternates(done: Alternates, options: AlternatesOptions) -> None:
    """Say who is in reserve and where it is written."""
    lines = list(_of_reserve(done, done.reserve) if done.reserve else _of_panel(done))
    written = f"{options.directory}: {', '.join(done.written)}"
    lines += ["", lead("written", written), *assumed(done.assumed)]
    typer.echo("\n".join(lines))


def _of_reserve(done: Alternates, reserve: Reserve) -> Iterator[str]:
    people, pool = len(reserve.alternates), reserve.people
    yield say("reserve.of", people=people, pool=pool, seats=done.panel_size)
    yield ""
    yield lead("called", say("reserve.order", people=" ".join(done.people)))
    yield lead("seed", done.seed)
    lowest, highest = (figure(f"{chance:.1%}") for chance in reserve.chances)
    expected = figure(f"{reserve.expected_dropouts:.1f}")
    key = "reserve.expected" if lowest == highest else "reserve.expected_range"
    yield lead("dropouts", say(key, n=expected, lowest=lowest, highest=highest))
    yield ""
    yield say("reserve.deviation")
    names = {rule: say(key) for rule, key in RULES.items()}
    width = max(map(len, names.values()))
    for rule in sorted(reserve.rules, key=lambda rule: rule.damage.mean):
        mean, error = figure(f"{rule.damage.mean:.3f}"), figure(f"{rule.damage.error:.3f}")
        yield f"  {names[rule.rule]:{width}}  {mean} ± {error}"
    program = reserve.program
    if program:
        least = (
            say("reserve.exact", value=figure(f"{program.value:.3f}"))
            if program.value is not None
            else say("reserve.bound", value=figure(f"{program.bound:.3f}"))
        )
        search = figure(f"{program.search:.3f}")
        yield say("reserve.program", sets=program.sets, search=search, least=least)


def _of_panel(done: Alternates) -> Iterator[str]:
    second = done.second
    assert second is not None  # noqa: S101 - one of the two was made
    tickets = second.prepared.rules.tickets
    left = len(second.prepared.instance.pool)
    yield say("reserve.second_panel", people=len(done.people), left=left)
    yield ""
    number = f"{second.ticket:0{len(str(tickets - 1))}d}"
    yield lead("ticket", say("reserve.ticket", ticket=number, count=tickets))
    yield lead("seed", done.seed)
    yield lead("digest", say("reserve.digest", digest=second.prepared.digest))
    yield lead("panel", some(sorted(done.people)))
