"""What a comparison of objectives says: each of them, and what two simpler rules give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sortition.errors import Finding
from sortition.model import ObjectiveName
from sortition.model.fairness import QuotaInPool, SelectionProbability
from sortition.selection.manipulation import Manipulation
from sortition.selection.simple_rules import Estimated, LegacyChances, UniformChances

RuleName = Literal[ObjectiveName, "uniform", "legacy"]
Known = Literal["exact", "approximate", "estimated"]


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
