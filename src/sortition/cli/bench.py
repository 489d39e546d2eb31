"""The command that measures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sortition.bench.choices import PeerName, SeriesName
from sortition.cli.options.shared import SpokenLanguage
from sortition.errors import Finding, InputErrors
from sortition.model import PoolObjective, SolverName


def bench(
    pool: Annotated[
        Path | None,
        typer.Argument(metavar="POOL", help="Your own pool, as for select.", show_default=False),
    ] = None,
    quotas: Annotated[
        Path | None,
        typer.Argument(metavar="QUOTAS", help="Its quotas.", show_default=False),
    ] = None,
    *,
    size: Annotated[
        int | None, typer.Option(metavar="K", help="How many people sit on the panel of POOL.")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id", metavar="COLUMN", help="The column of ids of POOL.")
    ] = None,
    household: Annotated[
        str | None,
        typer.Option(metavar="COL[,COL…]", help="The columns that make an address in POOL."),
    ] = None,
    pools: Annotated[
        str | None,
        typer.Option(
            metavar="NAME[,NAME…]",
            help="Invented pools: fixture-150, small, large, skew-400, skew-1000, tight-1727, "
            "loose-1727, 20k, 100k. Default, if nothing else is asked for: the first five.",
        ),
    ] = None,
    series: Annotated[
        SeriesName | None,
        typer.Option(help="Invented pools that grow in one thing.", show_default=False),
    ] = None,
    objective: Annotated[PoolObjective, typer.Option(help="As for select.")] = "leximin",
    solver: Annotated[SolverName, typer.Option(help="As for select.")] = "highs",
    runs: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many runs count, after a warm-up.")
    ] = 5,
    against: Annotated[
        PeerName | None,
        typer.Option(
            help="Measure the maximin of this package on the same files, run by run in turn. "
            "It is installed into an environment of its own in your cache folder.",
            show_default=False,
        ),
    ] = None,
    peer_seconds: Annotated[
        float, typer.Option(metavar="S", min=1, help="When a run of that package is ended.")
    ] = 600,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Write the measurements.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace FILE.json if it is there.")
    ] = False,
    _language: SpokenLanguage = None,
) -> None:
    """Measure whole runs: seconds, peak memory and phases, and a peer beside us.

    Each run is a process of its own, from files to files, timed and weighed by the operating
    system. Your own files, invented pools and a series can be asked for together.
    """
    # --help must not wait for NumPy and the solvers
    from sortition.bench.measuring import Request
    from sortition.bench.standard import POOLS
    from sortition.bench.trials import Plan
    from sortition.cli.show.bench import own_subjects, show_bench
    from sortition.cli.show.terminal import said

    with said():
        if sys.platform == "win32":
            raise InputErrors((Finding(code="usage-bench-system"),))
        _check_out(out, overwrite)
    try:
        request = Request(
            own=own_subjects(pool, quotas, size, id_column, _listed(household)),
            pools=_listed(pools),
            series=series,
            plan=Plan(objective=objective, solver=solver, runs=runs, peer_seconds=peer_seconds),
            against=against,
        )
    except ValueError:
        with said():
            known = {"known": ", ".join(POOLS)}
            fault = Finding(code="usage-bench-pools", value=pools or "", facts=known)
            raise InputErrors((fault,)) from None
    show_bench(request, out)


def _listed(names: str | None) -> list[str]:
    return [name.strip() for name in (names or "").split(",") if name.strip()]


def _check_out(out: Path | None, overwrite: bool) -> None:
    """An hour of measurements must not be lost because of where they go."""
    if out is None:
        return
    if not out.parent.is_dir():
        raise InputErrors((Finding(code="usage-bench-folder", value=str(out)),))
    if out.is_dir() or (out.exists() and not overwrite):
        raise InputErrors((Finding(code="usage-bench-file", value=str(out)),))
