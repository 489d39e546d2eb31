"""The lists of people that a municipality has of each stage, with the same features in each.

A person of one list is the person of another who has the same id, if both have a column of ids
with the same name. That is how a feature which a list lacks is found in an earlier one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.glasses import Glasses
from sortition.steps.funnel.counts import StageName
from sortition.steps.funnel.frames import AFTER, Drawn, OneFrame, one_frame
from sortition.steps.funnel.people import counted
from sortition.steps.funnel.stages import StageList
from sortition.steps.members import WorksheetWords
from sortition.steps.plan import people_in_rows
from sortition.tables.columns import match_column, matched
from sortition.tables.faults import attempt
from sortition.tables.ids import read_ids
from sortition.tables.labels import fold, listed
from sortition.tables.reading import read_table
from sortition.tables.rows import Table
from sortition.tables.values import read_free_values


def read_stages(
    paths: Sequence[tuple[StageName, Path]],
    features: Sequence[str],
    id_columns: Sequence[str],
    languages: Sequence[WorksheetWords],
    through: Glasses,
    *,
    drawn: Drawn | None,
) -> tuple[list[StageList], OneFrame | None, tuple[Finding, ...]]:
    """Read the lists, from the widest stage on, and what was assumed.

    Parameters
    ----------
    paths : sequence of (str, Path)
        In the order of the stages; lists of one stage, such as its waves, are one list.
    features : sequence of str
    id_columns : sequence of str
        Names of the columns that tell people apart; empty to tell them by their names.
    languages : sequence of WorksheetWords
        Any of which a call list may be in.
    through : Glasses
    drawn : Drawn, optional
        The report, if the lists are those of one frame of several.

    Raises
    ------
    InputErrors
        With every fault of the files.
    """
    faults: list[Finding] = []
    assumed: list[Finding] = []
    lists: list[StageList] = []
    spelled: dict[str, dict[str, str]] = {}
    frame = attempt(faults, partial(_frame, paths, id_columns, through, drawn)) if drawn else None
    shared = Counter(path.name for _, path in paths)
    stages = Counter(name for name, _ in paths)
    for name, path in paths:
        label = path.name if shared[path.name] == 1 else f"{path.name} (--{name})"
        if stages[name] > 1 and shared[path.name] > 1:
            label = f"{path.parent.name}/{path.name}"
        read = attempt(
            faults,
            partial(
                _read,
                name,
                path,
                label=label,
                features=features,
                id_columns=id_columns,
                languages=languages,
                spelled=spelled,
                through=through,
                frame=frame if name in AFTER else None,
            ),
        )
        if read:
            assumed += read[1]
            former = lists.pop() if lists and lists[-1].name == name else None
            lists.append(former.with_more(read[0]) if former else read[0])
    if not faults:
        faults += through.unused([one.table for one in lists])
        lists = [_filled(stage, lists[:n], features, faults) for n, stage in enumerate(lists)]
        for feature in features:
            known = [stage.table.file for stage in lists if feature in stage.values]
            if len(known) < 2:
                facts: dict[str, str | int] = {"known": listed(known)} if known else {}
                faults.append(Finding(code="funnel-feature-unknown", value=feature, facts=facts))
    if faults:
        raise InputErrors(tuple(faults))
    return lists, frame, (*assumed, *_how_counted(lists, features))


def _read(
    name: StageName,
    path: Path,
    *,
    label: str,
    features: Sequence[str],
    id_columns: Sequence[str],
    languages: Sequence[WorksheetWords],
    spelled: dict[str, dict[str, str]],
    through: Glasses,
    frame: OneFrame | None,
) -> tuple[StageList, list[Finding]]:
    read, wanted = _seen(path, id_columns, through)
    if frame is not None:
        read = frame.of(read, wanted)
    noted = tuple(replace(finding, file=label) for finding in read.assumed)
    everybody = replace(read, file=label, assumed=noted)
    table, noticed = counted(name, everybody, wanted, languages)
    faults: list[Finding] = []
    assumed = [*table.assumed, *noticed]
    columns: dict[str, str] = {}
    for feature in features:
        if fold(feature) in map(fold, table.header):
            find = partial(match_column, table, feature, unknown="funnel-feature-unknown")
            column = attempt(faults, find)
            if column is not None:
                columns[feature] = column
                assumed += matched(table, feature, column)
    values: dict[str, tuple[str, ...]] = {}
    for feature, column in columns.items():
        find_values = partial(_values, table, column, spelled.get(feature))
        found = attempt(faults, find_values)
        if found is not None:
            values[feature] = found
            spelled.setdefault(feature, {fold(value): value for value in found})
    people = attempt(faults, partial(people_in_rows, table))
    ids = attempt(faults, partial(read_ids, table, wanted, taken=set(columns.values())))
    if faults or ids is None or people is None:
        raise InputErrors(tuple(faults))
    # that the rows were numbered is of no interest where nobody looks for a person
    assumed += ids.assumed if ids.column else ()
    return (
        StageList(
            name=name,
            table=table,
            id_column=ids.column,
            ids=ids.ids,
            people=tuple(people),
            values=values,
        ),
        assumed,
    )


def _seen(path: Path, id_columns: Sequence[str], through: Glasses) -> tuple[Table, str | None]:
    """A list as it is read, and the column of its ids if that is known."""
    came = read_table(path)
    wanted = next((c for c in id_columns if fold(c) in map(fold, came.header)), None)
    return through.on(came, wanted)


def _frame(
    paths: Sequence[tuple[StageName, Path]],
    id_columns: Sequence[str],
    through: Glasses,
    drawn: Drawn,
) -> OneFrame:
    pool = next((path for name, path in paths if name == "pool"), None)
    if pool is None:
        raise InputErrors((Finding(code="funnel-frame-not-known"),))
    return one_frame(*_seen(pool, id_columns, through), drawn)


def _values(table: Table, column: str, spelled: Mapping[str, str] | None) -> tuple[str, ...]:
    """The value of each row as the first list that has the feature spells it."""
    values, _ = read_free_values(table, column, ())
    if spelled is None:
        return values
    faults = [
        table.finding(
            code="funnel-value-unknown",
            row=row,
            column=column,
            value=value,
            facts={"known": listed(sorted(spelled.values()))},
        )
        for row, value in zip(table.row_numbers, values, strict=True)
        if fold(value) not in spelled
    ]
    if faults:
        raise InputErrors(tuple(faults))
    return tuple([spelled[fold(value)] for value in values])


def _filled(
    stage: StageList, earlier: Sequence[StageList], features: Sequence[str], faults: list[Finding]
) -> StageList:
    """The list with features that it lacks, from the nearest earlier one with the same ids."""
    values = dict(stage.values)
    for feature in features:
        if feature in values:
            continue
        source = stage.last_known([one for one in earlier if feature in one.values])
        if source is None:
            continue
        known = dict(zip(source.ids, source.values[feature], strict=True))
        strangers = [id for id in stage.ids if id not in known]
        if strangers:
            facts: dict[str, str | int] = {"people": len(strangers), "source": source.table.file}
            faults.append(stage.table.finding(code="funnel-not-found", column=feature, facts=facts))
        else:
            values[feature] = tuple([known[id] for id in stage.ids])
    return replace(stage, values=values)


def _how_counted(lists: Sequence[StageList], features: Sequence[str]) -> Iterator[Finding]:
    """How people were found again, where their values do not agree, and what is not known."""
    for number, stage in enumerate(lists):
        before = stage.last_known(lists[:number])
        if before is not None:
            facts: dict[str, str | int] = {"source": before.table.file}
            column = stage.id_column or ""
            yield stage.table.finding(code="funnel-found-by-id", column=column, facts=facts)
            yield from _disagreements(stage, before)
        elif number:
            yield stage.table.finding(code="funnel-counted-by-values")
        missing = [feature for feature in features if feature not in stage.values]
        if missing:
            yield stage.table.finding(
                code="funnel-feature-missing", facts={"features": listed(missing)}
            )


def _disagreements(stage: StageList, before: StageList) -> Iterator[Finding]:
    place = {id: row for row, id in enumerate(before.ids)}
    facts: dict[str, str | int] = {"source": before.table.file}
    for feature in sorted(set(stage.values) & set(before.values)):
        mine, its = stage.values[feature], before.values[feature]
        differ = any(
            id in place and its[place[id]] != value
            for id, value in zip(stage.ids, mine, strict=True)
        )
        if differ:  # how many may be too few to be told
            yield stage.table.finding(code="funnel-values-differ", column=feature, facts=facts)
