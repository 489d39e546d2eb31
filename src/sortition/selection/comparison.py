"""Compare what the objectives give everybody, with each other and with two simpler rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter
from typing import Literal, get_args

from sortition.core.progress import Progress
from sortition.errors import Finding, SolverFailed
from sortition.model import Instance, ObjectiveName
from sortition.model.fairness import (
    QuotaInPool,
    SelectionProbability,
    quota_outcomes,
    selection_probability,
)
from sortition.selection.manipulation import Manipulation, manipulation
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.selection.select import Selection, Stopwatch, draw
from sortition.selection.simple_rules import (
    SEED,
    Estimated,
    LegacyChances,
    UniformChances,
    legacy_chances,
    uniform_chances,
)

RuleName = Literal[ObjectiveName, "uniform", "legacy"]
Known = Literal["exact", "approximate", "estimated"]

OBJECTIVES: tuple[ObjectiveName, ...] = get_args(ObjectiveName)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOutcome:
    """What one rule gives the people of a pool.

    Attributes
    ----------
    rule : str
        An objective (population only if asked for), ``uniform`` (every panel equally likely) or
        ``legacy`` (the greedy rule).
    known : {"exact", "approximate", "estimated"}
        Exact, but for the last digits; approximate, by chains that walk at random; or estimated,
        from panels that the rule drew.
    selection_probability : SelectionProbability
    without_chance : int
        How many people have probability 0: those on no panel, and those the rule passes over.
    probabilities : tuple of float
        From the lowest to the highest, one a person.
    expected : tuple of float
        The average seats of each quota, in their order.
    lowest, highest : Estimated or None
        The person with the lowest probability above 0 and the one with the highest, if estimated.
    gap : float or None
        Of an objective: how far the lottery is from what no lottery can better, in its measure.
    largest_deviation : float or None
        Of an objective: the largest distance between a person's share of the tickets and her
        probability.
    seconds : float
        Wall-clock time that the rule took.
    """

    rule: RuleName
    known: Known
    selection_probability: SelectionProbability
    without_chance: int
    probabilities: tuple[float, ...]
    expected: tuple[float, ...]
    lowest: Estimated | None
    highest: Estimated | None
    gap: float | None
    largest_deviation: float | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """An objective whose lottery the solver did not find, and how that ended."""

    rule: ObjectiveName
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the rules give the same pool under the same quotas.

    Attributes
    ----------
    impossible : tuple of str
        Ids of the people who are on no panel that meets the quotas.
    quotas : tuple of QuotaInPool
        Sorted by feature and value.
    rules : tuple of RuleOutcome
        The objectives, uniform and legacy, but for what could not be found.
    uniform : UniformChances or None
        None if the panels are too many to count and the chains lost their way.
    legacy : LegacyChances
    gave_way : tuple of Finding
        The soft quotas that had to give way.
    manipulation : tuple of Manipulation
        What a false answer gains under each objective but population; empty if nobody asked.
    not_found : tuple of NotFound
        The objectives that are missing from the rules.
    """

    pool_size: int
    panel_size: int
    impossible: tuple[str, ...]
    quotas: tuple[QuotaInPool, ...]
    rules: tuple[RuleOutcome, ...]
    uniform: UniformChances | None
    legacy: LegacyChances
    gave_way: tuple[Finding, ...]
    manipulation: tuple[Manipulation, ...]
    not_found: tuple[NotFound, ...]

    @property
    def never_drawn(self) -> Estimated | None:
        """Somebody whom the greedy rule never drew, though some panel holds her."""
        never = (
            estimated
            for id, estimated in self.legacy.people.items()
            if estimated.probability == 0 and id not in self.impossible
        )
        return max(never, key=lambda estimated: estimated.upper, default=None)


