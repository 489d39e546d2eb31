"""Who is to be seated: a list of people, or the panel of a folder as it is now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sortition.audit.shapes.run import PANEL
from sortition.errors import Finding, InputErrors
from sortition.model import COMBINATION
from sortition.steps.members import StandingFolder, read_standing
from sortition.steps.seating.plan_files import SeatingPeople, describe_people, read_roster
from sortition.tables.columns import heads
from sortition.tables.content import File
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsPeople:
    """People without CPR numbers, and what their quotas were.

    Attributes
    ----------
    roster : Roster
        Of a panel, its features are columns too, with the values that the quotas counted.
    quota_features : tuple of str
        The columns to mix tables on; empty for a list of people.
    without : tuple of str
        The columns that were left out because they hold CPR numbers.
    seed : str or None
        What drew the panel.
    assumed : tuple of Finding
    """

    roster: Roster
    quota_features: tuple[str, ...]
    without: tuple[str, ...]
    seed: str | None
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """People as a file or a folder has them."""

    table: Table
    id_column: str | None = None
    quota_features: tuple[str, ...] = ()
    seed: str | None = None
    assumed: tuple[Finding, ...] = ()


def read_people(
    path: File,
    *,
    sheet: str | None,
    id_column: str | None,
    needed: Sequence[str],
    cpr: CprRules,
    key: bytes,
) -> GroupsPeople:
    """Read a list of people, or the panel in a folder.

    Parameters
    ----------
    sheet : str or None
        Of a workbook; None: the first that is visible and not empty.
    id_column : str or None
        None: that of the panel, or the one that its name tells.
    needed : sequence of str
        Columns that a list has to have, by which its header is found.
    key : bytes
        That of the pseudonyms in the place of CPR numbers.

    Raises
    ------
    InputErrors
        If there is no such list or panel, or its people cannot be told apart.
    """
    if isinstance(path, Path) and path.is_dir():
        source = _panel(read_standing(path))
    else:
        source = _Source(table=read_table(path, sheet, headed=heads(*needed) if needed else None))
    protected = protect(source.table, cpr, id_column or source.id_column, key=key)
    found = read_roster(protected.table, id_column=protected.id_column)
    return GroupsPeople(
        roster=found.roster,
        quota_features=source.quota_features,
        without=tuple(name for name in source.table.header if name not in protected.table.header),
        seed=source.seed,
        assumed=(*source.assumed, *found.assumed),
    )


def described(
    people: GroupsPeople, *, mix: Sequence[str] | None, names: Sequence[str], tables: int
) -> SeatingPeople:
    """What tables are mixed on and what the cards bear; see `describe_people`.

    Parameters
    ----------
    mix : sequence of str or None
        None: the features with quotas.

    Raises
    ------
    InputErrors
        With every column that is not there, or not to be shown.
    """
    wanted = people.quota_features if mix is None else mix
    faults = list(_hidden(people, (*wanted, *names)))
    hidden = {fault.column for fault in faults}
    found = attempt(
        faults,
        partial(
            describe_people,
            people.roster,
            mix=[name for name in wanted if name not in hidden],
            names=[name for name in names if name not in hidden],
            tables=tables,
        ),
    )
    if faults or found is None:
        raise InputErrors(tuple(faults))
    return found


def _hidden(people: GroupsPeople, wanted: Sequence[str]) -> Iterator[Finding]:
    known, hidden = set(people.roster.table.header), set(map(fold, people.without))
    for name in dict.fromkeys(wanted):
        if name not in known and fold(name) in hidden:
            yield people.roster.table.finding(code="seating-column-cpr", column=name)


def _panel(standing: StandingFolder) -> _Source:
    """Those who sit on the panel now, each with her values as the quotas saw them.

    A feature takes the place of a column of its name: its values may be groups of what stands
    there.
    """
    folder, rounds = standing.folder, standing.standing.rounds
    roster, pool = folder.roster, folder.instance.pool
    sitting = set(standing.by_id(standing.standing.panel))
    values = {member.id: member.values for member in pool.members}
    seated = roster.only(sitting)
    columns = {
        feature: [values[id][place] for id in seated.ids]
        for place, feature in enumerate(pool.features)
    }
    # the list of these people that she knows
    table = replace(seated.table.changed(columns), file=PANEL)
    own = tuple(name for name in pool.features if not name.startswith(f"{COMBINATION}: "))
    now = Finding(code="seating-panel-now", facts={"rounds": rounds})
    return _Source(
        table=table,
        id_column=roster.id_column,
        quota_features=own or pool.features,
        seed=folder.seed,
        assumed=(*standing.noticed, *((now,) if rounds else ())),
    )
