"""What `sortition lottery` says: the digest to announce, and what to do with the folder."""

from __future__ import annotations

import typer

from sortition.audit.draw.rfc3797 import key_of
from sortition.audit.draw.sources import time_of
from sortition.cli.show.select import PROVEN
from sortition.steps.publish.run import LotteryOptions, Published
from sortition.texts.grouping import grouped


def show_published(published: Published, options: LotteryOptions) -> None:
    """Say what was published and how it will be drawn."""
    prepared, out = published.publication.prepared, options.out
    lottery, certificate = prepared.lottery, prepared.certificate
    last = str(lottery.ticket_count - 1)
    bound = certificate.proven(certificate.proofs[0])
    lines = [
        f"A lottery for {prepared.instance.panel_size} people out of "
        f"{len(prepared.instance.pool)} is ready to be published.",
        "",
        f"Announce  {published.publication.announced} (SHA-256 of public/commitment.json)",
        f"Tickets   {lottery.ticket_count}, numbered {'0' * len(last)} to {last}, "
        f"{len(lottery.panels)} different panels",
        f"Proof     {PROVEN[prepared.rules.objective].format(bound)}",
        f"Draw      {_how(options)}",
        f"Publish   {out / 'public'}: for everybody; it names people by token alone",
        f"Seal      {out / 'sealed'}: ids, values and the key; for an auditor alone",
        f"Print     {out / 'public' / 'draw_sheet.html'}",
    ]
    if not prepared.complete:
        lines += ["", "The time was up: a better lottery may exist."]
    if published.assumed:
        lines += ["", "What was assumed:", *(f"  {line}" for line in grouped(published.assumed))]
    typer.echo("\n".join(lines))


def _how(options: LotteryOptions) -> str:
    source, out = options.source, options.out
    if source.kind == "drawn":
        return f"the digits by hand, then: sortition draw {out} --drawn DIGITS"
    if source.kind == "seed":
        example = key_of([[one.lowest] * one.count for one in source.numbers])
        return f"the numbers in public, then: sortition draw {out} --seed {example}"
    time = time_of(source.round or 1)
    return (
        f"round {source.round} of drand quicknet, published {time:%Y-%m-%d %H:%M:%S} UTC, then: "
        f"sortition draw {out} --beacon FILE"
    )
