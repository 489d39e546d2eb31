"""What six alternates are worth, by every rule, on panels of 30 to 170.

    python benchmarks/alternates.py

draws a panel from each pool by the fairest lottery and chooses its reserve by each rule, with the
same chance of dropping out for everybody and with chances that differ. It prints the expected
deviation from the quotas on sets of dropouts on which nothing was chosen, its standard error, and
how long the choice took. "On tickets" is the reserve that `select --alternates` puts on the ticket
of the same panel. The exit code is 1 if any rule does better than the chosen reserve.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from sortition.bench.pools import volunteers, write_pool
from sortition.core.progress import Silent
from sortition.instance.reading import read_instance
from sortition.model import Instance, Lottery
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.selection.reserve.beside import callable_beside
from sortition.selection.reserve.choice import choose_reserve
from sortition.selection.reserve.damage import damage_of
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.kinds import kinds_of
from sortition.selection.reserve.scenarios import drawn_words, scenarios_of
from sortition.selection.reserve.tickets import with_reserves
from sortition.selection.reserve.trials import JUDGED

ROOT = Path(__file__).parents[1]
ALTERNATES, SEED = 6, "63454660390103169462"
# people, seats, features, width of the quotas
POOLS = ((250, 30, 4, 2), (500, 60, 5, 2), (1000, 110, 5, 3), (1500, 170, 6, 4))
UNEVEN = {
    ("age", "16-29"): Fraction(1, 4),
    ("age", "30-44"): Fraction(3, 20),
    ("age", "60+"): Fraction(1, 20),
    ("education", "Primary"): Fraction(1, 5),
    ("aldersgruppe", "16-29 år"): Fraction(1, 4),
    ("uddannelse", "Grundskole"): Fraction(1, 5),
}
RATES = {"even": DropoutRates(), "uneven": DropoutRates(of_values=UNEVEN)}


def instances() -> dict[str, Instance]:
    samples = ROOT / "data" / "samples"
    found = {
        "sample": read_instance(
            samples / "pool.csv",
            samples / "quotas.csv",
            panel_size=36,
            household_columns=["adresse", "postnummer"],
        ).instance
    }
    for people, seats, features, width in POOLS:
        pool = volunteers(
            people=people, seats=seats, features=features, width=width, household_share=0.1
        )
        with tempfile.TemporaryDirectory() as folder:
            paths = write_pool(pool, Path(folder))
            found[f"{people} people"] = read_instance(
                *paths, panel_size=seats, household_columns=pool.household_columns
            ).instance
    return found


def measured(name: str, rates_name: str, prepared: PreparedLottery) -> bool:
    """Print a line; whether the chosen reserve is at least as good as every other."""
    rates, instance = RATES[rates_name], prepared.instance
    first = prepared.lottery.panels[0]
    began = time.perf_counter()
    reserve = choose_reserve(
        instance,
        first.members,
        ALTERNATES,
        rates,
        barred=prepared.certificate.impossible,
        seed=SEED,
        domain="benchmark",
        solver="highs",
        progress=Silent(),
    )
    seconds = time.perf_counter() - began
    single = replace(prepared, lottery=Lottery(panels=(first,)))
    (ticket,) = with_reserves(single, ALTERNATES, rates, Silent()).lottery.panels
    # without households everybody can be judged, whoever of a household was left out by lot
    alone = tuple(member._replace(household=None) for member in instance.pool.members)
    everybody = replace(instance, pool=replace(instance.pool, members=alone))
    kinds = kinds_of(everybody, rates, seed=SEED, domain="benchmark/kinds")
    beside = callable_beside(kinds, first.members, seed=SEED, domain="all")
    kind_of = {id: kind for kind, ids in enumerate(beside.people) for id in ids}
    called = np.array([kind_of[id] for id in ticket.alternates])
    words = drawn_words((JUDGED, len(first.members)), seed=SEED, domain="benchmark/judged")
    judged = scenarios_of(beside.vacancies, words)
    on_ticket = damage_of(beside.vacancies, judged, called)
    figures = {figure.rule: figure.damage for figure in reserve.rules}
    chosen = figures["chosen"]
    cells = [f"{rule} {damage.mean:.3f}" for rule, damage in figures.items()]
    program = reserve.program
    exact = "" if program is None else f"{program.search:.4f}/{program.value}/{program.bound:.4f}"
    print(
        f"{name:12} {instance.panel_size:4} {rates_name:7} {'; '.join(cells)}; "
        f"± {chosen.error:.3f}; on ticket {on_ticket.mean:.3f}; "
        f"program (search/exact/bound) {exact}; {seconds:.1f} s",
        flush=True,
    )
    return all(chosen.mean <= damage.mean for damage in figures.values())


def main() -> int:
    fine = True
    for name, instance in instances().items():
        prepared = prepare(instance, Rules(tickets=200), Silent())
        for rates in RATES:
            fine &= measured(name, rates, prepared)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
