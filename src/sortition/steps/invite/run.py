"""One invitation from files to files: read, count, allocate, draw, write."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache, partial

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.registry.description import Registry
from sortition.registry.drawing import count, draw_people, fetch, homes_at, with_homes
from sortition.registry.engines import Engine, engine
from sortition.registry.partitions import RowGroups
from sortition.registry.passes import Part, PartCount
from sortition.registry.tickets import Tickets
from sortition.steps.invite.cpr import without_cpr
from sortition.steps.invite.design import Design, design_of, raw_columns
from sortition.steps.invite.designs.strata import Units
from sortition.steps.invite.document import invite_json
from sortition.steps.invite.facts import InviteFacts
from sortition.steps.invite.figures import chance_of, facts_of
from sortition.steps.invite.lists import CHANCE, INVITED, LETTERS, WORKBOOK, Drawing, lists_of
from sortition.steps.invite.manifest import manifest_of, versions
from sortition.steps.invite.options import Options, option_faults
from sortition.steps.invite.page import invite_html
from sortition.steps.invite.parts import (
    ALLOCATION,
    COUNTS,
    Counts,
    allocation_document,
    check_whole,
    counts_document,
    handed_over,
    part_findings,
    read_allocation,
    read_counts,
)
from sortition.steps.invite.reading import InviteReading, read_invitation
from sortition.tables.faults import attempt
from sortition.tables.written.results import destination_faults, write_files

REPORT, PAGE, MANIFEST = "report.json", "report.html", "manifest.json"
FILES = (INVITED, WORKBOOK, LETTERS, REPORT, PAGE, MANIFEST)
MANY_ROWS = 1_000_000  # from here on it pays to start processes
WORKERS = 2  # more of them need more than a gigabyte for a registry of twenty million


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What an invitation did.

    Attributes
    ----------
    facts : InviteFacts or None
        None if nobody was drawn, only counted or allocated.
    design : Design or None
    units : int
        How many were counted that can be drawn.
    written : tuple of str
    assumed : tuple of Finding
    """

    facts: InviteFacts | None
    design: Design | None
    units: int
    written: tuple[str, ...]
    assumed: tuple[Finding, ...]


def invite(options: Options, progress: Progress) -> Invited:
    """Draw who is invited, or do one keeper's or the organiser's share of it.

    Raises
    ------
    InputErrors
        With every fault of options, files and destination; nothing is written.
    """
    progress.phase("read")
    faults = [
        *option_faults(options),
        *destination_faults(
            options.out, options.overwrite, names=_names(options), inputs=options.paths
        ),
    ]
    if options.from_counts:
        return _allocate(options, faults)
    allocated = (
        attempt(faults, partial(read_allocation, options.allocation))
        if options.allocation
        else None
    )
    by = allocated.columns if allocated else raw_columns(options) if not faults else options.by
    reading = read_invitation(options, by, faults)
    with engine(scheduler=options.scheduler, workers=_workers(options, reading.registry)) as runner:
        return _Run(options=options, reading=reading, engine=runner, progress=progress).go(
            allocated
        )


def _names(options: Options) -> tuple[str, ...]:
    if options.counts_only:
        return (COUNTS,)
    return (ALLOCATION,) if options.from_counts else FILES


def _workers(options: Options, registry: Registry) -> int:
    if options.workers is not None:
        return options.workers
    rows = sum(part.rows for part in registry.partitions if isinstance(part, RowGroups))
    if rows < MANY_ROWS:
        return 1
    return min(WORKERS, os.cpu_count() or 1, len(registry.partitions))


