"""Compare what the objectives give everybody, with each other and with two simpler rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from time import perf_counter
from typing import get_args

from sortition.core.progress import Progress
from sortition.errors import SolverFailed
from sortition.model import Instance, ObjectiveName
from sortition.model.fairness import QuotaInPool, quota_outcomes, selection_probability
from sortition.selection.compared import Comparison, Known, NotFound, RuleName, RuleOutcome
from sortition.selection.manipulation import Manipulation, manipulation
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.selection.select import Selection, Stopwatch, draw
from sortition.selection.simple_rules import (
    SEED,
    LegacyChances,
    UniformChances,
    legacy_chances,
    uniform_chances,
)

OBJECTIVES: tuple[ObjectiveName, ...] = get_args(ObjectiveName)


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
