"""What `sortition funnel` says: the stages, who was not reached, and the chances."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import assumed
from sortition.steps.funnel.run import DOCUMENT, FunnelDone, FunnelOptions

MOST_GROUPS = 8


def show_funnel(done: FunnelDone, options: FunnelOptions, *, as_json: bool) -> None:
    """Say what may be told."""
    if as_json:
        typer.echo((options.out / DOCUMENT).read_text(encoding="utf-8"), nl=False)
        return
    lines = [*_stages(done), "", *_not_reached(done), "", *_chances(done)]
    lines.append(f"Written   {options.out}: {', '.join(done.files)}")
    office = [name for name in done.files if "/" in name]
    if office:
        lines.append("          Those under office hold every number: do not publish them.")
    lines += assumed(done.assumed)
    typer.echo("\n".join(lines))


def _stages(done: FunnelDone) -> Iterator[str]:
    funnel = done.funnel
    for stage, people, rate in zip(funnel.stages, funnel.people, funnel.rates, strict=True):
        count = f"under {funnel.smallest}" if people is None else f"{people:,}"
        share = "" if rate is None else f"   {rate:.2%} of the stage before"
        yield f"{stage:<10}{count:>9}{share}"


def _not_reached(done: FunnelDone) -> Iterator[str]:
    groups = done.funnel.not_reached
    if not groups:
        yield "No group's share fell below four fifths of its first."
        return
    yield "Not reached: groups whose share fell below four fifths of its first, and where"
    for group in groups[:MOST_GROUPS]:
        yield f"  {group.feature}, {group.value}: ×{group.representation:.2f} ({group.stage})"
    if len(groups) > MOST_GROUPS:
        yield f"  and {len(groups) - MOST_GROUPS} more"


def _chances(done: FunnelDone) -> Iterator[str]:
    chances = done.chances
    if chances is None:
        return
    totals = [
        (of.total / chances.equal, feature, value)
        for feature, table in chances.tables.items()
        for value, of in table.items()
    ]
    yield f"Chance of a seat if all had the same: {chances.equal:.4%}"
    if totals:
        for word, (times, feature, value) in (("lowest", min(totals)), ("highest", max(totals))):
            yield f"  {word}: ×{times:.2f} for {feature}, {value}"
    yield ""