def _allocate(options: Options, faults: list[Finding]) -> Invited:
    counted = attempt(faults, partial(read_counts, options.registries))
    if faults or counted is None:
        raise InputErrors(tuple(faults))
    wanted = raw_columns(options)
    if wanted != counted.columns:
        facts = {"columns": ", ".join(counted.columns) or "–"}
        value = ", ".join(wanted) or "–"
        raise InputErrors((Finding(code="counts-of-others", value=value, facts=facts),))
    design = design_of(options, counted.columns, counted.strata, wave=options.wave or 1)
    design = handed_over(design, counted)
    write_files(options.out, {ALLOCATION: allocation_document(design)}, overwrite=options.overwrite)
    return Invited(
        facts=None,
        design=design,
        units=counted.strata.total(),
        written=(ALLOCATION,),
        assumed=design.assumed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One registry, counted and drawn from."""

    options: Options
    reading: InviteReading
    engine: Engine
    progress: Progress

    def go(self, allocated: Design | None) -> Invited:
        options, reading = self.options, self.reading
        assumed = list(reading.assumed)
        parts, blank = self._parts()
        if blank:
            assumed.append(self._about("address-blank", count=blank))
        counted = count(self.engine, parts)
        units = counted.units.total()
        kind: Units = "addresses" if reading.household else "people"
        if options.counts_only:
            counts = Counts(columns=reading.by, units=kind, strata=counted.units)
            files = {COUNTS: counts_document(counts)}
            write_files(options.out, files, overwrite=options.overwrite)
            return Invited(
                facts=None, design=None, units=units, written=(COUNTS,), assumed=tuple(assumed)
            )
        design = allocated
        if design is None:
            design = design_of(options, reading.by, counted.units, wave=reading.wave)
            design = replace(design, units=kind)
            assumed += design.assumed
        elif kind != ("people" if reading.merging else design.units):
            raise InputErrors((Finding(code="allocation-units", facts={"units": design.units}),))
        elif reading.merging:
            check_whole(design, counted.units)
        else:
            assumed += part_findings(design, counted.units)
        return self._draw(parts, counted, design, assumed)

    def _parts(self) -> tuple[list[Part], int]:
        reading = self.reading
        parts = [
            Part(
                partition=partition,
                number=number,
                id_column=reading.id_column,
                by=reading.by,
                excluded=reading.before,
            )
            for number, partition in enumerate(reading.registry.partitions)
        ]
        if not reading.household:
            return parts, 0
        return with_homes(self.engine, parts, reading.household, self._tickets("/household"))

    def _tickets(self, within: str = "") -> Tickets:
        seed = self.options.seed or ""
        domain = f"invite/{self.reading.wave}{within}"
        return Tickets(seed=seed, domain=domain, key=self.reading.key)

    def _about(self, code: str, **facts: str | int) -> Finding:
        return Finding(code=code, file=self.reading.registry.name, facts=facts)

    def _draw(
        self, parts: list[Part], counted: PartCount, design: Design, assumed: list[Finding]
    ) -> Invited:
        options, reading = self.options, self.reading
        letters = [stratum.letters for stratum in design.allocation.strata]
        tickets = self._tickets()
        people = draw_people(self.engine, parts, tickets, design.strata, letters, rows=counted.rows)
        columns = reading.columns
        homes = homes_at(parts, people)
        chance = cache(partial(chance_of, design))
        drawing = Drawing(
            header=reading.registry.header,
            id_column=reading.id_column,
            columns=columns,
            people=people,
            cells=fetch(self.engine, parts, people, columns),
            chances=[
                f"{float(chance(person.stratum, home)):.8g}"
                for person, home in zip(people, homes, strict=True)
            ],
        )
        if reading.merging:  # the keepers know who lives together
            handed = fetch(self.engine, parts, people, (CHANCE,))
            drawing = replace(drawing, chances=[own for (own,) in handed])
        if not options.keep_cpr:
            drawing, barred = without_cpr(drawing)
            assumed += barred
        self.progress.phase("write")
        facts = facts_of(
            options,
            reading,
            design,
            drawing,
            counted,
            assumed=tuple(assumed),
            versions=versions(),
        )
        lists = lists_of(drawing, tickets, wave=reading.wave, key=reading.key)
        if WORKBOOK not in lists:
            assumed.append(Finding(code="invite-no-workbook", facts={"count": len(people)}))
        page = invite_html(facts, language=options.language).encode()
        files = {**lists, REPORT: invite_json(facts), PAGE: page}
        files[MANIFEST] = manifest_of(options, reading, facts, files)
        write_files(options.out, files, overwrite=options.overwrite)
        return Invited(
            facts=facts,
            design=design,
            units=counted.units.total(),
            written=tuple(name for name in FILES if name in files),
            assumed=tuple(assumed),
        )
