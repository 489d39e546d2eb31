"""What `sortition compare` says: a table of the rules, and how its figures were found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import typer
from rich.table import Table

from sortition.cli.show.spoken import assumed, figure, many, say, words
from sortition.cli.show.tables import empty_table, printed
from sortition.selection.compared import Comparison, Known, RuleOutcome
from sortition.selection.manipulation import Manipulation, in_words
from sortition.selection.simple_rules import UniformChances
from sortition.steps.compare.run import DOCUMENT, PAGE, Compared, CompareOptions

# eighty columns must do
COLUMNS = ("rule", "figures", "lowest", "highest", "mean", "gini", "none", "gap", "seconds")
SHORT: dict[Known, str] = {"exact": "exact", "approximate": "approx", "estimated": "estim"}


def show_comparison(compared: Compared, options: CompareOptions) -> None:
    """Say what the rules give, and where it is written."""
    lines = [printed(partial(table, compared.comparison)).rstrip("\n"), *notes(compared.comparison)]
    if options.out is not None:
        lines.append(say("written.files", folder=options.out, files=f"{PAGE}, {DOCUMENT}"))
    lines += assumed(compared.assumed)
    typer.echo("\n".join(lines))


def table(comparison: Comparison, *, plain: bool) -> Table:
    """The rules, a row each."""
    shown = empty_table(words().each("compare", *COLUMNS), labels=2, plain=plain)
    for outcome in comparison.rules:
        shown.add_row(*_row(outcome))
    return shown


def notes(comparison: Comparison) -> Iterator[str]:
    """What the figures are."""
    pool, seats = comparison.pool_size, comparison.panel_size
    yield say("compare.about", seats=seats, pool=pool, share=figure(f"{seats / pool:.3%}"))
    if comparison.impossible:
        yield say("compare.impossible", people=len(comparison.impossible))
    for one in comparison.not_found:
        yield say("compare.not_found", rule=one.rule, status=one.status)
    yield _of_uniform(comparison.uniform)
    yield from _of_legacy(comparison)
    yield from _of_manipulation(comparison.manipulation)


def _row(outcome: RuleOutcome) -> tuple[str, ...]:
    chance = outcome.selection_probability
    return (
        outcome.rule,
        say(f"compare.{SHORT[outcome.known]}"),
        figure(f"{chance.lowest_positive:.3%}"),
        figure(f"{chance.highest:.3%}"),
        figure(f"{chance.geometric_mean:.3%}"),
        figure(f"{chance.gini:.3f}"),
        many(outcome.without_chance),
        "" if outcome.gap is None else f"{outcome.gap:.0e}",
        figure(f"{outcome.seconds:.2f}"),
    )


def _of_manipulation(found: tuple[Manipulation, ...]) -> Iterator[str]:
    if not found:
        return
    yield say("compare.lies")
    for one in found:
        tried = (
            say("compare.all_lies", lies=one.lies)
            if one.complete
            else say("compare.some_lies", tried=one.tried, lies=one.lies)
        )
        if one.best is None:
            yield "  " + say("compare.no_gain", rule=one.rule, tried=tried)
            continue
        yield "  " + say(
            "compare.gain",
            rule=one.rule,
            tried=tried,
            honest=figure(f"{one.best.honest:.3%}"),
            lying=figure(f"{one.best.lying:.3%}"),
            said=in_words(one.best),
            average=figure(f"{one.average_gain:.3%}"),
        )
    if not all(one.complete for one in found):
        yield "  " + say("compare.more_lies")


def _of_uniform(uniform: UniformChances | None) -> str:
    if uniform is None:
        return say("compare.walks_lost")
    if uniform.diagnostics is None:
        return say("compare.counted")
    walks = uniform.diagnostics
    doubt = "" if walks.agree else say("compare.doubt")
    error, r_hat = figure(f"{walks.standard_error:.3%}"), figure(f"{walks.r_hat:.3f}")
    return say("compare.walks", walks=walks.chains, error=error, r_hat=r_hat, doubt=doubt)


def _of_legacy(comparison: Comparison) -> Iterator[str]:
    legacy = comparison.legacy
    if not legacy.panels:
        yield say("compare.legacy_never", attempts=legacy.attempts)
        return
    yield say("compare.legacy", panels=legacy.panels, attempts=legacy.attempts)
    for outcome in comparison.rules:
        for name, person in (("lowest", outcome.lowest), ("highest", outcome.highest)):
            if person is not None:
                lower, upper = figure(f"{person.lower:.3%}"), figure(f"{person.upper:.3%}")
                named = say(f"compare.{name}")
                yield "  " + say("compare.limits", name=named, lower=lower, upper=upper)
    if comparison.never_drawn is not None:
        upper = figure(f"{comparison.never_drawn.upper:.3%}")
        yield "  " + say("compare.never_drawn", upper=upper)
