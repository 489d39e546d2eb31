"""What lists say of people beside what they wrote: counted values, and addresses taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import repeat
from typing import get_args

import numpy as np

from sortition.model import Instance, Language
from sortition.pages.wording import wording
from sortition.tables.labels import alike, fold
from sortition.tables.roster import Columns, Roster

TAKEN_BY = "address_taken_by"
NOBODY = -1  # the place of what is not there


def counted(
    roster: Roster, instance: Instance, only: Collection[str] | None = None
) -> dict[str, Mapping[str, str]]:
    """The values that the quotas counted, where the pool says it in other words or not at all.

    Parameters
    ----------
    roster : Roster
    instance : Instance
        By the ids of the roster.
    only : collection of str, optional
        The features that are looked at; without it, all that have quotas.

    Returns
    -------
    dict of str to mapping
        For each such feature a column, called ``age (quota)`` where the pool has a column ``age``;
        its cells by id.
    """
    pool = instance.pool
    kind_of = dict(zip(pool.ids, pool.kind_of, strict=True))
    found = map(kind_of.get, roster.ids, repeat(NOBODY))
    kinds = np.fromiter(found, np.int64, len(roster.ids))
    known = kinds != NOBODY
    columns: dict[str, Mapping[str, str]] = {}
    for feature in instance.quotas.features:
        if only is not None and fold(feature) not in map(fold, only):
            continue
        place = pool.features.index(feature)
        values = [kind[place] for kind in pool.kinds]
        own = alike(roster.table.header, feature)
        if own:
            cells = roster.table.coded(own[0]).read(fold)
            code_of = {text: code for code, text in enumerate(cells.values)}
            means = {value: code_of.get(fold(value), NOBODY) for value in set(values)}
            meant = np.array([means[value] for value in values], dtype=np.int64)
            if np.array_equal(meant[kinds[known]], cells.codes[known]):
                continue
        name = f"{feature} (quota)" if own else feature
        columns[name] = {id: values[kind] for id, kind in kind_of.items()}
    return columns


def counting(roster: Roster, features: Collection[str]) -> list[str]:
    """The columns of a pool that are named like features; by any other somebody may be reached."""
    wanted = set(map(fold, features))
    return [name for name in roster.table.header if fold(name) in wanted]


def rehearsed(roster: Roster, language: Language) -> Roster:
    """The roster with a last column that says of everybody that a rehearsal decides nothing."""
    words = wording(language)
    cells = dict.fromkeys(roster.ids, words.text("rehearsal.cell"))
    return roster.beside({words.text("rehearsal.column"): cells})


def is_rehearsed(header: Sequence[str]) -> bool:
    """Whether a list has such a column, in any language."""
    marks = {wording(language).text("rehearsal.column") for language in get_args(Language)}
    return not marks.isdisjoint(header)


def address_taken(instance: Instance, panel: Collection[str]) -> Columns:
    """Who of the panel lives at somebody's address, which leaves no place there.

    Returns
    -------
    mapping of str to mapping
        One column, its cells by id; nothing if nobody shares an address.
    """
    members = instance.pool.members
    if all(member.household is None for member in members):
        return {}
    seated: dict[int, list[str]] = {}
    for member in members:  # in the order of their ids
        if member.household is not None and member.id in panel:
            seated.setdefault(member.household, []).append(member.id)
    full = {
        home: ", ".join(ids) for home, ids in seated.items() if len(ids) >= instance.household_limit
    }
    cells = {
        member.id: "" if member.household is None else full.get(member.household, "")
        for member in members
    }
    return {TAKEN_BY: cells}
