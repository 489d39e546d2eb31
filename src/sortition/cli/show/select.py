"""What `sortition select` says: the ticket, the proof, and where the results are."""

from __future__ import annotations

import typer

from sortition.audit.shapes.run import RESERVE
from sortition.model import ObjectiveName
from sortition.steps.select.run import DOCUMENTS, Options, Run
from sortition.texts.grouping import grouped, some

PROVEN: dict[ObjectiveName, str] = {
    "leximin": "no lottery gives everybody who can be selected more than {:.4%}",
    "maximin": "no lottery gives everybody who can be selected more than {:.4%}",
    "nash": "no lottery has a geometric mean of chances above {:.4%}",
    "minimax": "no lottery has a highest chance below {:.4%}",
    "goldilocks": "no lottery has a goldilocks measure below {:.6f}",
    "population": "no lottery gives everybody who can be selected more than {:.4%} of the aim",
}


def show_run(run: Run, options: Options) -> None:
    """Say what was drawn and where it is written."""
    selection, report = run.selection, run.selection.report
    chance, proof, tickets = report.selection_probability, report.certificate, report.tickets
    last = str(tickets.count - 1)
    lowest = chance.lowest_positive if selection.prepared.complete else chance.lowest
    made = (
        "  (whoever chose it, with the lottery known, could choose the panel)"
        if options.seed is not None
        else "  (made for this run)"
    )
    lines = [
        f"{report.panel_size} people were drawn from {report.pool_size}.",
        "",
        f"Ticket    {selection.ticket:0{len(last)}d}, one of {tickets.count} numbered "
        f"{'0' * len(last)} to {last}",
        f"Seed      {report.seed}{made}",
        f"Digest    {report.lottery_digest} (of lottery.json)",
        f"Chances   from {lowest:.4%} to {chance.highest:.4%} for those who can be selected",
        f"Proof     {PROVEN[report.objective].format(proof.bound)}"
        f"  (gap {proof.gap:.0e}, cuts {proof.cuts})",
        f"Tickets   nobody's share is further than {tickets.largest_deviation:.4%} "
        "from the exact chance",
        f"Written   {options.out}: panel.csv, panel.xlsx, not_selected.csv, "
        + ", ".join(DOCUMENTS),
    ]
    reserve = selection.prepared.lottery.panel(selection.ticket).alternates
    if reserve:
        lines += [
            f"          {', '.join(RESERVE)}",
            f"Reserve   {' '.join(reserve)}  (called in this order)",
        ]
    if not selection.prepared.complete:
        lines += ["", "The time was up: a better lottery may exist; the gap above says how much."]
    excluded = selection.prepared.certificate.impossible
    if excluded:
        lines += ["", f"On no panel that meets the quotas: {some(excluded)}"]
    chances = selection.prepared.probabilities
    ticketless = [id for id in tickets.without if chances[id] > 0]
    if ticketless:
        lines += [
            "",
            f"On no ticket, though they could be selected: {some(ticketless)}",
            f"Raise --tickets above {tickets.count} to give them a place.",
        ]
    passed_over = [id for id in tickets.without if chances[id] == 0]
    if passed_over:
        lines += ["", f"Left without a chance by the objective: {some(passed_over)}"]
    if run.assumed:
        lines += ["", "What was assumed:", *(f"  {line}" for line in grouped(run.assumed))]
    typer.echo("\n".join(lines))
