"""The use case: measure what was asked for, and hand back one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sortition.bench.choices import PeerName, SeriesName
from sortition.bench.document import document
from sortition.bench.machine import this_machine, versions
from sortition.bench.peer import Peer, PeerMissing, install_peer
from sortition.bench.standard import QUICK
from sortition.bench.subjects import Named, Subject, series, standard_pools, written
from sortition.bench.trials import Outcome, Plan, Tell, measure, start


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to measure; if there is nothing, the quick ones of the standard pools.

    Attributes
    ----------
    own : sequence of Subject
        Files of the user.
    pools : sequence of str
        Names of standard pools.
    series : str or None
    plan : Plan
    against : str or None
        The peer to measure beside us.

    Raises
    ------
    ValueError
        If a pool is unknown or is named twice.
    """

    own: Sequence[Subject]
    pools: Sequence[str]
    series: SeriesName | None
    plan: Plan
    against: PeerName | None

    def __post_init__(self) -> None:
        self.named()

    def named(self) -> list[Named]:
        """The standard pools that are asked for."""
        if not (self.own or self.pools or self.series):
            return standard_pools(QUICK)
        return standard_pools(self.pools) + (series(self.series) if self.series else [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came of it.

    Attributes
    ----------
    document : dict
        `sortition-bench/1`.
    remarks : tuple of str
        What the document does not say: why the peer is missing, or what it said.
    peer_missing : bool
    """

    document: dict[str, Any]
    remarks: tuple[str, ...]
    peer_missing: bool


def bench(request: Request, tell: Tell) -> Measured:
    """Measure everything, one process at a time.

    Raises
    ------
    RunFailed
        If a run of ours does.
    """
    peer: Peer | None = None
    remarks = []
    if request.against:
        tell(f"installing {request.against}")
        try:
            peer = install_peer(request.against)
        except PeerMissing as missing:
            remarks.append(f"{request.against} could not be installed: {missing.reason}")
    of_start = start(request.plan.runs, tell)
    outcomes = list(_outcomes(request, peer, tell))
    remarks += [
        f"{request.against} failed on {outcome.subject.name}: {outcome.peer.failure}"
        for outcome in outcomes
        if outcome.peer and outcome.peer.failure
    ]
    measured = document(
        machine=this_machine(),
        versions=versions(),
        plan=request.plan,
        peer=peer,
        start=of_start,
        outcomes=outcomes,
    )
    missing_peer = request.against is not None and peer is None
    return Measured(document=measured, remarks=tuple(remarks), peer_missing=missing_peer)


def _outcomes(request: Request, peer: Peer | None, tell: Tell) -> Iterator[Outcome]:
    for subject in request.own:
        yield measure(subject, request.plan, peer, tell)
    for named in request.named():
        with TemporaryDirectory() as folder:
            tell(f"{named.name}: making the pool")
            yield measure(written(named, Path(folder)), request.plan, peer, tell)
