"""What further rounds go by after a draw: its rules, and the instance without those who sat."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sortition.model import Instance, Pool, Quotas
from sortition.selection.preparation import Rules


def further_rules(options: Any) -> Rules:
    """By which further lotteries are made, from the options of the first."""
    return Rules(
        objective="leximin" if options["objective"] == "population" else options["objective"],
        gamma=options["gamma"] or 1.0,
        tickets=options["tickets"],
        solver=options["solver"],
        time_limit=options["time_limit"],
    )


def for_rounds(instance: Instance) -> Instance:
    """The instance without the quota of those who sat before the draw: they can leave as others."""
    kept = tuple(quota for quota in instance.quotas.rows if not quota.seats_some)
    if len(kept) == len(instance.quotas.rows):
        return instance
    quotas = Quotas(rows=kept)
    places = [instance.pool.features.index(feature) for feature in quotas.needed_features]
    members = tuple(
        member._replace(values=tuple(member.values[place] for place in places))
        for member in instance.pool.members
    )
    pool = Pool(features=quotas.needed_features, members=members)
    return replace(instance, pool=pool, quotas=quotas)
