"""What `sortition check` says, in one screen: the verdict first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import typer

from sortition.cli.show.spoken import figure, many, say, spoken
from sortition.model import Quota
from sortition.pages.conflict import bounds_in_words, infeasible_in_words
from sortition.steps.check.excluded import Excluded
from sortition.steps.check.loosening import Loosening
from sortition.steps.check.pool import LOTTERY_UP_TO, Feasible, PoolCheck
from sortition.steps.check.result import Check
from sortition.steps.check.run import DOCUMENT, PAGE, Checked, CheckOptions
from sortition.texts.grouping import folded, grouped, some

POPULATION, POOL = ("population", "seats", "quota"), ("pool", "share", "can_lose", "one_looser")
STOCK = ("short", "all", "thin")


def show_check(checked: Checked, options: CheckOptions) -> None:
    """Say what was found and where it is written."""
    check, pool = checked.check, checked.check.pool
    lines = [_verdict(check)]
    if check.infeasible:
        lines += infeasible_in_words(check.infeasible, spoken())
    lines += [*_of_population(check), *_of_chances(pool), "", *_table(check), ""]
    lines += [*_of_supply(check), *_of_feasible(check), *_written(checked, options)]
    if checked.assumed:
        lines += [say("headings.assumed"), *(f"  {line}" for line in folded(checked.assumed))]
    while not lines[-1]:
        lines.pop()
    typer.echo("\n".join(lines))


def _verdict(check: Check) -> str:
    seats, pool = check.panel_size, check.pool
    if pool is None:
        return say("check.without_pool", seats=seats)
    if check.infeasible:
        return say("check.no_panel", seats=seats, people=pool.people)
    return say("check.feasible", seats=seats, people=pool.people)


def _of_population(check: Check) -> Iterator[str]:
    """Which groups the quotas over- or under-represent, and whether rounding explains it."""
    compared = [
        (quota, beside)
        for quota, beside in zip(check.quotas.rows, check.represented, strict=True)
        if beside is not None
    ]
    if not compared:
        yield say("check.not_compared")
        return
    missed = [(q, b) for q, b in compared if b.verdict in {"over", "under"}]
    rounded = sum(beside.verdict == "rounding" for _, beside in compared)
    yield say("check.missed", times=len(missed)) if missed else say("check.none_missed")
    for quota, beside in missed:
        told = say(
            "check.too_many" if beside.verdict == "over" else "check.too_few",
            feature=quota.feature,
            value=quota.value,
            span=_span(quota),
            seats=figure(f"{float(beside.seats):.1f}"),
            apart=figure(f"{float(abs(beside.apart)):.1f}"),
        )
        yield f"  {told}"
    if rounded:
        yield say("check.rounded", missed=rounded, quotas=len(compared))


def _of_chances(pool: PoolCheck | None) -> Iterator[str]:
    if pool is None or not isinstance(pool.outcome, Feasible):
        return
    chances = pool.outcome.chances
    among = say("check.everybody_selectable" if pool.outcome.excluded else "check.everybody")
    if chances.lowest is None:
        yield say("check.bound_alone", among=among, bound=_percent(chances.bound))
        yield say("check.left_out", people=LOTTERY_UP_TO)
    else:
        bound = _percent(max(chances.bound, chances.lowest))
        yield say("check.fairest", among=among, lowest=_percent(chances.lowest), bound=bound)


def _table(check: Check) -> Iterator[str]:
    """A row for each quota, under its feature; only the columns that there is something for."""
    feasible = _feasible(check.pool)
    compared = any(beside is not None for beside in check.represented)
    header = ["", *(POPULATION if compared else POPULATION[2:])]
    header += POOL[:2] if check.pool else ()
    header += POOL[2:] if feasible else ()
    rows: list[list[str]] = [[name and say(f"check.{name}") for name in header]]
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
        yield "" if beside is None else figure(f"{float(beside.share):.1%}")
        yield "" if beside is None else figure(f"{float(beside.seats):.1f}")
    yield _span(quota)
    if check.pool:
        supply = check.pool.supplies[number]
        yield many(supply.people)
        yield figure(f"{float(supply.share):.1%}")
    if feasible:
        yield many(feasible.spare[number])
        yield _looser(feasible.chances.loosenings[number])


def _looser(loosening: Loosening | None) -> str:
    if loosening is None:
        return "-"
    chance = _percent(loosening.at_most)
    return say(f"check.looser_{loosening.bound}", seats=loosening.seats, chance=chance)


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
            yield say(
                "check.supply",
                feature=quota.feature,
                value=quota.value,
                people=supply.people,
                lower=quota.lower,
                stock=say(f"check.{supply.stock}"),
            )


def _of_feasible(check: Check) -> Iterator[str]:
    feasible = _feasible(check.pool)
    if feasible is None:
        return
    yield from grouped(feasible.gave_way)
    for one in feasible.excluded:
        yield from _never(one, check.panel_size)
    if feasible.indispensable:
        yield say("check.needed", people=some(feasible.indispensable))
    yield say("check.can_lose_note")
    yield say("check.one_looser_note")


def _never(one: Excluded, seats: int) -> Iterator[str]:
    why = [
        f"{quota.feature}, {quota.value}: {bounds_in_words(quota, seats, spoken())}"
        for quota in one.conflict
    ]
    rule = [say("check.household_rule")] if one.households else []
    key = "check.never_one" if len(one.ids) == 1 else "check.never"
    yield say(key, n=len(one.ids), people=some(one.ids))
    because = say("check.because", why="; ".join([*why, *rule]))
    yield f"  {because}"


def _written(checked: Checked, options: CheckOptions) -> Iterator[str]:
    if options.out is not None:
        yield say("check.written", folder=options.out, files=f"{PAGE}, {DOCUMENT}")
    if checked.relaxed:
        yield say("check.written_relaxed", file=options.write_relaxed)
    elif options.write_relaxed is not None:
        changed = "proposed" if checked.check.infeasible else "needed"
        yield say(f"check.no_change_{changed}")


def _feasible(pool: PoolCheck | None) -> Feasible | None:
    return pool.outcome if pool and isinstance(pool.outcome, Feasible) else None


def _percent(chance: float) -> str:
    """Three digits, so that small chances can be told apart."""
    digits = (2 if chance < 0.1 else 1) if chance >= 0.01 else None
    number = f"{100 * chance:.3g}" if digits is None else f"{100 * chance:.{digits}f}"
    return figure(f"{number}%")


def _span(quota: Quota) -> str:
    lower, upper = many(quota.lower), many(quota.upper)
    return lower if lower == upper else f"{lower}–{upper}"
