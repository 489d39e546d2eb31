"""What `sortition compare` says: a table of the rules, and how its figures were found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import typer
from rich.table import Table

from sortition.cli.show.spoken import say
from sortition.cli.show.tables import empty_table, printed
from sortition.selection.comparison import Comparison, Known, RuleOutcome
from sortition.selection.manipulation import Manipulation, in_words
from sortition.selection.simple_rules import UniformChances
from sortition.steps.compare.run import DOCUMENT, PAGE, Compared, CompareOptions
from sortition.texts.grouping import grouped

# eighty columns must do
COLUMNS = ("rule", "figures", "lowest", "highest", "geo. mean", "Gini", "none", "gap", "seconds")
SHORT: dict[Known, str] = {"exact": "exact", "approximate": "approx.", "estimated": "estim."}


def show_comparison(compared: Compared, options: CompareOptions) -> None:
    """Say what the rules give, and where it is written."""
    lines = [printed(partial(table, compared.comparison)).rstrip("\n"), *notes(compared.comparison)]
    if options.out is not None:
        lines.append(f"Written: {options.out}: {PAGE}, {DOCUMENT}")
    if compared.assumed:
        lines += ["", say("headings.assumed"), *(f"  {line}" for line in grouped(compared.assumed))]
    typer.echo("\n".join(lines))


def table(comparison: Comparison, *, plain: bool) -> Table:
    """The rules, a row each."""
    shown = empty_table(COLUMNS, labels=2, plain=plain)
    for outcome in comparison.rules:
        shown.add_row(*_row(outcome))
    return shown


def notes(comparison: Comparison) -> Iterator[str]:
    """What the figures are."""
    pool, seats = comparison.pool_size, comparison.panel_size
    yield (
        f"{seats} people from {pool}, {seats / pool:.3%} on average. Lowest: above 0. "
        "None: how many have no chance."
    )
    if comparison.impossible:
        yield f"On no panel that meets the quotas: {len(comparison.impossible)} people."
    for one in comparison.not_found:
        yield f"{one.rule}: no lottery was found ({one.status}); --solver names the other solver."
    yield _of_uniform(comparison.uniform)
    yield from _of_legacy(comparison)
    yield from _of_manipulation(comparison.manipulation)


def _row(outcome: RuleOutcome) -> tuple[str, ...]:
    chance = outcome.selection_probability
    return (
        outcome.rule,
        SHORT[outcome.known],
        f"{chance.lowest_positive:.3%}",
        f"{chance.highest:.3%}",
        f"{chance.geometric_mean:.3%}",
        f"{chance.gini:.3f}",
        str(outcome.without_chance),
        "" if outcome.gap is None else f"{outcome.gap:.0e}",
        f"{outcome.seconds:.2f}",
    )


def _of_manipulation(found: tuple[Manipulation, ...]) -> Iterator[str]:
    if not found:
        return
    yield "What a false answer gains, if all others are honest and the liar knows pool and quotas:"
    for one in found:
        tried = f"all {one.lies} lies" if one.complete else f"{one.tried} of {one.lies} lies"
        if one.best is None:
            yield f"  {one.rule}: {tried} tried; none gains anything."
            continue
        yield (
            f"  {one.rule}: {tried} tried; at most from {one.best.honest:.3%} to "
            f"{one.best.lying:.3%} ({in_words(one.best)}); {one.average_gain:.3%} on average of "
            "best lies."
        )
    if not all(one.complete for one in found):
        yield "  Lies that were not tried may gain more: --lies N tries more of them."


def _of_uniform(uniform: UniformChances | None) -> str:
    if uniform is None:
        return "uniform: too many panels to count, and random walks among them lost their way."
    if uniform.diagnostics is None:
        return "uniform: exact, as all panels could be counted."
    walks = uniform.diagnostics
    doubt = "" if walks.agree else "; they do not agree well enough, so take its figures with care"
    return (
        f"uniform: approximate, from {walks.chains} random walks among the panels "
        f"(standard error at most {walks.standard_error:.3%}, R-hat {walks.r_hat:.3f}{doubt})."
    )


def _of_legacy(comparison: Comparison) -> Iterator[str]:
    legacy = comparison.legacy
    if not legacy.panels:
        yield f"legacy: started {legacy.attempts} times, it never met the quotas."
        return
    yield (
        f"legacy: estimated from {legacy.panels} panels, for which it was started "
        f"{legacy.attempts} times; 95 % confidence limits, each for one person alone:"
    )
    for outcome in comparison.rules:
        for name, person in (("lowest", outcome.lowest), ("highest", outcome.highest)):
            if person is not None:
                yield f"  {name} {person.lower:.3%} to {person.upper:.3%}"
    if comparison.never_drawn is not None:
        yield f"  never drawn, though possible: up to {comparison.never_drawn.upper:.3%}"
