"""Bounds that are tried out on a pool: what does not hang on them is kept from try to try.

A pool that nobody has changed is not read again. The panel that was found last answers at once, as
long as it meets the bounds that are tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from sortition.app.assembly import Assembly
from sortition.instance.inputs import Inputs, read_inputs
from sortition.instance.quotas.reading import QuotaSheet
from sortition.model import Instance, Pool, Quotas
from sortition.steps.check.possible import seats_of_one
from sortition.tables.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """A pool, what it was read from, and the seats of each quota on the panel found last."""

    read_from: Any
    pool: Pool = field(repr=False)
    seats: Mapping[tuple[str, str], int] = field(default_factory=dict)


_lock = Lock()
_last: _Last | None = None


def instance_with(
    assembly: Assembly, inputs: Inputs, quotas: Content, sheet: QuotaSheet
) -> Instance:
    """The instance with quotas that lie nowhere yet.

    Parameters
    ----------
    assembly : Assembly
    inputs : Inputs
        With the panel size that is tried.
    quotas : Content
    sheet : QuotaSheet
        What they say.

    Raises
    ------
    InputErrors
        If pool and quotas do not go together.
    """
    global _last  # noqa: PLW0603 -- one pool is as much as anybody tries bounds on
    rows = sheet.quotas
    read_from = _read_from(assembly, inputs, rows)
    with _lock:
        known = _last
    if known is not None and known.read_from == read_from:
        limit = inputs.household_limit
        return Instance(
            pool=known.pool, quotas=rows, panel_size=inputs.panel_size, household_limit=limit
        )
    instance = read_inputs(replace(inputs, quotas=quotas)).instance
    if instance.quotas == rows:  # none is spelled otherwise by what the pool says
        with _lock:
            _last = _Last(read_from=read_from, pool=instance.pool)
    return instance


def is_possible_with(instance: Instance) -> bool:
    """Whether some panel meets the quotas of an instance that `instance_with` made."""
    global _last  # noqa: PLW0603 -- as above
    with _lock:
        known = _last
    if known is None or known.pool is not instance.pool:
        return seats_of_one(instance) is not None
    if _meet(known.seats, instance):
        return True
    seats = seats_of_one(instance)
    if seats is not None:
        with _lock:
            if _last is not None and _last.pool is instance.pool:
                _last = replace(known, seats=seats)
    return seats is not None


def _meet(seats: Mapping[tuple[str, str], int], instance: Instance) -> bool:
    """Whether the seats of a panel meet other bounds, and fill a panel of the same size."""
    rows = instance.quotas.rows
    within = all(row.lower <= seats.get((row.feature, row.value), -1) <= row.upper for row in rows)
    first = instance.quotas.features[0] if instance.quotas.features else ""
    filled = sum(seats.get((row.feature, row.value), 0) for row in instance.quotas.of(first))
    return within and filled == instance.panel_size


def _read_from(assembly: Assembly, inputs: Inputs, quotas: Quotas) -> tuple[object, ...]:
    """All that the people of an instance hang on: files, columns, and the labels of the quotas."""
    digests = assembly.digests("pool", "map", "contacts")
    labels = tuple((row.feature, row.value, row.parts) for row in quotas.rows)
    unread = replace(inputs, quotas=inputs.pool, panel_size=0)
    return (assembly.folder, tuple(digests.items()), unread, labels)
