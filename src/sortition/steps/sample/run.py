"""An invented pool from a quota file: read, invent, write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import seed_faults
from sortition.instance.quotas.reading import QuotaSheet, read_quota_sheet
from sortition.model import Language, Quota, Quotas
from sortition.pages.wording import wording
from sortition.steps.sample.inventing import (
    Chance,
    Person,
    at_its_least,
    fitting_panel,
    missed_quota,
    volunteers,
    without_enough,
)
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.written.lists import Row, csv_rows
from sortition.tables.written.results import destination_faults, write_files

ROOM = "steps/sample"
SEED = "sample"  # the same sample whenever it is asked for
TOGETHER = 10  # one in so many lives with the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOptions:
    """What was asked for.

    Attributes
    ----------
    quotas : File
    quotas_sheet : str or None
        The sheet of a workbook, if it was named.
    people : int
        How many there are to be in the pool.
    panel_size : int or None
        Of the panel that fits; None: what the quotas add up to.
    misses : bool
        Whether one person is to be missing, so that no panel fits.
    seed : str or None
        Another one makes other people.
    language : {"en", "da"}
        Of the columns and names that are invented.
    out : Path
    overwrite : bool
    """

    quotas: File
    quotas_sheet: str | None
    people: int
    panel_size: int | None
    misses: bool
    seed: str | None
    language: Language
    out: Path
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was made.

    Attributes
    ----------
    panel_size : int
    sizes : range
        Which panel sizes the quotas can add up to, if it was not named.
    address : tuple of str
        The columns of the address.
    missed : Quota or None
        The one that one person is missing for.
    assumed : tuple of Finding
    """

    panel_size: int
    sizes: range
    address: tuple[str, ...]
    missed: Quota | None
    assumed: tuple[Finding, ...]


def make_sample(options: SampleOptions) -> Sample:
    """Invent a pool that fits quotas, or just misses them, and write it.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    """
    faults = list(_option_faults(options))
    reading = partial(
        read_quota_sheet, options.quotas, options.panel_size, sheet=options.quotas_sheet
    )
    sheet = attempt(faults, reading)
    if faults or sheet is None:
        raise InputErrors(tuple(faults))
    sizes = _sizes(sheet.quotas)
    size = options.panel_size or (sizes.start + sizes.stop - 1) // 2
    faults += _size_faults(sheet, sizes, size, options.people)
    if faults:
        raise InputErrors(tuple(faults))
    missed = missed_quota(sheet.quotas, size) if options.misses else None
    if options.misses and missed is None:
        raise InputErrors((sheet.table.finding(code="sample-nothing-to-miss"),))
    chance = Chance(SEED if options.seed is None else options.seed)
    quotas = sheet.quotas if missed is None else at_its_least(sheet.quotas, missed)
    panel = fitting_panel(quotas, size, chance)
    if panel is None:
        raise InputErrors((sheet.table.finding(code="sample-none-fits", facts={"size": size}),))
    people = [*panel, *volunteers(sheet.quotas, options.people - size, chance)]
    if missed is not None:
        people = without_enough(people, sheet.quotas, missed)
    address, rows = _rows(people, sheet.quotas.needed_features, size, chance, options.language)
    files = {options.out.name: csv_rows(rows, like=sheet.table)}
    write_files(options.out.parent, files, overwrite=options.overwrite)
    return Sample(
        panel_size=size,
        sizes=range(0) if options.panel_size else sizes,
        address=address,
        missed=missed,
        assumed=sheet.assumed,
    )


def _option_faults(options: SampleOptions) -> Iterator[Finding]:
    yield from destination_faults(
        options.out.parent, options.overwrite, names=[options.out.name], inputs=[options.quotas]
    )
    if options.seed is not None:
        yield from seed_faults(options.seed)
    if options.panel_size is not None and options.panel_size < 1:
        yield Finding(code="panel-size-not-positive", value=str(options.panel_size))


def _sizes(quotas: Quotas) -> range:
    """The panel sizes that the bounds of each feature can add up to; empty if there is none."""
    bounds = [quotas.of(feature) for feature in quotas.features]
    lowest = max((sum(q.lower for q in rows) for rows in bounds), default=1)
    highest = min((sum(q.upper for q in rows) for rows in bounds), default=lowest)
    return range(max(1, lowest), highest + 1)


def _size_faults(sheet: QuotaSheet, sizes: range, size: int, people: int) -> Iterator[Finding]:
    if size not in sizes:
        found = sheet.size_faults(size)
        facts: dict[str, str | int] = {"lowest": sizes.start, "highest": sizes.stop - 1}
        yield from found or [sheet.table.finding(code="sample-no-size", facts=facts)]
    elif people < size:
        yield Finding(code="sample-too-small", value=str(people), facts={"size": size})


def _rows(
    people: Sequence[Person],
    features: Sequence[str],
    seated: int,
    chance: Chance,
    language: Language,
) -> tuple[tuple[str, ...], list[Row]]:
    """The columns of an address, and the rows of a pool with its header, in no telling order.

    Whoever is on the panel that fits lives alone, so that the household rule hinders nobody.
    """
    words = wording(language, ROOM)
    taken = {fold(feature) for feature in features}
    own = {name: words.text(f"columns.{name}") for name in ("id", "name", "street", "zip", "email")}
    own = {name: f"{c} *" if fold(c) in taken else c for name, c in own.items()}
    homes = list(range(1, len(people) + 1))
    for place in range(seated + 1, len(people)):
        if not chance.below(TOGETHER):
            homes[place] = homes[place - 1]
    width = len(str(len(people)))
    rows: list[Row] = []
    for number, place in enumerate(chance.shuffled(range(len(people))), start=1):
        id = f"{number:0{width}d}"
        rows.append(
            (
                id,
                words.text("person.name", number=id),
                *(people[place][feature] for feature in features),
                words.text("person.street", number=homes[place]),
                "1000",
                f"{id}@example.org",
            )
        )
    header = (own["id"], own["name"], *features, own["street"], own["zip"], own["email"])
    return (own["street"], own["zip"]), [header, *rows]
