"""Population figures: how many people have each value of each feature.

A file is a table ``feature,value,population``, or one with a column for each feature and one for
the people, such as StatBank Denmark's ``OMRÅDE;KØN;ALDER;TID;INDHOLD``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.intake import read_key_table
from sortition.steps.quotas.statistics.choices import Choices
from sortition.steps.quotas.statistics.file import (
    FeatureCount,
    StatisticsFile,
    read_statistics_file,
)
from sortition.steps.quotas.statistics.joined import unused
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.labels import fold, listed
from sortition.tables.numbers import in_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The figures of one or several files, each about other features.

    Attributes
    ----------
    files : tuple of StatisticsFile
        With the names that the files use.
    features : tuple of FeatureCount
        With the names that were wanted, in the order of the files.
    assumed : tuple of Finding
    """

    files: tuple[StatisticsFile, ...]
    features: tuple[FeatureCount, ...]
    assumed: tuple[Finding, ...]


def read_statistics(
    paths: Sequence[File], choices: Choices, tables: Sequence[File] = ()
) -> Statistics:
    """Read population figures.

    Parameters
    ----------
    tables : sequence of File
        Tables of a key and what it stands for, such as parish and district.

    Raises
    ------
    InputErrors
        With every fault of the files, and where the choices do not fit them.
    """
    faults: list[Finding] = []
    read = [attempt(faults, partial(read_key_table, path)) for path in tables]
    keys = [one for one in read if one is not None]
    attempts = [
        attempt(faults, partial(read_statistics_file, path, choices, keys)) for path in paths
    ]
    files = tuple(file for file in attempts if file is not None)
    if not faults:
        faults += unused(keys, [one for file in files for one in file.keys])
    written = [count for file in files for count in file.features]
    features = tuple(_renamed(count, choices) for count in written)
    if not faults:
        faults += _choice_faults(files, written, choices)
    if not faults:
        faults += _feature_faults(files, features)
    if faults:
        raise InputErrors(tuple(faults))
    return Statistics(
        files=files,
        features=features,
        assumed=(*(found for file in files for found in file.assumed), *_uneven(features)),
    )


def _renamed(count: FeatureCount, choices: Choices) -> FeatureCount:
    """With the names that were wanted; values that are called alike are counted together."""
    people: dict[str, Fraction] = defaultdict(Fraction)
    for value, number in count.people.items():
        people[choices.called(value)] += number
    return FeatureCount(feature=choices.called(count.feature), people=dict(people), file=count.file)


def _choice_faults(
    files: Sequence[StatisticsFile], written: Sequence[FeatureCount], choices: Choices
) -> Iterator[Finding]:
    """Choices that mean nothing in these files."""
    columns = [(file.table.file, column) for file in files for column in file.columns]
    for wanted in choices.features:
        if not any(choices.names_feature(wanted, file, column) for file, column in columns):
            facts = {"columns": listed(dict.fromkeys(column for _, column in columns))}
            yield Finding(code="statistics-feature-unknown", value=wanted, facts=facts)
    if choices.area is not None and not any(file.area for file in files):
        yield Finding(code="statistics-without-area", value=choices.area)
    if choices.bands and not any(file.has_ages for file in files):
        yield Finding(code="statistics-ages-nowhere")
    labels = {fold(label) for count in written for label in (count.feature, *count.people)}
    for name in choices.names:
        if fold(name) not in labels:
            yield Finding(code="statistics-name-unknown", value=name)


def _feature_faults(
    files: Sequence[StatisticsFile], features: Sequence[FeatureCount]
) -> Iterator[Finding]:
    if not features:
        for file in files:
            yield file.table.finding(code="statistics-no-features")
    first: dict[str, FeatureCount] = {}
    for count in features:
        before = first.setdefault(fold(count.feature), count)
        if before is not count:
            facts: dict[str, str | int] = {"first": before.file}
            yield Finding(
                code="statistics-feature-twice", file=count.file, column=count.feature, facts=facts
            )
        if not count.total:
            yield Finding(code="statistics-nobody", file=count.file, column=count.feature)


def _uneven(features: Sequence[FeatureCount]) -> Iterator[Finding]:
    """Features that are not about equally many people are perhaps not about the same people."""
    if len({count.total for count in features}) > 1:
        totals = ", ".join(f"{count.feature} {in_digits(count.total)}" for count in features)
        yield Finding(code="statistics-totals-uneven", facts={"totals": totals})
