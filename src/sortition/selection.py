"""Select a panel: find the fairest lottery, round it to tickets, draw one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from secrets import randbelow
from time import perf_counter

import numpy as np

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.certificate import CertifiedRow, bound_on_lowest, rational
from sortition.audit.lottery_file import lottery_file
from sortition.core.fairest import FairLottery, fairest_lottery
from sortition.core.infeasibility import explain
from sortition.core.objectives import objective_of
from sortition.core.progress import Phase, Progress, Silent
from sortition.core.rounding import round_to_tickets, seat
from sortition.core.types import Floats, types_of
from sortition.fairness import (
    Certificate,
    PersonProbability,
    Report,
    Seconds,
    quota_outcomes,
    selection_probability,
    tickets_against,
)
from sortition.model import Instance, Lottery, ObjectiveName, Panel, SolverName, below

SEED_DIGITS = 20
# The last digits of a decomposition are rounding errors; they are not part of the answer.
DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A drawn panel with all that led to it.

    Attributes
    ----------
    instance : Instance
    lottery : Lottery
        The equally likely tickets.
    document : bytes
        The lottery as it is published, `sortition-lottery/1`.
    ticket : int
        The number of the ticket that was drawn.
    panel : tuple of str
        The ids of the people who were drawn, sorted.
    report : Report
    """

    instance: Instance
    lottery: Lottery
    document: bytes
    ticket: int
    panel: tuple[str, ...]
    report: Report


def fresh_seed() -> str:
    """Twenty random decimal digits from the operating system."""
    return f"{randbelow(10**SEED_DIGITS):0{SEED_DIGITS}d}"


def select(
    instance: Instance,
    *,
    seed: str,
    objective: ObjectiveName = "leximin",
    tickets: int = 1000,
    solver: SolverName = "highs",
    progress: Progress | None = None,
) -> Selection:
    """Draw a panel by the fairest lottery that the quotas allow.

    The lottery depends on the instance, the objective and the number of tickets, not on the
    seed; the seed draws one of its tickets.

    Parameters
    ----------
    instance : Instance
    seed : str
        A random text, fixed after everything else; see `fresh_seed`.
    objective : {"leximin", "maximin"}
    tickets : int
        How many equally likely tickets the lottery is rounded to; at least 1.
    solver : {"highs", "cbc"}
    progress : Progress, optional
        Is told how far the work is.

    Returns
    -------
    Selection

    Raises
    ------
    InfeasibleQuotas
        If no panel meets the quotas.
    SolverFailed
    ValueError
        If there are no tickets.
    """
    if tickets < 1:
        raise ValueError("a lottery needs a ticket")
    clock = _Clock(progress or Silent())
    types = types_of(instance)
    fair = fairest_lottery(types, objective_of(objective), solver=solver, progress=clock)
    if fair is None:
        raise explain(types, solver=solver)
    probabilities = _probabilities(instance, fair)
    clock.phase("tickets")
    lottery = _rounded(instance, fair, tickets, solver)
    document = lottery_file(instance, lottery)
    lottery_digest = digest(document)
    ticket = below(tickets, seed=seed, domain=f"draw/{lottery_digest}")
    panel = lottery.panel(ticket).members
    figures = selection_probability(list(probabilities.values()))
    report = Report(
        pool_size=len(instance.pool),
        panel_size=instance.panel_size,
        objective=objective,
        seed=seed,
        lottery_digest=lottery_digest,
        selection_probability=figures,
        certificate=_certificate(fair, figures.lowest_positive),
        tickets=tickets_against(probabilities, lottery),
        quotas=quota_outcomes(instance, probabilities, panel),
        people=tuple(PersonProbability(id=i, probability=p) for i, p in probabilities.items()),
        seconds=clock.seconds(),
    )
    return Selection(
        instance=instance,
        lottery=lottery,
        document=document,
        ticket=ticket,
        panel=panel,
        report=report,
    )


def _probabilities(instance: Instance, fair: FairLottery) -> dict[str, float]:
    types = fair.relaxation.types
    by_position = np.zeros(len(instance.pool))
    of_types: Floats = (fair.decomposition.counts / types.sizes).clip(0, 1).round(DIGITS)
    for members, probability in zip(types.members, of_types, strict=True):
        by_position[list(members)] = probability
    members_and_chances = zip(instance.pool.members, by_position.tolist(), strict=True)
    return {member.id: probability for member, probability in members_and_chances}


def _rounded(instance: Instance, fair: FairLottery, tickets: int, solver: SolverName) -> Lottery:
    ids = [member.id for member in instance.pool.members]
    over_types = round_to_tickets(fair.relaxation, fair.decomposition, tickets, solver=solver)
    # whose turn it is first follows from who is in the pool, which nobody chooses
    seated = seat(fair.relaxation.types, over_types, key=digest(canonical_json(ids)), ids=ids)
    panels, weights = np.unique(seated, axis=0, return_counts=True)
    return Lottery(
        panels=tuple(
            Panel(members=tuple(ids[position] for position in panel), weight=weight)
            for panel, weight in zip(panels.tolist(), weights.tolist(), strict=True)
        )
    )


def _certificate(fair: FairLottery, lowest: float) -> Certificate:
    relaxation, types = fair.relaxation, fair.relaxation.types
    of_types = len(types.lower)
    certified = []
    for number, (row, upper, multiplier) in enumerate(
        zip(
            relaxation.rows,
            relaxation.row_upper.astype(int).tolist(),
            rational(fair.lowest.multipliers.tolist()),
            strict=True,
        )
    ):
        is_cut = number >= of_types
        coefficients = row.coefficients.astype(int).tolist()
        certified.append(
            CertifiedRow(
                coefficients=dict(zip(row.columns.tolist(), coefficients, strict=True)),
                lower=None if is_cut else int(types.lower[number]),
                upper=upper,
                # rounding can leave the multiplier of an idle cut below zero
                multiplier=max(multiplier, Fraction(0)) if is_cut else multiplier,
            )
        )
    weights = rational(fair.lowest.weights.tolist())
    bound = float(bound_on_lowest(types.sizes.tolist(), weights, certified))
    return Certificate(bound=bound, gap=max(0.0, bound - lowest), cuts=len(relaxation.cuts))


class _Clock:
    """Passes progress on and keeps the seconds of each phase."""

    def __init__(self, listener: Progress) -> None:
        self._listener = listener
        self._spent: dict[Phase, float] = {}
        self._phase: Phase | None = None
        self._started = self._since = perf_counter()

    def phase(self, phase: Phase) -> None:
        self._stop()
        self._phase = phase
        self._listener.phase(phase)

    def decomposed(self, mass: float) -> None:
        self._listener.decomposed(mass)

    def seconds(self) -> Seconds:
        self._stop()
        return Seconds(
            read=0.0,
            optimise=self._spent.get("optimise", 0.0),
            decompose=self._spent.get("decompose", 0.0),
            total=perf_counter() - self._started,
        )

    def _stop(self) -> None:
        now = perf_counter()
        if self._phase is not None:
            self._spent[self._phase] = self._spent.get(self._phase, 0.0) + now - self._since
        self._since = now
