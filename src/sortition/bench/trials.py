"""Measure one subject: our runs and the peer's, in turn."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sortition.bench.peer import Peer
from sortition.bench.processes import RunFailed, TookTooLong, Usage, timed
from sortition.bench.subjects import Subject
from sortition.model import ObjectiveName, SolverName

SORTITION = (sys.executable, "-m", "sortition")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How every subject is measured.

    Attributes
    ----------
    objective, solver : str
        Of our runs.
    runs : int
        How many of each count.
    peer_seconds : float
        When a run of the peer is ended.
    """

    objective: ObjectiveName
    solver: SolverName
    runs: int
    peer_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OurRun:
    """One whole run of ours; `total` and the phases before it are the run's own count."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    read: float
    optimise: float
    decompose: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """What a run reached: the lowest chance, its distance from the bound, the cuts it took."""

    lowest: float
    gap: float
    cuts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRuns:
    """What came of the peer's runs on one subject.

    Attributes
    ----------
    runs : tuple of Usage
        Those that came to their end.
    lowest : float or None
        The lowest chance that it reports, if it does.
    more_than : float or None
        The seconds after which a run was ended; there was no further one.
    failure : str or None
        The last thing it said when it failed; there was no further run.
    """

    runs: tuple[Usage, ...] = ()
    lowest: float | None = None
    more_than: float | None = None
    failure: str | None = None

    @property
    def goes_on(self) -> bool:
        """Whether another run makes sense."""
        return self.more_than is None and self.failure is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The measurements of one subject.

    Attributes
    ----------
    load : float
        How many processes wanted to run in the minute before: 0 on a quiet machine.
    """

    subject: Subject
    load: float
    runs: tuple[OurRun, ...]
    fairness: Fairness
    peer: PeerRuns | None


def measure(subject: Subject, plan: Plan, peer: Peer | None, tell: Tell) -> Outcome:
    """A warm-up, then our runs and the peer's one after the other.

    Parameters
    ----------
    subject : Subject
    plan : Plan
    peer : Peer or None
        None: ours alone.
    tell : callable
        Is told what happens next.

    Raises
    ------
    RunFailed
        If a run of ours does.
    """
    load = round(os.getloadavg()[0], 2)
    peers = PeerRuns()
    tell(f"{subject.name}: warm-up")
    _our_run(subject, plan)
    ours = []
    for number in range(1, plan.runs + 1):
        tell(f"{subject.name}: run {number} of {plan.runs}")
        ours.append(_our_run(subject, plan))
        if peer and peers.goes_on:
            tell(f"{subject.name}: run {number} of {plan.runs}, {peer.name}")
            peers = _peer_run(subject, plan, peer, peers)
    return Outcome(
        subject=subject,
        load=load,
        runs=tuple(run for run, _ in ours),
        fairness=ours[-1][1],
        peer=peers if peer else None,
    )


def start(runs: int, tell: Tell) -> list[Usage]:
    """What the start alone takes: ``sortition --help``, after a warm-up."""
    tell("sortition --help")
    return [timed([*SORTITION, "--help"]) for _ in range(runs + 1)][1:]


def _our_run(subject: Subject, plan: Plan) -> tuple[OurRun, Fairness]:
    with TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        command = [*SORTITION, "select", str(subject.pool), str(subject.quotas)]
        command += ["--size", str(subject.size), "--objective", plan.objective]
        command += ["--solver", plan.solver, "--seed", "benchmark", "--out", str(out), "--quiet"]
        if subject.id_column is not None:
            command += ["--id", subject.id_column]
        if subject.household_columns:
            command += ["--household", ",".join(subject.household_columns)]
        usage = timed(command)
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    phases = {name: report["seconds"][name] for name in ("read", "optimise", "decompose", "total")}
    fairness = Fairness(
        lowest=report["selection_probability"]["lowest_positive"],
        gap=report["certificate"]["gap"],
        cuts=report["certificate"]["cuts"],
    )
    return OurRun(**asdict(usage), **phases), fairness


def _peer_run(subject: Subject, plan: Plan, peer: Peer, before: PeerRuns) -> PeerRuns:
    if subject.id_column is None:
        return replace(before, failure="it needs a column of ids")
    with TemporaryDirectory() as scratch:
        try:
            usage, lowest = peer.run(subject, Path(scratch), limit=plan.peer_seconds)
        except TookTooLong as late:
            return replace(before, more_than=late.limit)
        except RunFailed as failed:
            last = "".join(failed.said.strip().splitlines()[-1:])
            return replace(before, failure=last or str(failed))
    return replace(before, runs=(*before.runs, usage), lowest=lowest)