def compare(
    instance: Instance,
    rules: Rules,
    *,
    draws: int,
    progress: Progress,
    aims: Mapping[str, Fraction] | None = None,
    lies: int = 0,
) -> Comparison:
    """Find the lottery of every objective, and what two simpler rules would do.

    Parameters
    ----------
    instance : Instance
    rules : Rules
        How the lotteries are made. Every objective takes its turn, whichever is named here.
    draws : int
        How many panels the greedy rule draws; at least 1.
    progress : Progress
    aims : mapping of str to Fraction, or None
        For population; without them that is left out.
    lies : int
        How many false answers are tried under each objective; 0: none.

    Raises
    ------
    InfeasibleQuotas
        If no panel meets the quotas.
    SolverFailed
        If not one of the objectives is found.
    """
    each = [replace(rules, objective=o) for o in OBJECTIVES if o != "population"]
    if aims is not None:
        each.append(replace(rules, objective="population", aims=aims))
    selections, not_found = _found(instance, each, progress)
    first = selections[0].prepared
    progress.phase("sample")
    started = perf_counter()
    uniform = _uniform(selections)
    half_way = perf_counter()
    legacy = legacy_chances(first.instance, draws)
    ended = perf_counter()
    outcomes = [_of_objective(selection) for selection in selections]
    if uniform:
        outcomes.append(_of_uniform(uniform, first, half_way - started))
    if legacy.people:
        outcomes.append(_of_legacy(legacy, first, ended - half_way))
    false_answers: tuple[Manipulation, ...] = ()
    if lies:
        progress.phase("optimise")
        false_answers = tuple(
            manipulation(instance, o, gamma=rules.gamma, most=lies, solver=rules.solver)
            for o in (selection.report.objective for selection in selections)
            if o != "population"
        )
    return Comparison(
        pool_size=len(first.instance.pool),
        panel_size=first.instance.panel_size,
        impossible=tuple(first.certificate.impossible),
        quotas=_quotas(first),
        rules=tuple(outcomes),
        uniform=uniform,
        legacy=legacy,
        gave_way=first.gave_way,
        manipulation=false_answers,
        not_found=not_found,
    )


def _found(
    instance: Instance, each: Sequence[Rules], progress: Progress
) -> tuple[list[Selection], tuple[NotFound, ...]]:
    """The selections that are found, at least one, and the objectives of the others."""
    selections: list[Selection] = []
    not_found: list[NotFound] = []
    for rules in each:
        try:
            selections.append(_selected(instance, rules, progress))
        except SolverFailed as failure:
            not_found.append(NotFound(rule=rules.objective, status=str(failure)))
            if len(not_found) == len(each):
                raise
    return selections, tuple(not_found)


def _selected(instance: Instance, rules: Rules, progress: Progress) -> Selection:
    """A selection for the sake of its figures; nobody is told whom it draws."""
    stopwatch = Stopwatch(progress)
    prepared = prepare(instance, rules, stopwatch)
    return draw(prepared, seed=SEED, seconds=stopwatch.seconds())


def _uniform(selections: Sequence[Selection]) -> UniformChances | None:
    prepared = [selection.prepared for selection in selections]
    try:
        return uniform_chances(prepared[0].instance, [each.lottery for each in prepared])
    except SolverFailed:
        return None


def _of_objective(selection: Selection) -> RuleOutcome:
    report, prepared = selection.report, selection.prepared
    return replace(
        _outcome(report.objective, "exact", prepared.probabilities, prepared, report.seconds.total),
        gap=report.certificate.gap,
        largest_deviation=report.tickets.largest_deviation,
    )


def _of_uniform(uniform: UniformChances, prepared: PreparedLottery, seconds: float) -> RuleOutcome:
    known: Known = "exact" if uniform.diagnostics is None else "approximate"
    return _outcome("uniform", known, uniform.probabilities, prepared, seconds)


def _of_legacy(legacy: LegacyChances, prepared: PreparedLottery, seconds: float) -> RuleOutcome:
    drawn = [estimated for estimated in legacy.people.values() if estimated.probability > 0]
    return replace(
        _outcome("legacy", "estimated", legacy.probabilities, prepared, seconds),
        lowest=min(drawn, key=lambda estimated: estimated.probability),
        highest=max(drawn, key=lambda estimated: estimated.probability),
    )


def _outcome(
    rule: RuleName,
    known: Known,
    probabilities: Mapping[str, float],
    prepared: PreparedLottery,
    seconds: float,
) -> RuleOutcome:
    quotas = quota_outcomes(prepared.instance, probabilities, panel=())
    return RuleOutcome(
        rule=rule,
        known=known,
        selection_probability=selection_probability(probabilities, prepared.certificate.impossible),
        without_chance=list(probabilities.values()).count(0),
        probabilities=tuple(sorted(probabilities.values())),
        expected=tuple(quota.expected for quota in quotas),
        lowest=None,
        highest=None,
        gap=None,
        largest_deviation=None,
        seconds=seconds,
    )


def _quotas(prepared: PreparedLottery) -> tuple[QuotaInPool, ...]:
    return tuple(
        QuotaInPool(
            feature=quota.feature,
            value=quota.value,
            lower=quota.lower,
            upper=quota.upper,
            pool=quota.pool,
        )
        for quota in quota_outcomes(prepared.instance, prepared.probabilities, panel=())
    )
