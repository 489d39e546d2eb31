"""One invitation from files to files: read, count, allocate, draw, write."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache, partial

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.registry.counting import Part, PartCount, count
from sortition.registry.drawing import Lot, draw_people
from sortition.registry.engines import Engine, engine
from sortition.registry.households import MOST_USUAL_AT_HOME, Homes, count_homes
from sortition.registry.tickets import Tickets
from sortition.steps.invite.cpr import without_cpr
from sortition.steps.invite.design import Design, design_of, raw_columns
from sortition.steps.invite.designs.strata import Units
from sortition.steps.invite.document import invite_json
from sortition.steps.invite.facts import InviteFacts
from sortition.steps.invite.figures import chance_of, facts_of
from sortition.steps.invite.lists import (
    CHANCE,
    INVITED,
    LETTERS,
    LETTERS_WORKBOOK,
    WORKBOOK,
    Drawing,
    lists_of,
)
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
FILES = (INVITED, WORKBOOK, LETTERS, LETTERS_WORKBOOK, REPORT, PAGE, MANIFEST)
THREADS = 2  # more of them need more memory


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
    with engine(scheduler=options.scheduler) as runner:
        return _Run(options=options, reading=reading, engine=runner, progress=progress).go(
            allocated
        )


def _names(options: Options) -> tuple[str, ...]:
    if options.counts_only:
        return (COUNTS,)
    return (ALLOCATION,) if options.from_counts else FILES


def _threads(options: Options) -> int:
    """Of one query; a cluster has its own workers."""
    if options.scheduler is not None:
        return 1
    return options.workers or min(THREADS, os.cpu_count() or 1)


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
        parts, homes = self._parts(), None
        if reading.household:
            home_tickets = self._tickets("/household")
            counted, homes, blank = count_homes(self.engine, parts, reading.household, home_tickets)
            if blank:
                assumed.append(self._about("address-blank", count=blank))
            if (largest := int(homes.sizes.max(initial=0))) > MOST_USUAL_AT_HOME:
                assumed.append(self._about("address-large", count=largest))
        else:
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
        return self._draw(parts, counted, homes, design, assumed)

    def _parts(self) -> list[Part]:
        reading = self.reading
        return [
            Part(
                partition=partition,
                id_column=reading.id_column,
                by=reading.by,
                excluded=reading.before,
                threads=_threads(self.options),
            )
            for partition in reading.registry.partitions
        ]

    def _tickets(self, within: str = "") -> Tickets:
        seed = self.options.seed or ""
        domain = f"invite/{self.reading.wave}{within}"
        return Tickets(seed=seed, domain=domain, key=self.reading.key)

    def _about(self, code: str, **facts: str | int) -> Finding:
        return Finding(code=code, file=self.reading.registry.name, facts=facts)

    def _draw(
        self,
        parts: list[Part],
        counted: PartCount,
        homes: Homes | None,
        design: Design,
        assumed: list[Finding],
    ) -> Invited:
        options, reading = self.options, self.reading
        tickets = self._tickets()
        lot = Lot(
            tickets=tickets,
            strata=design.strata,
            letters=[stratum.letters for stratum in design.allocation.strata],
            columns=(*reading.columns, *((CHANCE,) if reading.merging else ())),
            home_tickets=self._tickets("/household"),
            homes=homes,
        )
        people = draw_people(self.engine, parts, counted, lot)
        chance = cache(partial(chance_of, design))
        drawing = Drawing(
            header=reading.registry.header,
            id_column=reading.id_column,
            columns=reading.columns,
            people=people,
            cells=[person.cells[: len(reading.columns)] for person in people],
            chances=[
                # the keepers know who lives together
                person.cells[-1]
                if reading.merging
                else f"{float(chance(person.stratum, person.home)):.8g}"
                for person in people
            ],
        )
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
