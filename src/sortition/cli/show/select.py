"""What `sortition select` says: the ticket, the proof, and where the results are."""

from __future__ import annotations

import typer

from sortition.audit.shapes.run import COPY, RESERVE
from sortition.cli.show.spoken import LABEL, assumed, figure, lead, say
from sortition.model import ObjectiveName
from sortition.selection.select import Selection
from sortition.steps.select.ready import DOCUMENTS, Options
from sortition.steps.select.run import Run
from sortition.texts.grouping import some


def proven(objective: ObjectiveName, bound: float) -> str:
    """What a proof says of all lotteries."""
    shown = f"{bound:.6f}" if objective == "goldilocks" else f"{bound:.4%}"
    return say(f"proven.{objective}", bound=figure(shown))


def show_run(run: Run, options: Options) -> None:
    """Say what was drawn and where it is written."""
    selection, report = run.selection, run.selection.report
    chance, proof, tickets = report.selection_probability, report.certificate, report.tickets
    last = str(tickets.count - 1)
    lowest = chance.lowest_positive if selection.prepared.complete else chance.lowest
    seed = "select.seed_given" if options.seed is not None else "select.seed_made"
    number = f"{selection.ticket:0{len(last)}d}"
    first = "0" * len(last)
    certain = proven(report.objective, proof.bound)
    gap = figure(f"{proof.gap:.0e}")
    lines = [
        *([say("select.rehearsal"), ""] if options.rehearsal else []),
        say("select.drawn", people=report.panel_size, pool=report.pool_size),
        "",
        lead(
            "ticket",
            say("select.ticket", ticket=number, count=tickets.count, first=first, last=last),
        ),
        lead("seed", say(seed, seed=report.seed)),
        lead("digest", say("select.digest", digest=report.lottery_digest)),
        lead(
            "chances", say("select.chances", lowest=_share(lowest), highest=_share(chance.highest))
        ),
        lead("proof", say("select.proof", proven=certain, gap=gap, cuts=proof.cuts)),
        lead("tickets", say("select.deviation", deviation=_share(tickets.largest_deviation))),
        lead(
            "written",
            f"{options.out}: panel.csv, panel.xlsx, not_selected.csv, {', '.join(DOCUMENTS)}",
        ),
    ]
    if options.workbook:
        lines.append(f"{'':{LABEL}}{COPY}")
    reserve = selection.prepared.lottery.panel(selection.ticket).alternates
    if reserve:
        lines += [
            f"{'':{LABEL}}{', '.join(RESERVE)}",
            lead("reserve", say("select.reserve", people=" ".join(reserve))),
        ]
    if not options.contacts_of_others:
        lines.append(lead("others", say("lists.others")))
    if not selection.prepared.complete:
        lines += ["", say("select.time_up")]
    lines += [*_without_ticket(selection), *assumed(run.assumed)]
    typer.echo("\n".join(lines))


def _without_ticket(selection: Selection) -> list[str]:
    """Who is on no ticket, and why."""
    tickets, chances = selection.report.tickets, selection.prepared.probabilities
    lines = []
    excluded = selection.prepared.certificate.impossible
    if excluded:
        lines += ["", say("select.excluded", people=some(excluded))]
    ticketless = [id for id in tickets.without if chances[id] > 0]
    if ticketless:
        lines += [
            "",
            say("select.ticketless", people=some(ticketless)),
            say("select.raise_tickets", count=tickets.count),
        ]
    passed_over = [id for id in tickets.without if chances[id] == 0]
    if passed_over:
        lines += ["", say("select.passed_over", people=some(passed_over))]
    return lines


def _share(chance: float) -> str:
    return figure(f"{chance:.4%}")
