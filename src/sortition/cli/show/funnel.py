"""What `sortition funnel` says: the stages, who was not reached, and the chances."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from sortition.cli.show.spoken import LABEL, assumed, figure, lead, say, under
from sortition.steps.funnel.options import DOCUMENT, FunnelOptions
from sortition.steps.funnel.run import FunnelDone

MOST_GROUPS = 8


def show_funnel(done: FunnelDone, options: FunnelOptions, *, as_json: bool) -> None:
    """Say what may be told."""
    if as_json:
        typer.echo((options.out / DOCUMENT).read_text(encoding="utf-8"), nl=False)
        return
    lines = [*_stages(done), "", *_not_reached(done), "", *_chances(done)]
    lines.append(lead("written", f"{options.out}: {', '.join(done.files)}"))
    office = [name for name in done.files if "/" in name]
    if office:
        lines.append(under(say("funnel.office")))
    lines += assumed(done.assumed)
    typer.echo("\n".join(lines))


def _stages(done: FunnelDone) -> Iterator[str]:
    funnel = done.funnel
    width = max(LABEL, *(len(say(f"funnel.{stage}")) for stage in funnel.stages))
    for stage, people, rate in zip(funnel.stages, funnel.people, funnel.rates, strict=True):
        small = say("funnel.under", n=funnel.smallest)
        count = small if people is None else figure(f"{people:,}")
        share = "" if rate is None else "   " + say("funnel.share", rate=figure(f"{rate:.2%}"))
        yield f"{say(f'funnel.{stage}'):<{width}}{count:>9}{share}"


def _not_reached(done: FunnelDone) -> Iterator[str]:
    groups = done.funnel.not_reached
    if not groups:
        yield say("funnel.none_lost")
        return
    yield say("funnel.lost")
    for group in groups[:MOST_GROUPS]:
        times, stage = figure(f"{group.representation:.2f}"), say(f"funnel.{group.stage}")
        yield f"  {group.feature}, {group.value}: ×{times} ({stage})"
    if len(groups) > MOST_GROUPS:
        yield "  " + say("funnel.more", n=len(groups) - MOST_GROUPS)


def _chances(done: FunnelDone) -> Iterator[str]:
    chances = done.chances
    if chances is None:
        return
    totals = [
        (of.total / chances.equal, feature, value)
        for feature, table in chances.tables.items()
        for value, of in table.items()
    ]
    yield say("funnel.equal", chance=figure(f"{chances.equal:.4%}"))
    if totals:
        for word, (times, feature, value) in (("lowest", min(totals)), ("highest", max(totals))):
            extreme = f"{feature}, {value}"
            yield "  " + say(f"funnel.{word}", times=figure(f"{times:.2f}"), group=extreme)
    yield ""
