"""What `sortition check` says, in one screen: the verdict first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import typer

from sortition.model import Quota
from sortition.pages.conflict import bounds_in_words, infeasible_in_words
from sortition.steps.check.excluded import Excluded
from sortition.steps.check.loosening import Loosening
from sortition.steps.check.pool import LOTTERY_UP_TO, Feasible, PoolCheck
from sortition.steps.check.result import Check
from sortition.steps.check.run import DOCUMENT, PAGE, Checked, CheckOptions
from sortition.texts.grouping import grouped, some

POPULATION, POOL = ("population", "seats", "quota"), ("pool", "share", "can lose", "one looser")
APART = {"over": "many", "under": "few"}
STOCK = {
    "short": "not enough",
    "all": "every one of them must sit",
    "thin": "thin",
}


def show_check(checked: Checked, options: CheckOptions) -> None:
    """Say what was found and where it is written."""
    check, pool = checked.check, checked.check.pool
    lines = [_verdict(check)]
    if check.infeasible:
        lines += infeasible_in_words(check.infeasible)
    lines += [*_of_population(check), *_of_chances(pool), "", *_table(check), ""]
    lines += [*_of_supply(check), *_of_feasible(check), *_written(checked, options)]
    if checked.assumed:
        lines += ["What was assumed:", *(f"  {line}" for line in grouped(checked.assumed))]
    while not lines[-1]:
        lines.pop()
    typer.echo("\n".join(lines))


def _verdict(check: Check) -> str:
    seats, pool = check.panel_size, check.pool
    if pool is None:
        return f"The quotas can add up to a panel of {seats}. There is no pool to check."
    if check.infeasible:
        return f"NO PANEL of {seats} from these {pool.people} people meets the quotas."
    return f"FEASIBLE: a panel of {seats} that meets the quotas can be drawn from {pool.people}."


def _of_population(check: Check) -> Iterator[str]:
    """Which groups the quotas over- or under-represent, and whether rounding explains it."""
    compared = [
        (quota, beside)
        for quota, beside in zip(check.quotas.rows, check.represented, strict=True)
        if beside is not None
    ]
    if not compared:
        yield "The quotas were not compared with the population: no figures were given."
        return
    missed = [(q, b) for q, b in compared if b.verdict in {"over", "under"}]
    rounded = sum(beside.verdict == "rounding" for _, beside in compared)
    if missed:
        yield f"Beyond what rounding explains, the quotas miss the population {len(missed)} times:"
    else:
        yield "The quotas give every group its share of the population, up to rounding."
    for quota, beside in missed:
        seats = f"{float(abs(beside.apart)):.1f}"
        yield (
            f"  {quota.feature}, {quota.value}: {_span(quota)} for a share worth "
            f"{float(beside.seats):.1f} seats: {seats} too {APART[beside.verdict]}"
        )
    if rounded:
        of = f"{rounded} of {len(compared)} quotas"
        yield f"Missed by less than a seat, which rounding explains: {of}."


def _of_chances(pool: PoolCheck | None) -> Iterator[str]:
    if pool is None or not isinstance(pool.outcome, Feasible):
        return
    chances = pool.outcome.chances
    among = "everybody" if not pool.outcome.excluded else "everybody who can be selected"
    if chances.lowest is None:
        yield f"No lottery gives {among} more than {_percent(chances.bound)}."
        yield (
            f"Left out: the fairest lottery itself, as there are more than {LOTTERY_UP_TO} people."
        )
    else:
        bound = _percent(max(chances.bound, chances.lowest))
        yield (
            f"The fairest lottery gives {among} at least {_percent(chances.lowest)}; "
            f"no lottery gives all of them more than {bound}."
        )


def _table(check: Check) -> Iterator[str]:
    """A row for each quota, under its feature; only the columns that there is something for."""
    feasible = _feasible(check.pool)
    compared = any(beside is not None for beside in check.represented)
    header = ["", *(POPULATION if compared else POPULATION[2:])]
    header += POOL[:2] if check.pool else ()
    header += POOL[2:] if feasible else ()
    rows: list[list[str]] = [header]
    numbered = enumerate(check.quotas.rows)
    for feature, of_feature in groupby(numbered, key=lambda pair: pair[1].feature):
        rows.append([feature])
        for number, quota in of_feature:
            rows.append([f"  {quota.value}", *_cells(check, number, quota, compared, feasible)])
    yield from _aligned(rows)


def _cells(
    check: Check, number: int, quota: Quota, compared: bool, feasible: Feasible | None
) -> Iterator[str]:
    beside = check.represented[number]
    if compared:
        yield "" if beside is None else f"{float(beside.share):.1%}"
        yield "" if beside is None else f"{float(beside.seats):.1f}"
    yield _span(quota)
    if check.pool:
        supply = check.pool.supplies[number]
        yield str(supply.people)
        yield f"{float(supply.share):.1%}"
    if feasible:
        yield str(feasible.spare[number])
        yield _looser(feasible.chances.loosenings[number])


def _looser(loosening: Loosening | None) -> str:
    if loosening is None:
        return "-"
    bound = "min" if loosening.bound == "lower" else "max"
    return f"{bound} {loosening.seats}: up to {_percent(loosening.at_most)}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of the same columns; the first column to the left, the others to the right."""
    columns = max(map(len, rows))
    widths = [
        max(len(row[column]) for row in rows if len(row) > max(column, 1))
        for column in range(columns)
    ]
    for row in rows:
        first, *others = row
        cells = [
            cell.rjust(width) for cell, width in zip(others, widths[1 : len(row)], strict=True)
        ]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()


