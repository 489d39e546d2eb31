"""What `sortition lottery` says: the digest to announce, and what to do with the folder."""

from __future__ import annotations

import typer

from sortition.audit.draw.rfc3797 import key_of
from sortition.audit.draw.sources import time_of
from sortition.cli.around.helping import told
from sortition.cli.show.select import proven
from sortition.cli.show.spoken import assumed, lead, say
from sortition.steps.publish.run import LotteryOptions, Published


def show_published(published: Published, options: LotteryOptions) -> None:
    """Say what was published and how it will be drawn."""
    prepared, out = published.publication.prepared, options.out
    lottery, certificate = prepared.lottery, prepared.certificate
    last = str(lottery.ticket_count - 1)
    bound = certificate.proven(certificate.proofs[0])
    panels, first = len(lottery.panels), "0" * len(last)
    people, pool = prepared.instance.panel_size, len(prepared.instance.pool)
    count = lottery.ticket_count
    lines = [
        *([say("lottery.rehearsal"), ""] if options.rehearsal else []),
        say("lottery.ready", people=people, pool=pool),
        "",
        lead("announce", say("lottery.announce", digest=published.publication.announced)),
        lead("tickets", say("lottery.tickets", count=count, first=first, last=last, panels=panels)),
        lead("proof", proven(prepared.rules.objective, bound)),
        lead("draw", _how(options)),
        lead("publish", say("lottery.publish", folder=out / "public")),
        lead("seal", say("lottery.seal", folder=out / "sealed")),
        lead("print", str(out / "public" / "draw_sheet.html")),
    ]
    if not prepared.complete:
        lines += ["", say("lottery.time_up")]
    lines += assumed(published.assumed)
    typer.echo("\n".join(lines))


def _how(options: LotteryOptions) -> str:
    source, out = options.source, options.out
    if source.kind == "drawn":
        return say("lottery.by_hand", command=f"sortition draw {out} --drawn {told('DIGITS')}")
    if source.kind == "seed":
        example = key_of([[one.lowest] * one.count for one in source.numbers])
        return say("lottery.by_seed", command=f"sortition draw {out} --seed {example}")
    time = f"{time_of(source.round or 1):%Y-%m-%d %H:%M:%S}"
    command = f"sortition draw {out} --beacon {told('FILE')}"
    return say("lottery.by_beacon", round=str(source.round), time=time, command=command)
