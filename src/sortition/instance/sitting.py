"""Who sits already, as a feature that everybody has and a quota that keeps these seats."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sortition.model import COMBINATION, SITTING, Pool, PoolMember, Quota, Quotas

FEATURE, SITS = SITTING
SITS_NOT = "no"


def marked(features: Sequence[str], members: Sequence[PoolMember], sits: Collection[str]) -> Pool:
    """The pool with the feature that tells who sits."""
    place = sorted((*features, FEATURE)).index(FEATURE)
    return Pool(
        features=(*features[:place], FEATURE, *features[place:]),
        members=tuple(
            member._replace(
                values=(
                    *member.values[:place],
                    SITS if member.id in sits else SITS_NOT,
                    *member.values[place:],
                ),
            )
            for member in members
        ),
    )


def with_seats(quotas: Quotas, count: int) -> Quotas:
    """The quotas with one more, which no proposal may loosen."""
    own = Quota(
        feature=COMBINATION,
        value="=".join(SITTING),
        lower=count,
        upper=count,
        min_flex=count,
        max_flex=count,
        parts=(SITTING,),
    )
    return Quotas(rows=(*quotas.rows, own))
