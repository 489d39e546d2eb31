"""From lists of people to their chances: of the letter, of answering, and from the pool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sortition.errors import Finding, InputErrors
from sortition.steps.funnel.counts import FeatureTable, Funnel
from sortition.steps.funnel.end_to_end import (
    EndToEnd,
    GroupChances,
    StratumChances,
    Values,
    group_chances,
    stratum_chances,
)
from sortition.steps.funnel.frames import Drawn
from sortition.steps.funnel.stages import StageList

EVERYBODY = ""
TO_THE_POOL = ("registry", "invited", "answered", "pool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """What the lists say of the strata.

    Attributes
    ----------
    people, invited, came : mapping of tuple of str to int
        By stratum; empty where the stage is missing.
    strata : mapping of tuple of str to StratumChances
        Empty without a registry and a pool.
    chances : EndToEnd or None
    assumed : tuple of Finding
    """

    people: Mapping[Values, int] = field(default_factory=dict)
    invited: Mapping[Values, int] = field(default_factory=dict)
    came: Mapping[Values, int] = field(default_factory=dict)
    strata: Mapping[Values, StratumChances] = field(default_factory=dict)
    chances: EndToEnd | None = None
    assumed: tuple[Finding, ...] = ()


def people_by(one: StageList, features: Sequence[str]) -> Counter[Values]:
    """How many people have which values of some features."""
    counted: Counter[Values] = Counter()
    columns = [one.values[feature] for feature in features]
    for values, people in zip(zip(*columns, strict=True), one.people, strict=True):
        counted[values] += people
    return counted


def estimate(
    lists: Sequence[StageList],
    counted: Funnel,
    *,
    strata: tuple[str, ...],
    drawn: Drawn | None,
) -> Estimated:
    """Count the strata, and estimate the chances as far as the stages allow.

    Raises
    ------
    InputErrors
        If more of a stratum answered than were invited, or the report is not one of this pool.
    """
    known = {one.name: one for one in lists if set(strata) <= set(one.values)}
    registry, letters = known.get("registry"), known.get("invited")
    arrived = known.get("pool") or known.get("answered")
    people = people_by(registry, strata) if registry else Counter[Values]()
    invited = people_by(letters, strata) if letters else Counter[Values]()
    came = people_by(arrived, strata) if arrived else Counter[Values]()
    if not arrived or not sum(came.values()) or not (registry or letters):
        return _without_chances(people, invited, came, drawn)
    assumed = [] if letters else [Finding(code="funnel-letters-not-known")]
    asked = (letters or registry, invited or people)
    _check_within(arrived, came, *asked)
    if not registry:
        return _without_chances(people, invited, came, drawn)
    _check_within(letters or arrived, invited or came, registry, people)
    sums: dict[Values, float] = {}
    if drawn is not None:
        _check_pool(drawn, arrived)
        for values, id in zip(_rows(arrived, strata), arrived.ids, strict=True):
            sums[values] = sums.get(values, 0.0) + drawn.chances[id]
    chances, model = stratum_chances(people, asked[1], came, sums)
    rows = _rows(registry, strata)
    tables = [table for table in counted.tables if table.feature in registry.values]
    return Estimated(
        people=people,
        invited=invited,
        came=came,
        strata=chances,
        chances=EndToEnd(
            everybody=_everybody(chances),
            tables={table.feature: _of_groups(table, rows, registry, chances) for table in tables},
            equal=sum(sums.values()) / sum(people.values()),
            unknown=sum(of.people for of in chances.values() if of.pool is None),
            features=strata,
            answering=model,
        )
        if sums
        else None,
        assumed=tuple(assumed),
    )


def _without_chances(
    people: Counter[Values], invited: Counter[Values], came: Counter[Values], drawn: Drawn | None
) -> Estimated:
    if drawn is not None:
        raise InputErrors((Finding(code="funnel-report-of-no-use", file=drawn.file),))
    return Estimated(people=people, invited=invited, came=came)


def _rows(one: StageList, features: Sequence[str]) -> list[Values]:
    return list(zip(*(one.values[feature] for feature in features), strict=True))


def _check_within(
    later: StageList,
    counts: Mapping[Values, int],
    earlier: StageList | None,
    most: Mapping[Values, int],
) -> None:
    """No stratum has more people at a later stage."""
    source = earlier.table.file if earlier else ""
    faults = tuple(
        later.table.finding(
            code="funnel-more-than-before",
            value=", ".join(values),
            facts={"people": count, "most": most.get(values, 0), "source": source},
        )
        for values, count in sorted(counts.items())
        if count > most.get(values, 0)
    )
    if faults:
        raise InputErrors(faults)


def _check_pool(drawn: Drawn, pool: StageList) -> None:
    """The report is about the people of this pool."""
    strangers = len(set(drawn.chances) ^ set(pool.ids))
    if strangers:
        facts: dict[str, str | int] = {"people": strangers, "source": pool.table.file}
        fault = Finding(code="funnel-report-of-another-pool", file=drawn.file, facts=facts)
        raise InputErrors((fault,))


def _everybody(chances: Mapping[Values, StratumChances]) -> GroupChances:
    whole = {stratum: Counter({EVERYBODY: of.people}) for stratum, of in chances.items()}
    return group_chances(chances, whole)[EVERYBODY]


def _of_groups(
    table: FeatureTable,
    strata: Sequence[Values],
    registry: StageList,
    chances: Mapping[Values, StratumChances],
) -> dict[str, GroupChances]:
    """The chances of the groups whose counts are told from the registry to the pool."""
    groups: dict[Values, Counter[str]] = {}
    values = registry.values[table.feature]
    for stratum, value, people in zip(strata, values, registry.people, strict=True):
        groups.setdefault(stratum, Counter())[value] += people
    on_the_way = [place for place, stage in enumerate(table.stages) if stage in TO_THE_POOL]
    told = {
        group.value
        for group in table.groups
        if None not in [group.counts[place] for place in on_the_way]
    }
    found = group_chances(chances, groups)
    return {value: found[value] for value in found if value in told}
