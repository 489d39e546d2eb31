"""One invitation from files to files: read, count, allocate, draw, write."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.registry.admitted import AS_IT_CAME
from sortition.registry.counting import Part, PartCount, count
from sortition.registry.drawing import Lot, draw_people
from sortition.registry.engines import Engine, engine
from sortition.registry.households import MOST_USUAL_AT_HOME, Homes, count_homes
from sortition.registry.tickets import Tickets
from sortition.steps.invite.admission import young_drawn
from sortition.steps.invite.allocating import allocate, due
from sortition.steps.invite.cpr import without_cpr
from sortition.steps.invite.design import Design, raw_columns
from sortition.steps.invite.designs.strata import Units
from sortition.steps.invite.document import invite_json
from sortition.steps.invite.facts import InviteFacts
from sortition.steps.invite.figures import chance_of, facts_of
from sortition.steps.invite.lists import (
    DOORS,
    INVITED,
    LETTERS,
    LETTERS_WORKBOOK,
    WORKBOOK,
    Drawing,
    lists_of,
)
from sortition.steps.invite.manifest import manifest_of, versions
from sortition.steps.invite.option_faults import option_faults
from sortition.steps.invite.options import Options
from sortition.steps.invite.page import invite_html
from sortition.steps.invite.parts import (
    ALLOCATION,
    COUNTS,
    Counts,
    counts_document,
    read_allocation,
)
from sortition.steps.invite.reading import InviteReading, read_invitation
from sortition.steps.invite.secret import keep_key
from sortition.tables.faults import attempt
from sortition.tables.written.invitation import headers
from sortition.tables.written.results import destination_faults, write_files

REPORT, PAGE, MANIFEST = "report.json", "report.html", "manifest.json"
FILES = (INVITED, WORKBOOK, LETTERS, LETTERS_WORKBOOK, REPORT, PAGE, MANIFEST)


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
        design, units = allocate(options, faults)
        return Invited(
            facts=None, design=design, units=units, written=(ALLOCATION,), assumed=design.assumed
        )
    allocated = (
        attempt(faults, partial(read_allocation, options.allocation))
        if options.allocation
        else None
    )
    by = allocated.columns if allocated else raw_columns(options) if not faults else options.by
    with ExitStack() as stack:
        wanted = partial(stack.enter_context, engine(scheduler=options.scheduler))
        runner = attempt(faults, wanted)
        if runner is None:  # here, so that the other faults are told as well
            runner = stack.enter_context(engine())
        reading = read_invitation(options, by, faults, runner)
        return _Run(options=options, reading=reading, engine=runner, progress=progress).go(
            allocated
        )


def _names(options: Options) -> tuple[str, ...]:
    if options.counts_only:
        return (COUNTS,)
    if options.from_counts:
        return (ALLOCATION,)
    return (*FILES, DOORS) if options.doors else FILES


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
            assumed += keep_key(options, reading.key, made=reading.key_made)
            counts = Counts(columns=reading.by, units=kind, strata=counted.units)
            files = {COUNTS: counts_document(counts)}
            write_files(options.out, files, overwrite=options.overwrite)
            return Invited(
                facts=None, design=None, units=units, written=(COUNTS,), assumed=tuple(assumed)
            )
        faults: list[Finding] = []
        design = attempt(faults, partial(due, options, reading, allocated, counted.units, kind))
        if design is None:  # what is wrong with the ids is told with it
            nobody = Lot(tickets=self._tickets(), strata={}, letters=[])
            attempt(faults, partial(draw_people, self.engine, parts, counted, nobody))
            raise InputErrors(tuple(faults))
        return self._draw(parts, counted, homes, design, [*assumed, *design.assumed])

    def _parts(self) -> list[Part]:
        reading = self.reading
        return [
            Part(
                partition=partition,
                id_column=reading.id_column,
                by=reading.by,
                excluded=reading.before,
                threads=self.options.threads,
            )
            for partition in reading.registry.partitions
        ]

    def _tickets(self, within: str = "") -> Tickets:
        seed = self.options.seed or ""
        domain = f"invite/{self.reading.wave}{within}"
        return Tickets(seed=seed, domain=domain, key=self.reading.key)

    def _written(self, column: str) -> str:
        """A column as lists have it."""
        return f"{AS_IT_CAME}{column}" if column in self.reading.reread else column

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
            columns=(
                *map(self._written, reading.columns),
                *filter(None, [reading.drawn_chances]),
            ),
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
        assumed += keep_key(options, reading.key, made=reading.key_made)
        facts = facts_of(
            options,
            reading,
            design,
            drawing,
            counted,
            assumed=tuple(assumed),
            versions=versions(),
        )
        lists = lists_of(
            drawing,
            tickets,
            wave=reading.wave,
            key=reading.key,
            headers=headers(options.language),
            series=options.series or "",
            doors=options.doors,
        )
        if WORKBOOK not in lists:
            assumed.append(Finding(code="invite-no-workbook", facts={"count": len(people)}))
        if options.min_age is None:
            assumed += young_drawn(drawing)
        page = invite_html(facts, language=options.language).encode()
        files = {**lists, REPORT: invite_json(facts), PAGE: page}
        files[MANIFEST] = manifest_of(options, reading, facts, files)
        write_files(options.out, files, overwrite=options.overwrite)
        return Invited(
            facts=facts,
            design=design,
            units=counted.units.total(),
            written=tuple(name for name in (*FILES, DOORS) if name in files),
            assumed=tuple(assumed),
        )
