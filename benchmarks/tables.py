"""Write the tables of README.md from results/*.json.

    python benchmarks/tables.py

A table stands between ``<!-- table NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PLACE = re.compile(r"(<!-- table (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
UNIT_OF = "peer-fixture.csv"

Row = dict[str, Any]


def results(name: str) -> Row:
    document: Row = json.loads((HERE / "results" / f"{name}.json").read_text(encoding="utf-8"))
    return document


def unit() -> float:
    """Seconds of one run of the peer on its own fixture."""
    rows = {row["name"]: row for row in results("against-peer")["instances"]}
    seconds: float = rows[UNIT_OF]["peer"]["median"]["seconds"]
    return seconds


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (header, rule, *rows))


def standard() -> str:
    header = "pool people seats features width types seconds from–to CPU-s units MB lowest gap cuts"
    one_unit = unit()
    rows = []
    for row in results("against-peer")["instances"] + results("standard")["instances"]:
        ours = row["median"]
        rows.append(
            [
                row["name"].removesuffix(".csv"),
                *(f"{row[fact]:,}" for fact in ("people", "seats", "features", "width", "types")),
                f"{ours['seconds']:.2f}",
                f"{row['minimum']['seconds']:.2f}–{row['maximum']['seconds']:.2f}",
                f"{ours['cpu_seconds']:.2f}",
                f"{ours['seconds'] / one_unit:.2f}",
                f"{ours['peak_mb']:.0f}",
                f"{row['lowest']:.4%}",
                f"{row['gap']:.0e}",
                str(row["cuts"]),
            ]
        )
    return markdown(header.split(), rows)


def goals() -> str:
    measured = results("against-peer")["instances"] + results("standard")["instances"]
    medians = {row["name"]: row["median"] for row in measured}
    seconds = {name: median["seconds"] for name, median in medians.items()}
    megabytes = {name: median["peak_mb"] for name, median in medians.items()}
    units = {name: figure / unit() for name, figure in seconds.items()}
    start = results("standard")["help"]["median"]["seconds"]
    tight, loose, light = "tight-1727", "loose-1727", ("small", "large", "skew-1000")
    return markdown(
        ["goal", "measured"],
        [
            ["`peer-fixture` within 3 s", f"{seconds[UNIT_OF]:.2f} s"],
            ["`large` within 3 s", f"{seconds['large']:.2f} s"],
            ["`skew-1000` within 12 s", f"{seconds['skew-1000']:.2f} s"],
            ["`skew-1000` within 2 units", f"{units['skew-1000']:.2f}"],
            ["`tight-1727` within 5 units", f"{units[tight]:.2f}"],
            ["`loose-1727` within 5 units", f"{units[loose]:.2f}"],
            ["tight within ten times loose", f"{seconds[tight] / seconds[loose]:.2f} times"],
            ["`20k` within 8 units, both measured in one run", f"{_twenty_thousand():.2f}"],
            ["`100k` within 2,000 MB", f"{megabytes['100k']:.0f} MB"],
            ["`small`, `large`, `skew-1000` within 400 MB", f"{_most(megabytes, light):.0f} MB"],
            ["`sortition --help` within 0.5 s", f"{start:.2f} s"],
        ],
    )


def _most(figures: dict[str, float], names: Sequence[str]) -> float:
    return max(figures[name] for name in names)


def peer() -> str:
    header = ["pool", "ours s", "peer s", "times", "ours MB", "peer MB", "lowest", "peer's lowest"]
    rows = []
    for row in results("against-peer")["instances"] + results("against-peer-long")["instances"]:
        ours, theirs = row["median"], row["peer"]
        if theirs["more_than"] is None:
            seconds, memory = theirs["median"]["seconds"], f"{theirs['median']['peak_mb']:.0f}"
            figures = [f"{seconds:.2f}", f"{seconds / ours['seconds']:.1f}"]
        else:
            limit, memory = theirs["more_than"], ""
            figures = [f"more than {limit:g}", f"more than {limit / ours['seconds']:.0f}"]
        lowest = "" if theirs["lowest"] is None else f"{theirs['lowest']:.4%}"
        name = row["name"].removesuffix(".csv")
        chances = [f"{row['lowest']:.4%}", lowest]
        megabytes = [f"{ours['peak_mb']:.0f}", memory]
        rows.append([name, f"{ours['seconds']:.2f}", *figures, *megabytes, *chances])
    return markdown(header, rows)


def series(name: str) -> str:
    header = [name, "types", "seconds", "CPU-s", "optimise", "decompose", "MB"]
    if name == "people":
        header[0] = "people in the pool"
    rows = [
        [
            f"{row[name]:,}",
            f"{row['types']:,}",
            *(
                f"{row['median'][figure]:.2f}"
                for figure in ("seconds", "cpu_seconds", "optimise", "decompose")
            ),
            f"{row['median']['peak_mb']:.0f}",
        ]
        for row in results(f"series-{name}")["instances"]
    ]
    return markdown(header, rows)


def machine() -> str:
    document = results("against-peer")
    facts, ours, theirs = document["machine"], document["versions"], document["peer"]["versions"]
    start = document["help"]["median"]["seconds"]
    return (
        f"- {facts['cpu']}, {facts['cores']} cores, {facts['memory_gb']} GB, {facts['system']}\n"
        f"- Python {facts['python']}, {', '.join(_named(ours))}\n"
        f"- the peer: {', '.join(_named(theirs))}\n"
        f"- `sortition --help`: {start:.2f} s\n"
        f"- the unit, the peer's maximin on its own fixture: {unit():.2f} s\n"
    )


def _twenty_thousand() -> float:
    """Units of a run on `20k`, against the peer on its fixture in the same hour."""
    rows = {row["name"]: row for row in results("against-peer-20k")["instances"]}
    ours, theirs = rows["20k"], rows[UNIT_OF]["peer"]
    units: float = ours["median"]["seconds"] / theirs["median"]["seconds"]
    return units


def _named(versions: dict[str, str]) -> Iterator[str]:
    return (f"{name} {version}" for name, version in versions.items())


TABLES: dict[str, Callable[[], str]] = {
    "machine": machine,
    "goals": goals,
    "standard": standard,
    "peer": peer,
    **{name: partial(series, name) for name in ("people", "seats", "features", "width")},
}


def main() -> None:
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    text = PLACE.sub(lambda found: f"{found[1]}{TABLES[found[2]]()}{found[3]}", text)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
