"""The measurements as ``sortition-bench/1``, a JSON document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from sortition.bench.machine import Machine
from sortition.bench.peer import Peer
from sortition.bench.processes import Usage
from sortition.bench.trials import OurRun, Outcome, PeerRuns, Plan

SCHEMA = "sortition-bench/1"
DIGITS = 4  # of seconds and megabytes: more would be noise


def document(
    *,
    machine: Machine,
    versions: dict[str, str],
    plan: Plan,
    peer: Peer | None,
    start: Sequence[Usage],
    outcomes: Sequence[Outcome],
) -> dict[str, Any]:
    """Everything that was measured, with medians, minima and maxima.

    Returns
    -------
    dict
        Seconds, megabytes (10**6 bytes), and no names of machines, users or folders.
    """
    return {
        "schema": SCHEMA,
        "machine": asdict(machine),
        "versions": versions,
        "plan": asdict(plan),
        "peer": peer and {"name": peer.name, "objective": "maximin", "versions": peer.versions},
        "help": spread(start),
        "instances": [_instance(outcome) for outcome in outcomes],
    }


def as_bytes(measured: dict[str, Any]) -> bytes:
    """The document as UTF-8, indented by one space, with a final newline."""
    return f"{json.dumps(measured, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def spread(runs: Sequence[OurRun] | Sequence[Usage]) -> dict[str, Any]:
    """The figures of some runs and, figure by figure, their median, minimum and maximum."""
    table = [{name: round(figure, DIGITS) for name, figure in asdict(run).items()} for run in runs]
    columns = {name: [row[name] for row in table] for name in table[0]}
    return {
        "median": {name: round(median(column), DIGITS) for name, column in columns.items()},
        "minimum": {name: min(column) for name, column in columns.items()},
        "maximum": {name: max(column) for name, column in columns.items()},
        "runs": table,
    }


def _instance(outcome: Outcome) -> dict[str, Any]:
    subject = outcome.subject
    return {
        "name": subject.name,
        "series": subject.series,
        **asdict(subject.shape),
        "load": outcome.load,
        **asdict(outcome.fairness),
        **spread(outcome.runs),
        "peer": outcome.peer and _peer(outcome.peer),
    }


def _peer(peer: PeerRuns) -> dict[str, Any]:
    """Its words are left out: they could hold a path."""
    measured = spread(peer.runs) if peer.runs else {}
    return {
        "lowest": peer.lowest,
        "more_than": peer.more_than,
        "failed": peer.failure is not None,
        **measured,
    }
