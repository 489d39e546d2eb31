"""What `sortition bench` says: what runs now, and a table of the medians."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sortition.bench.document import as_bytes
from sortition.bench.measuring import Measured, Request, bench
from sortition.bench.processes import RunFailed
from sortition.bench.subjects import Subject, subject
from sortition.bench.trials import Tell
from sortition.cli.show.tables import console_here
from sortition.cli.show.terminal import THE_ANSWER_IS_NO, said
from sortition.tables.written.results import write_files

OURS = (
    "pool",
    "people",
    "seats",
    "types",
    "seconds",
    "from – to",
    "CPU s",
    "MB",
    "lowest",
    "gap",
    "cuts",
)
PEERS = ("peer seconds", "peer CPU s", "peer MB", "peer lowest", "times ours")
NOT_KNOWN = "–"


def own_subjects(
    pool: Path | None,
    quotas: Path | None,
    size: int | None,
    id_column: str | None,
    household_columns: list[str],
) -> list[Subject]:
    """The files of the user, if there are any."""
    if pool is None and size is None and id_column is None and not household_columns:
        return []
    if pool is None or quotas is None or size is None:
        raise typer.BadParameter("POOL, QUOTAS and --size go together")
    with said():
        return [
            subject(
                pool,
                quotas,
                size=size,
                id_column=id_column,
                household_columns=household_columns,
                name=pool.name,
            )
        ]


def show_bench(request: Request, out: Path | None) -> None:
    """Measure, say what came of it, and write it."""
    with said():
        measured = _measured(request)
        if out is not None:
            write_files(out.parent, {out.name: as_bytes(measured.document)}, overwrite=True)
    console = console_here()
    console.print(table(measured.document, plain=not console.is_terminal))
    typer.echo(about(measured.document))
    for remark in measured.remarks:
        typer.echo(remark, err=True)
    if measured.peer_missing:
        raise typer.Exit(THE_ANSWER_IS_NO)


def table(document: dict[str, Any], *, plain: bool) -> Table:
    """The medians, a row for each pool."""
    peer = document["peer"] is not None
    shown = Table(box=None if plain else SIMPLE_HEAD, pad_edge=False)
    for name in (*OURS, *(PEERS if peer else ())):
        shown.add_column(name, justify="left" if name == "pool" else "right")
    for row in document["instances"]:
        shown.add_row(*_ours(row), *(_peers(row) if peer else ()))
    return shown


def about(document: dict[str, Any]) -> str:
    """What the figures are, and where they were measured."""
    machine, plan = document["machine"], document["plan"]
    lines = [
        f"Medians of {plan['runs']} whole runs, {plan['objective']}, {plan['solver']}; "
        f"sortition --help takes {document['help']['median']['seconds']:.2f} s.",
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}, Python {machine['python']}.",
    ]
    if document["peer"]:
        versions = " ".join(" ".join(pair) for pair in document["peer"]["versions"].items())
        lines.append(f"Peer: {versions}, maximin.")
    return "\n".join(lines)


def _measured(request: Request) -> Measured:
    try:
        with _line() as tell:
            return bench(request, tell)
    except RunFailed as failed:
        typer.echo(failed.said.strip() or f"A run ended: {failed}.", err=True)
        raise typer.Exit(max(failed.exit_code, THE_ANSWER_IS_NO)) from None


@contextmanager
def _line() -> Iterator[Tell]:
    """What runs now, if somebody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what: bar.update(task, description=escape(what))


def _ours(row: dict[str, Any]) -> tuple[str, ...]:
    return (
        escape(row["name"]),
        str(row["people"]),
        str(row["seats"]),
        str(row["types"]),
        f"{row['median']['seconds']:.2f}",
        f"{row['minimum']['seconds']:.2f} – {row['maximum']['seconds']:.2f}",
        f"{row['median']['cpu_seconds']:.2f}",
        f"{row['median']['peak_mb']:.0f}",
        f"{row['lowest']:.4%}",
        f"{row['gap']:.0e}",
        str(row["cuts"]),
    )


def _peers(row: dict[str, Any]) -> tuple[str, ...]:
    peer, ours = row["peer"], row["median"]["seconds"]
    if peer["failed"]:
        return ("failed", *[NOT_KNOWN] * (len(PEERS) - 1))
    if peer["more_than"] is not None:
        limit = peer["more_than"]
        unknown = [NOT_KNOWN] * (len(PEERS) - 2)
        return (f"more than {limit:g}", *unknown, f"> {limit / ours:.1f}")
    median = peer["median"]
    return (
        f"{median['seconds']:.2f}",
        f"{median['cpu_seconds']:.2f}",
        f"{median['peak_mb']:.0f}",
        NOT_KNOWN if peer["lowest"] is None else f"{peer['lowest']:.4%}",
        f"{median['seconds'] / ours:.1f}",
    )
