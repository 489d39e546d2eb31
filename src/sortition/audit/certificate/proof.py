"""The proof that no lottery is fairer: `sortition-certificate/2`, whole numbers and no solver.

People who count for the same rows form a group. For weights ``w`` and counterweights ``c`` of the
groups, both at least 0, and any multipliers ``g`` of the rows,

    sum (w - c) p  <=  sum over rows of max(g * lower, g * upper)
                       + sum over groups of max(0, w - c - size * sum of the group's g)

for the selection probabilities ``p`` of every lottery, because each panel keeps the bounds of the
rows and no probability is above 1 (weak duality). A cut is a row with an upper bound alone, and
its multiplier is at least 0. All three are whole numbers over one denominator, and so is the
right-hand side, the *bound* ``B``. What it proves depends on the objective:

leximin
    One proof a level. The weights of the groups that are not settled yet add up to ``W > 0``, and
    they have no counterweights. No lottery that gives the settled groups what is stated gives all
    others more than ``(B - sum over settled of (w - c) p) / W``.
maximin
    The first of these: nobody is settled.
population
    As leximin, of the chances divided by what they aim at, ``a``: in place of ``W`` stands the sum
    of ``w a``, and the others do not all get more than this share of their aim.
minimax
    The counterweights add up to ``C > 0`` and there are no weights. The highest probability is at
    least ``-B / C``.
nash
    The geometric mean is at most ``B / n`` divided by the geometric mean, over the ``n`` people, of
    ``w / size`` (the inequality of the means).
goldilocks
    With ``W`` the sum of the weights and ``s`` the larger of 1 and ``C k / n``, by which all of the
    proof is divided, the measure is at least ``2 sqrt(gamma (k / n) W / s) - B / s`` (the
    inequality of the means again).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, fsum, log, sqrt

from sortition.audit.certificate.refutation import Case
from sortition.audit.certificate.rows import CertifiedRow, added_up
from sortition.model import ObjectiveName

DENOMINATOR = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedProof:
    """Weights and multipliers over `DENOMINATOR`; see the module.

    Attributes
    ----------
    weights, counterweights : sequence of int
        One a group.
    multipliers : sequence of int
        One a row.
    settled : frozenset of int
        Groups that earlier proofs have settled.
    """

    weights: Sequence[int]
    counterweights: Sequence[int]
    multipliers: Sequence[int]
    settled: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """People who are alike, and why none of them is on any panel.

    Attributes
    ----------
    people : sequence of str
        Household by household, as in a group.
    rows : sequence of int
        The rows that they count for: the panel size, quotas, and at most one of households.
    cases : sequence of Case
        The refutation of every panel with one of them; the groups are those of the certificate,
        then those of the exclusions, of which earlier ones are out already.
    """

    people: Sequence[str]
    rows: Sequence[int]
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Everything that the proof rests on.

    Attributes
    ----------
    objective : str
    gamma : Fraction
        Of goldilocks; without meaning for the others.
    panel_size : int
    groups : sequence of sequence of str
        The ids of the people of each group; where several households share a row, they are
        listed household by household.
    excluded : sequence of Exclusion
        The people who are on no panel.
    rows : sequence of CertifiedRow
        Panel size, quotas, households, then cuts.
    cut_cases : sequence of sequence of Case
        Of each cut, the refutation of every panel beyond it; the last row is that of such panels.
    reached : sequence of int
        The selection probability of each group over `DENOMINATOR`.
    aims : sequence of int
        Of population: what it should be, over `DENOMINATOR`; empty for the others.
    proofs : sequence of CertifiedProof
    """

    objective: ObjectiveName
    gamma: Fraction
    panel_size: int
    groups: Sequence[Sequence[str]]
    excluded: Sequence[Exclusion]
    rows: Sequence[CertifiedRow]
    reached: Sequence[int]
    cut_cases: Sequence[Sequence[Case]] = ()
    aims: Sequence[int] = ()
    proofs: Sequence[CertifiedProof]

    @property
    def people(self) -> int:
        """How many people can be selected."""
        return sum(map(len, self.groups))

    @property
    def impossible(self) -> list[str]:
        """The people who are on no panel, sorted."""
        return sorted(id for exclusion in self.excluded for id in exclusion.people)

    @property
    def bounds(self) -> list[CertifiedRow]:
        """The rows without the cuts: panel size, quotas, households."""
        return [row for row in self.rows if row.lower is not None]

    @property
    def cuts(self) -> int:
        """How many of the rows are cuts."""
        return sum(row.lower is None for row in self.rows)

    def bound(self, proof: CertifiedProof) -> int:
        """The right-hand side of a proof, over `DENOMINATOR`.

        Raises
        ------
        ValueError
            If a weight or counterweight, or the multiplier of a cut, is negative.
        """
        if min(*proof.weights, *proof.counterweights) < 0:
            raise ValueError("weights and counterweights are at least 0")
        multiplied = zip(self.rows, proof.multipliers, strict=True)
        prices, bound = added_up(multiplied, len(self.groups))
        for group, price in enumerate(prices):
            net = proof.weights[group] - proof.counterweights[group]
            bound += max(0, net - len(self.groups[group]) * price)
        return bound

    def level(self, group: int) -> Fraction:
        """What the levels raise: the chance of a group, or its share of the aim."""
        scale = self.aims[group] if self.aims else DENOMINATOR
        return Fraction(self.reached[group], scale)

    def aims_by_id(self) -> dict[str, Fraction] | None:
        """What everybody's chance should be, by id; None if the objective has no aims."""
        if not self.aims:
            return None
        return {
            id: Fraction(aim, DENOMINATOR)
            for group, aim in zip(self.groups, self.aims, strict=True)
            for id in group
        }

    def proven(self, proof: CertifiedProof) -> float:
        """What no lottery can better, in the measure of the objective.

        Raises
        ------
        ValueError
            If the proof is not one for this objective.
        """
        bound, people = self.bound(proof), self.people
        counterweight = sum(proof.counterweights)
        if self.objective in ("leximin", "maximin", "population"):
            return float(self._level(proof, bound))
        if self.objective == "minimax":
            if any(proof.weights) or counterweight <= 0:
                raise ValueError("a proof for minimax has counterweights alone")
            return float(Fraction(-bound, counterweight))
        if self.objective == "nash":
            return bound / DENOMINATOR / people / self.mean_weight(proof)
        even = Fraction(self.panel_size, people)
        scale = max(Fraction(1), even * Fraction(counterweight, DENOMINATOR)) * DENOMINATOR
        return 2 * sqrt(self.gamma * even * sum(proof.weights) / scale) - float(bound / scale)

    def attained(self, proof: CertifiedProof) -> float:
        """What the lottery reaches in the same measure.

        Raises
        ------
        ZeroDivisionError
            For goldilocks, if somebody who can be selected has no chance.
        """
        free = [self.level(g) for g in range(len(self.groups)) if g not in proof.settled]
        lowest, highest = float(min(free)), max(self.reached) / DENOMINATOR
        if self.objective in ("leximin", "maximin", "population"):
            return lowest
        if self.objective == "minimax":
            return highest
        if self.objective == "nash":
            sizes = map(len, self.groups)
            return self._mean([n * p for n, p in zip(sizes, self.reached, strict=True)])
        even = self.panel_size / self.people
        return highest / even + float(self.gamma) * even / lowest

    def mean_weight(self, proof: CertifiedProof) -> float:
        """The geometric mean over people of ``weight / size``; 0 if somebody has no weight."""
        return self._mean(proof.weights)

    def _level(self, proof: CertifiedProof, bound: int) -> Fraction:
        settled = total = Fraction(0)
        for group, (up, down) in enumerate(zip(proof.weights, proof.counterweights, strict=True)):
            if group in proof.settled:
                settled += (up - down) * Fraction(self.reached[group], DENOMINATOR)
            elif down:
                raise ValueError("only settled groups have counterweights")
            else:
                total += up * (Fraction(self.aims[group], DENOMINATOR) if self.aims else 1)
        if total <= 0:
            raise ValueError("some group that is not settled has a positive weight")
        return (bound - settled) / total

    def _mean(self, values: Sequence[int]) -> float:
        """The geometric mean over people of ``value / size``."""
        sizes = [len(group) for group in self.groups]
        if min(values) <= 0:
            return 0.0
        logs = [n * log(v / n / DENOMINATOR) for n, v in zip(sizes, values, strict=True)]
        return exp(fsum(logs) / self.people)


def whole(values: Iterable[float | Fraction]) -> list[int]:
    """The nearest whole numbers over `DENOMINATOR`."""
    return [round(float(value) * DENOMINATOR) for value in values]
