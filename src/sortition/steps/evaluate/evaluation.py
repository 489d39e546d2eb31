"""Who was meant to be there, who said so, and who came: counts beside quotas and population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sortition.audit.rounds.rulebook import Rulebook
from sortition.steps.members import QuotaNow, quotas_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session by its number, with who came to it."""

    number: int
    people: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A quota, and how many people count for it.

    Attributes
    ----------
    quota : QuotaNow
        With the seats of the panel.
    population : Fraction or None
        Its share of the population; None if that is not known.
    confirmed : int or None
        None if no call list was read in.
    attended : tuple of int
        In each session.
    """

    quota: QuotaNow
    population: Fraction | None
    confirmed: int | None
    attended: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A group whose share of those who came is not that of the population."""

    group: Group
    came: Fraction
    population: Fraction

    @property
    def apart(self) -> Fraction:
        """By how much more of those who came than of the population it is."""
        return self.came - self.population


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A panel beside what it was to be.

    Attributes
    ----------
    size : int
        How many places there are.
    panel : int
        How many people have one now.
    confirmed : int or None
        How many of them confirmed; None if no call list was read in.
    sessions : tuple of Session
    always, never : int
        How many of the panel came to every session, and to none.
    groups : tuple of Group
        In the order of the quotas.
    """

    size: int
    panel: int
    confirmed: int | None
    sessions: tuple[Session, ...]
    always: int
    never: int
    groups: tuple[Group, ...]

    @property
    def met(self) -> int:
        """How many quotas the panel meets."""
        return sum(not group.quota.short and not group.quota.over for group in self.groups)

    @property
    def mean(self) -> Fraction:
        """How many people came to a session on average."""
        came = sum(len(session.people) for session in self.sessions)
        return Fraction(came, max(1, len(self.sessions)))

    def met_in(self, session: int) -> int:
        """How many quotas those who came to a session meet; `session` counts from 0."""
        return sum(
            group.quota.lower <= group.attended[session] <= group.quota.upper
            for group in self.groups
        )

    @property
    def missed(self) -> tuple[tuple[Group, int, int], ...]:
        """The groups that fell below their quota in a session.

        With the number of the session and how many were missing at the worst of them; the most
        that are missing first.
        """
        worst = []
        for group in self.groups:
            missing = [
                (group.quota.lower - came, -session.number)
                for session, came in zip(self.sessions, group.attended, strict=True)
            ]
            if missing and max(missing)[0] > 0:
                short, number = max(missing)
                worst.append((group, -number, short))
        return tuple(sorted(worst, key=lambda one: -one[2]))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The groups by how far those who came are from the population, the furthest first.

        Those who came to all sessions together; without sessions, those of the panel.
        """
        total = self.mean * len(self.sessions) if self.sessions else Fraction(self.panel)
        if not total:
            return ()
        gaps = [
            Gap(
                group=group,
                came=(sum(group.attended) if self.sessions else group.quota.seats) / total,
                population=group.population,
            )
            for group in self.groups
            if group.population is not None
        ]
        return tuple(sorted(gaps, key=lambda gap: -abs(gap.apart)))


def evaluate(
    rules: Rulebook,
    panel: Sequence[str],
    *,
    size: int,
    confirmed: frozenset[str] | None,
    sessions: Sequence[Session],
    population: Mapping[tuple[str, str], Fraction],
) -> Evaluation:
    """Count panel, confirmed and attended beside the quotas and the population.

    Parameters
    ----------
    rules : Rulebook
        Of the first lottery; all people are named as in it.
    panel : sequence of str
        As it is now. Others may have come to a session: those who left since.
    size : int
    confirmed : frozenset of str or None
    sessions : sequence of Session
    population : mapping of (str, str) to Fraction
        Shares by feature and value; those that are not known are left out.
    """
    by_session = [quotas_now(rules, session.people) for session in sessions]
    of_confirmed = None if confirmed is None else quotas_now(rules, confirmed)
    groups = tuple(
        Group(
            quota=quota,
            population=population.get((quota.feature, quota.value)),
            confirmed=None if of_confirmed is None else of_confirmed[number].seats,
            attended=tuple(quotas[number].seats for quotas in by_session),
        )
        for number, quota in enumerate(quotas_now(rules, panel))
    )
    came = [session.people for session in sessions]
    return Evaluation(
        size=size,
        panel=len(panel),
        confirmed=None if confirmed is None else len(confirmed),
        sessions=tuple(sessions),
        always=sum(all(id in people for people in came) for id in panel) if came else 0,
        never=sum(not any(id in people for people in came) for id in panel) if came else 0,
        groups=groups,
    )
