"""What a report says of an invitation: numbers of strata, and nobody in particular."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sortition.errors import Finding
from sortition.model.choices import DesignName
from sortition.steps.invite.designs.clusters import FirstStage
from sortition.steps.invite.designs.strata import Units

Chances = tuple[tuple[Fraction, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumFacts:
    """One stratum.

    Attributes
    ----------
    values : tuple of str
    population, letters : int
        How many could be drawn and how many letters there are, in the whole registry.
    drawn : int
        How many were drawn here; fewer than the letters if this is a part of the registry.
    last_ticket : str
        The highest ticket that was drawn; empty if there was none. Whoever of the stratum has no
        higher one was drawn too.
    """

    values: tuple[str, ...]
    population: int
    letters: int
    drawn: int
    last_ticket: str

    @property
    def rate(self) -> Fraction:
        """Letters by population."""
        return Fraction(self.letters, self.population) if self.population else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChances:
    """The chances of the people of one stratum, where they are not all the same.

    Attributes
    ----------
    values : tuple of str
    people : int
    lowest, mean, highest : Fraction
    """

    values: tuple[str, ...]
    people: int
    lowest: Fraction
    mean: Fraction
    highest: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayFacts:
    """An overlay as two exact strata: its people and letters, and those elsewhere."""

    column: str
    values: tuple[str, ...]
    share: Fraction
    inside: tuple[int, int]
    outside: tuple[int, int]

    @property
    def rates(self) -> tuple[Fraction, Fraction]:
        """Letters by people, inside and elsewhere."""
        return Fraction(self.inside[1], self.inside[0]), Fraction(self.outside[1], self.outside[0])

    @property
    def ratio(self) -> Fraction | None:
        """How many times the rate elsewhere the rate inside is; None if that is 0."""
        inside, outside = self.rates
        return inside / outside if outside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteFacts:
    """An invitation in numbers.

    Attributes
    ----------
    registry : str
        The name of its file.
    design : str or None
        None if the letters were allocated before.
    seed, seed_hash, domain : str
        What tickets are made of, beside the ids.
    home_domain : str
        Of the tickets that say who stands for a household; empty without households.
    wave : int
    pseudonyms : bool
        Whether the tickets are on pseudonyms.
    key_made : bool
        Whether their key was made now, when the seed was known.
    people : int
        In the registry.
    excluded : int
        Of them, those who were invited before.
    left_out : tuple of (str, str, int)
        The reasons why people could not be invited at all, the list that each is about if it is
        about one, and how many were left out for it first.
    units : {"people", "addresses"}
        What is drawn.
    population : int
        How many units could be drawn.
    asked : int
        How many letters were asked for.
    invited : int
    part : bool
        Whether this is a part of a registry, whose letters were allocated for the whole.
    merged : bool
        Whether the rows of several keepers were put together.
    columns : tuple of str
        What the strata are made of.
    strata : tuple of StratumFacts
    chances : tuple of (Fraction, int)
        Each chance of a person, rising, and how many have it; over the whole design. Empty if
        that is not known, since the keepers know who lives together.
    groups : tuple of GroupChances
        With households: the chances by stratum.
    overlay : OverlayFacts or None
    first_stage : FirstStage or None
    channel : str
        The column of the channel; empty without one.
    channels : mapping of str to int
        Letters by channel.
    assumptions : tuple of Finding
    versions : mapping of str to str
    """

    registry: str
    design: DesignName | None
    seed: str
    seed_hash: str
    domain: str
    home_domain: str
    wave: int
    pseudonyms: bool
    key_made: bool
    people: int
    excluded: int
    left_out: tuple[tuple[str, str, int], ...]
    units: Units
    population: int
    asked: int
    invited: int
    part: bool
    merged: bool
    columns: tuple[str, ...]
    strata: tuple[StratumFacts, ...]
    chances: Chances
    groups: tuple[GroupChances, ...]
    overlay: OverlayFacts | None
    first_stage: FirstStage | None
    channel: str
    channels: Mapping[str, int]
    assumptions: tuple[Finding, ...]
    versions: Mapping[str, str]