def _of_supply(check: Check) -> Iterator[str]:
    if check.pool is None:
        return
    for quota, supply in zip(check.quotas.rows, check.pool.supplies, strict=True):
        if supply.stock in STOCK:
            yield (
                f"{quota.feature}, {quota.value}: {supply.people} volunteers for at least "
                f"{quota.lower} seats: {STOCK[supply.stock]}"
            )


def _of_feasible(check: Check) -> Iterator[str]:
    feasible = _feasible(check.pool)
    if feasible is None:
        return
    yield from grouped(feasible.gave_way)
    for one in feasible.excluded:
        yield from _never(one, check.panel_size)
    if feasible.indispensable:
        needed = some(feasible.indispensable)
        yield f"On every panel, so that none is left if one of them withdraws: {needed}"
    yield "Can lose: so many may withdraw if the right ones stay; one more, and no panel is left."
    yield "One looser: how far the lowest chance could rise, at most, with that bound instead."


def _never(one: Excluded, seats: int) -> Iterator[str]:
    who = "person" if len(one.ids) == 1 else "people"
    why = [
        f"{quota.feature}, {quota.value}: {bounds_in_words(quota, seats)}" for quota in one.conflict
    ]
    rule = ["the household rule"] if one.households else []
    yield f"Can never be selected ({len(one.ids)} {who}): {some(one.ids)}"
    yield f"  because beside them there is no room for: {'; '.join([*why, *rule])}"


def _written(checked: Checked, options: CheckOptions) -> Iterator[str]:
    if options.out is not None:
        yield f"Written: {options.out}: {PAGE}, {DOCUMENT}"
    if checked.relaxed:
        yield f"Written: {options.write_relaxed}: the proposed quotas. Nothing uses them by itself."
    elif options.write_relaxed is not None:
        yield "No relaxed quotas were written: " + (
            "there is no change within the flex bounds to propose."
            if checked.check.infeasible
            else "these quotas have a panel."
        )


def _feasible(pool: PoolCheck | None) -> Feasible | None:
    return pool.outcome if pool and isinstance(pool.outcome, Feasible) else None


def _percent(chance: float) -> str:
    """Three digits, so that small chances can be told apart."""
    return (
        f"{100 * chance:.{2 if chance < 0.1 else 1}f}%"
        if chance >= 0.01
        else f"{100 * chance:.3g}%"
    )


def _span(quota: Quota) -> str:
    return str(quota.lower) if quota.lower == quota.upper else f"{quota.lower}–{quota.upper}"
