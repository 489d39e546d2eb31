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
from sortition.cli.show.spoken import figure, many, say
from sortition.cli.show.tables import console_here
from sortition.cli.show.terminal import THE_ANSWER_IS_NO, said
from sortition.errors import Finding, InputErrors
from sortition.tables.written.results import write_files

OURS = (
    "pool",
    "people",
    "seats",
    "types",
    "seconds",
    "span",
    "cpu",
    "memory",
    "lowest",
    "gap",
    "cuts",
)
PEERS = ("peer_seconds", "peer_cpu", "peer_memory", "peer_lowest", "times")
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
        with said():
            raise InputErrors((Finding(code="usage-bench-together"),))
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
        shown.add_column(say(f"bench.{name}"), justify="left" if name == "pool" else "right")
    for row in document["instances"]:
        shown.add_row(*_ours(row), *(_peers(row) if peer else ()))
    return shown


def about(document: dict[str, Any]) -> str:
    """What the figures are, and where they were measured."""
    machine, plan = document["machine"], document["plan"]
    lines = [
        say(
            "bench.medians",
            runs=plan["runs"],
            objective=plan["objective"],
            solver=plan["solver"],
            seconds=figure(f"{document['help']['median']['seconds']:.2f}"),
        ),
        say(
            "bench.machine",
            cpu=machine["cpu"],
            cores=machine["cores"],
            memory=machine["memory_gb"],
            system=machine["system"],
            python=machine["python"],
        ),
    ]
    if document["peer"]:
        versions = " ".join(" ".join(pair) for pair in document["peer"]["versions"].items())
        lines.append(say("bench.peer", versions=versions))
    return "\n".join(lines)


def _measured(request: Request) -> Measured:
    try:
        with _line() as tell:
            return bench(request, tell)
    except RunFailed as failed:
        typer.echo(failed.said.strip() or say("bench.ended", what=failed), err=True)
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
        many(row["people"]),
        many(row["seats"]),
        many(row["types"]),
        figure(f"{row['median']['seconds']:.2f}"),
        figure(f"{row['minimum']['seconds']:.2f} – {row['maximum']['seconds']:.2f}"),
        figure(f"{row['median']['cpu_seconds']:.2f}"),
        figure(f"{row['median']['peak_mb']:.0f}"),
        figure(f"{row['lowest']:.4%}"),
        f"{row['gap']:.0e}",
        many(row["cuts"]),
    )


def _peers(row: dict[str, Any]) -> tuple[str, ...]:
    peer, ours = row["peer"], row["median"]["seconds"]
    if peer["failed"]:
        return (say("bench.failed"), *[NOT_KNOWN] * (len(PEERS) - 1))
    if peer["more_than"] is not None:
        limit = peer["more_than"]
        unknown = [NOT_KNOWN] * (len(PEERS) - 2)
        return (
            say("bench.more_than", limit=figure(f"{limit:g}")),
            *unknown,
            figure(f"> {limit / ours:.1f}"),
        )
    median = peer["median"]
    return (
        figure(f"{median['seconds']:.2f}"),
        figure(f"{median['cpu_seconds']:.2f}"),
        figure(f"{median['peak_mb']:.0f}"),
        NOT_KNOWN if peer["lowest"] is None else figure(f"{peer['lowest']:.4%}"),
        figure(f"{median['seconds'] / ours:.1f}"),
    )
