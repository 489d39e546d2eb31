"""Measure how soon the page of the quotas says whether a panel is possible.

``python benchmarks/app.py`` prints a table in Markdown, in seconds of processor time: the median of
some answers, from the form that was sent to the words that go back. The first one reads the pool;
the next have it, and the panel that was found last, if that still meets the bounds. Clashing bounds
ask for a panel of people who all belong to two small groups at once.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from sortition.app import tried
from sortition.app.asking import Act, Asked, Site
from sortition.app.assembly import Assembly
from sortition.app.bounds import rows_of
from sortition.app.keys import Keys
from sortition.app.views.quotas import answer, reasons
from sortition.app.work import Work
from sortition.bench.pools import volunteers, write_pool
from sortition.instance.quotas.reading import read_quota_sheet

ROUNDS = 5
POOLS = ((500, 40), (2_000, 100), (20_000, 100))  # people and seats


def main() -> None:
    """Measure and print."""
    print("| people | seats | first: possible | next: still | none is | what clashes |")
    print("|---:|---:|---:|---:|---:|---:|")
    for people, seats in POOLS:
        with tempfile.TemporaryDirectory() as home:
            answers = _answers(Path(home), people, seats)
        seconds = " | ".join(f"{one:.2f} s" for one in answers)
        print(f"| {people:,} | {seats} | {seconds} |")


def _answers(folder: Path, people: int, seats: int) -> tuple[float, ...]:
    pool = volunteers(people=people, seats=seats, features=7, width=4, household_share=0.1)
    write_pool(pool, folder)
    assembly = Assembly(folder=folder)
    household = ",".join(pool.household_columns)
    files = {"pool": "pool.csv", "quotas": "quotas.csv"}
    assembly.keep({}, size=seats, household=household, **files)
    rows = rows_of(read_quota_sheet(folder / "quotas.csv", seats))
    form = {"size": str(seats)}
    for row in rows:
        form |= {f"lower-{row.number}": str(row.lower), f"upper-{row.number}": str(row.upper)}
    clash = dict(form)
    for row in rows:
        if row.feature in {"gender", "region"}:
            alone = row.value in {"Other", "South"}  # who is hardly ever both
            clash[f"lower-{row.number}"] = str(seats if alone else 0)
            clash[f"upper-{row.number}"] = str(seats)
    return (
        _median(assembly, form, answer, "yes", first=True),
        _median(assembly, form, answer, "yes"),
        _median(assembly, clash, answer, "no"),
        _median(assembly, clash, reasons, "no"),
    )


def _median(
    assembly: Assembly, form: dict[str, str], act: Act, verdict: str, *, first: bool = False
) -> float:
    site = Site(assembly=assembly, keys=Keys.fresh(1), work=Work(), close=lambda: None)
    asked = Asked(site=site, language="da", path="/quotas/answer", query={}, form=form)
    seconds = []
    for _ in range(ROUNDS):
        if first:
            tried._last = None
        began = time.process_time()
        said = bytes(act(asked).body).decode()
        seconds.append(time.process_time() - began)
        if f'class="verdict {verdict}"' not in said:
            sys.exit(f"another answer than {verdict}: {said}")
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
