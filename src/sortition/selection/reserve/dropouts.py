"""How likely each person is to drop out: ``1 - b * product of b(feature, value)``.

``b`` is the chance that somebody stays, and ``b(feature, value)`` how many times as likely people
of this value are to stay (Assos, Baharav, Flanigan and Procaccia, *Alternates, Assemble!*, 2025).
Former assemblies are known by counts for each value, not person by person. With the features taken
as independent, the most likely ``b(feature, value)`` is then the share of these people who stayed
over the share of all who did. Few counts say little, so each share is drawn towards the one of all
as if `WORTH` people more had been seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sortition.audit.canonical import Json

# five assemblies that published how many were selected and how many never came or left
SEEN = ((5, 30), (3, 34), (2, 31), (1, 35), (5, 33))
# one more person who dropped out and one who stayed: the rule of succession
SEEN_SHARE = Fraction(sum(gone for gone, _ in SEEN) + 1, sum(size for _, size in SEEN) + 2)
WORTH = 10  # people

Value = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutRates:
    """The chance of dropping out, of everybody and of people with some values.

    Attributes
    ----------
    base : Fraction
        Of somebody of whom nothing is known; below 1.
    of_values : mapping of (feature, value) to Fraction
    """

    base: Fraction = SEEN_SHARE
    of_values: Mapping[Value, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not all(0 <= rate <= 1 for rate in (self.base, *self.of_values.values())):
            raise ValueError("a chance is from 0 to 1")
        if self.base == 1:
            raise ValueError("somebody must be likely to stay")

    def document(self) -> dict[str, Json]:
        """Exactly, for whoever chooses the same reserve again."""
        rates = [[*value, str(rate)] for value, rate in sorted(self.of_values.items())]
        return {"base": str(self.base), "rates": rates}

    @classmethod
    def read(cls, document: Any) -> DropoutRates:
        """From its document."""
        return cls(
            base=Fraction(document["base"]),
            of_values={(f, v): Fraction(rate) for f, v, rate in document["rates"]},
        )

    def chance(self, values: Mapping[str, str]) -> Fraction:
        """The chance that somebody with these values, by feature, drops out."""
        staying = 1 - self.base
        for value in values.items():
            if value in self.of_values:
                staying *= (1 - self.of_values[value]) / (1 - self.base)
        return 1 - min(Fraction(1), staying)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """How many people of one value were selected in former assemblies, and how many attended."""

    feature: str
    value: str
    selected: int
    attended: int

    @property
    def gone(self) -> int:
        """How many dropped out."""
        return self.selected - self.attended


def fitted(counts: Sequence[Attended], prior: Fraction = SEEN_SHARE) -> DropoutRates:
    """The most likely rates, drawn towards the share of all; see the module.

    Parameters
    ----------
    counts : sequence of Attended
        Each former member counts once for each feature.
    prior : Fraction
        What the share of all is drawn towards.
    """
    features = {count.feature for count in counts}
    # the same people stand under each feature
    selected = Fraction(sum(count.selected for count in counts), max(1, len(features)))
    gone = Fraction(sum(count.gone for count in counts), max(1, len(features)))
    base = (gone + WORTH * prior) / (selected + WORTH)
    return DropoutRates(
        base=base,
        of_values={
            (count.feature, count.value): (count.gone + WORTH * base) / (count.selected + WORTH)
            for count in counts
        },
    )
