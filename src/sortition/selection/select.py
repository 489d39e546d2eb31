"""Select a panel: prepare the lottery, draw a ticket, sum up what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from secrets import randbelow
from time import perf_counter

from sortition.audit.certificate.proof import Certificate
from sortition.core.progress import Phase, Progress, Silent
from sortition.model import Instance, ObjectiveName, SolverName, below
from sortition.model.dispersion import Dispersion, Kinds, dispersion
from sortition.model.fairness import (
    CertificateInShort,
    Report,
    Seconds,
    quota_outcomes,
    selection_probability,
    tickets_against,
)
from sortition.selection.preparation import PreparedLottery, Rules, prepare

SEED_DIGITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A drawn panel with all that led to it.

    Attributes
    ----------
    prepared : PreparedLottery
        The lottery that was drawn from.
    ticket : int
        The number of the ticket that was drawn.
    panel : tuple of str
        The ids of the people who were drawn, sorted.
    report : Report
    """

    prepared: PreparedLottery = field(repr=False)  # people's data stay out of tracebacks
    ticket: int
    panel: tuple[str, ...] = field(repr=False)
    report: Report = field(repr=False)


def fresh_seed() -> str:
    """Twenty random decimal digits from the operating system."""
    return f"{randbelow(10**SEED_DIGITS):0{SEED_DIGITS}d}"


def select(
    instance: Instance,
    *,
    seed: str,
    objective: ObjectiveName = "leximin",
    gamma: float = 1.0,
    tickets: int = 1000,
    solver: SolverName = "highs",
    time_limit: float | None = None,
    aims: Mapping[str, Fraction] | None = None,
    progress: Progress | None = None,
) -> Selection:
    """Draw a panel by the fairest lottery that the quotas allow.

    The lottery depends on the instance and the rules, not on the seed; the seed draws one of its
    tickets.

    Parameters
    ----------
    instance : Instance
    seed : str
        A random text, fixed after everything else; see `fresh_seed`.
    objective, gamma, tickets, solver, time_limit, aims
        The rules by which the lottery is made; see `Rules`.
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
    InputErrors
        If a rule is out of its range.
    """
    rules = Rules(
        objective=objective,
        gamma=gamma,
        tickets=tickets,
        solver=solver,
        time_limit=time_limit,
        aims=aims,
    )
    stopwatch = Stopwatch(progress or Silent())
    return draw(prepare(instance, rules, stopwatch), seed=seed, seconds=stopwatch.seconds())


def draw(prepared: PreparedLottery, *, seed: str, seconds: Seconds) -> Selection:
    """Draw one ticket of a prepared lottery.

    Parameters
    ----------
    prepared : PreparedLottery
    seed : str
    seconds : Seconds
        What the preparation took, for the report.
    """
    ticket = below(prepared.rules.tickets, seed=seed, domain=f"draw/{prepared.digest}")
    return drawn(prepared, ticket=ticket, seed=seed, seconds=seconds)


def drawn(
    prepared: PreparedLottery, *, ticket: int, seed: str | None, seconds: Seconds
) -> Selection:
    """The selection that a ticket makes, however it was drawn.

    Parameters
    ----------
    prepared : PreparedLottery
    ticket : int
    seed : str or None
        What drew it; None: a number that was drawn by hand.
    seconds : Seconds
    """
    panel = prepared.lottery.panel(ticket).members
    instance, probabilities = prepared.instance, prepared.probabilities
    impossible = frozenset(prepared.certificate.impossible)
    report = Report(
        pool_size=len(instance.pool),
        panel_size=instance.panel_size,
        objective=prepared.rules.objective,
        seed=seed,
        lottery_digest=prepared.digest,
        selection_probability=selection_probability(probabilities, impossible),
        certificate=_in_short(prepared.certificate),
        tickets=tickets_against(probabilities, impossible, prepared.lottery),
        dispersion=dispersion_of(prepared),
        quotas=quota_outcomes(instance, probabilities, panel),
        people=probabilities,
        seconds=seconds,
    )
    return Selection(prepared=prepared, ticket=ticket, panel=panel, report=report)


def dispersion_of(prepared: PreparedLottery) -> Dispersion:
    """How far the tickets of a lottery mix people."""
    instance = prepared.instance
    rows, pool = instance.quotas.rows, instance.pool
    names = [(quota.feature, quota.value) for quota in rows]
    people = Kinds(
        kinds=[
            tuple([names[number] for number in quotas if not rows[number].parts])
            for quotas in instance.quotas_of_kinds
        ],
        kind_of=dict(zip(pool.ids, pool.kind_of, strict=True)),
    )
    panels = [(panel.members, panel.weight) for panel in prepared.lottery.panels]
    return dispersion(panels, people)


def _in_short(certificate: Certificate) -> CertificateInShort:
    proof = certificate.proofs[0]
    bound = certificate.proven(proof)
    gap = abs(bound - certificate.attained(proof))
    return CertificateInShort(bound=bound, gap=gap, cuts=certificate.cuts)


class Stopwatch:
    """Passes progress on and keeps the seconds of each phase."""

    def __init__(self, listener: Progress) -> None:
        self._listener = listener
        self._spent: dict[Phase, float] = {}
        self._phase: Phase | None = None
        self._started = self._since = perf_counter()

    def phase(self, phase: Phase) -> None:
        """A phase begins, perhaps again."""
        self._stop()
        self._phase = phase
        self._listener.phase(phase)

    def decomposed(self, mass: float) -> None:
        """Pass it on."""
        self._listener.decomposed(mass)

    def seconds(self) -> Seconds:
        """What the phases took until now."""
        self._stop()
        return Seconds(
            read=self._spent.get("read", 0.0),
            optimise=self._spent.get("optimise", 0.0),
            decompose=self._spent.get("decompose", 0.0),
            total=perf_counter() - self._started,
        )

    def _stop(self) -> None:
        now = perf_counter()
        if self._phase is not None:
            self._spent[self._phase] = self._spent.get(self._phase, 0.0) + now - self._since
        self._since = now
