"""One run from files to files: read, select, report, write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.documents import indented
from sortition.audit.shapes.run import (
    CERTIFICATE,
    COPY,
    LOTTERY,
    MANIFEST,
    OUTPUTS,
    PAGE,
    REPORT,
    RESERVE,
    ROSTER,
)
from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.instance.inputs import Inputs, read_inputs, seed_faults
from sortition.instance.reading import Reading
from sortition.model import REHEARSAL, Language
from sortition.pages.context import Context
from sortition.pages.wording import sameness, wording
from sortition.selection.noted import address_taken, counted, counting, rehearsed
from sortition.selection.preparation import PreparedLottery, Rules, not_used
from sortition.selection.record import context_of, options_document
from sortition.selection.reserve.dropouts import SEEN_SHARE, DropoutRates
from sortition.selection.reserve.lists import alternates_lists
from sortition.selection.reserve.tickets import with_reserves
from sortition.selection.select import Selection, Stopwatch, draw, fresh_seed
from sortition.steps.select.copy import check_copy, copied
from sortition.steps.select.document import report_json
from sortition.steps.select.page import render_html
from sortition.steps.select.toward import RatesRead, prepare_toward
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.roster import roster_json
from sortition.tables.written.lists import csv_delimiter
from sortition.tables.written.results import check_destination, lists_of, write_run
from sortition.texts import describe

DOCUMENTS = (LOTTERY, CERTIFICATE, REPORT, PAGE, MANIFEST, ROSTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run was asked to do.

    Attributes
    ----------
    inputs : Inputs
    seed : str or None
        None: a fresh one is made.
    rules : Rules
        How the lottery is made; with `rates`, its objective becomes population.
    rates : Path or None
        The chances of coming into the pool, to make those of the population even.
    language : {"en", "da"}
        Of the report.
    out : Path or None
        The folder for the results; None: it is not known yet.
    overwrite : bool
        Whether the results of a former run may be replaced.
    alternates : int or None
        How many alternates each ticket draws as well.
    mix : str or None
        The pairs of features that every ticket is to mix, as they are written.
    columns : tuple of str or None
        The columns of the pool that the lists have beside the ids; None: all.
    contacts_of_others : bool
        Whether the list of those who are not drawn has all columns of the pool as well, and not
        only their ids, what the quotas count and whose address is taken.
    workbook : bool
        Whether a copy of the workbook of the pool is written, with the results as tabs.
    rehearsal : bool
        Whether it is a trial: seed, lists and page say that it decides nothing.
    """

    inputs: Inputs
    seed: str | None
    rules: Rules
    rates: Path | None
    language: Language
    out: Path | None
    overwrite: bool
    alternates: int | None = None
    mix: str | None = None
    columns: tuple[str, ...] | None = None
    contacts_of_others: bool = False
    workbook: bool = False
    rehearsal: bool = False

    @property
    def destination(self) -> Path:
        """The folder for the results.

        Raises
        ------
        ValueError
            If it is not known yet.
        """
        if self.out is None:
            raise ValueError("there is no folder for the results yet")
        return self.out


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run did.

    Attributes
    ----------
    selection : Selection
    assumed : tuple of Finding
        What was assumed when the files were read, and which soft quotas gave way.
    """

    selection: Selection
    assumed: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A lottery that was made from files and is not drawn yet.

    Attributes
    ----------
    options : Options
        As they were asked for, with the rules that the lottery follows.
    reading : Reading
    rates : RatesRead or None
    prepared : PreparedLottery
    stopwatch : Stopwatch
    """

    options: Options
    reading: Reading = field(repr=False)  # people's data stay out of tracebacks
    rates: RatesRead | None
    prepared: PreparedLottery = field(repr=False)
    stopwatch: Stopwatch

    @property
    def assumed(self) -> tuple[Finding, ...]:
        """What was assumed when the files were read, and which soft quotas gave way."""
        of_rates = self.rates.assumed if self.rates else ()
        idle = not_used(self.reading.instance.quotas)
        return (*self.reading.assumed, *of_rates, *idle, *self.prepared.gave_way)


def run(options: Options, progress: Progress) -> Run:
    """Select a panel from files and write the results.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination; nothing is written.
    InfeasibleQuotas
    SolverFailed
    """
    ready = make_ready(options, progress)
    selection = draw_seed(ready, options.seed)
    ready.stopwatch.phase("write")
    write(ready, selection)
    return Run(selection=selection, assumed=ready.assumed)


def make_ready(options: Options, progress: Progress) -> Ready:
    """Read the files and make the lottery; it raises what `run` does."""
    stopwatch = Stopwatch(progress)
    stopwatch.phase("read")
    reading = _read(options)
    prepared, rates = prepare_toward(
        options.rules, options.rates, reading, stopwatch, mix=options.mix
    )
    if options.alternates:
        prepared = with_reserves(prepared, options.alternates, DropoutRates(), stopwatch)
    return Ready(
        options=replace(options, rules=prepared.rules),
        reading=reading,
        rates=rates,
        prepared=prepared,
        stopwatch=stopwatch,
    )


def draw_seed(ready: Ready, seed: str | None) -> Selection:
    """Draw a ticket by a seed; without one, by a fresh one."""
    drawn_by = fresh_seed() if seed is None else seed
    if ready.options.rehearsal:
        drawn_by = f"{REHEARSAL}{drawn_by}"
    return draw(ready.prepared, seed=drawn_by, seconds=ready.stopwatch.seconds())


def write(ready: Ready, selection: Selection) -> None:
    """Write the results of a selection to the folder that its options name.

    Raises
    ------
    InputErrors
        If the folder cannot be written to, or holds former results.
    """
    options = ready.options
    roster, instance = ready.reading.roster, ready.reading.instance
    of_others = counting(roster, instance.pool.features)
    values = counted(roster, instance, options.columns)
    if options.rehearsal:
        roster = rehearsed(roster, options.language)
        of_others.append(roster.table.header[-1])
        ready = replace(ready, reading=replace(ready.reading, roster=roster))
    lists = lists_of(
        roster,
        selection.panel,
        others_with=None if options.contacts_of_others else of_others,
        of_panel=values,
        of_others={**values, **address_taken(instance, selection.panel)},
    )
    documents = _documents(ready, selection, lists)
    if options.workbook:
        reserve = selection.prepared.lottery.panel(selection.ticket).alternates
        seated = selection.panel
        documents[COPY] = copied(options.inputs, ready.reading, seated, reserve, options.columns)
    write_run(
        options.destination,
        lists=lists,
        documents=documents,
        overwrite=options.overwrite,
    )


def _read(options: Options) -> Reading:
    faults: list[Finding] = []
    if options.out is not None:
        attempt(faults, partial(check_folder, options, options.out))
    if options.alternates is not None and options.alternates < 1:
        value = str(options.alternates)
        faults.append(Finding(code="alternates-not-positive", value=value))
    if options.seed is not None:
        faults += seed_faults(options.seed)
    reading = read_inputs(options.inputs, faults)
    if options.workbook:
        check_copy(options.inputs, reading)
    if options.columns is None:
        return reading
    # the features that the quotas count are written whether the pool has such columns or not
    features = set(map(fold, reading.instance.quotas.features))
    own = set(map(fold, reading.roster.table.header))
    wanted = [name for name in options.columns if fold(name) in own or fold(name) not in features]
    return replace(reading, roster=reading.roster.keeping(wanted))


def check_folder(options: Options, out: Path) -> None:
    """See that results can be written to a folder before anything is computed.

    Raises
    ------
    InputErrors
    """
    check_destination(
        out,
        options.overwrite,
        inputs=(*options.inputs.paths, *((options.rates,) if options.rates else ())),
        documents=(
            *DOCUMENTS,
            *(RESERVE if options.alternates else ()),
            *((COPY,) if options.workbook else ()),
        ),
    )


def _documents(ready: Ready, selection: Selection, lists: Mapping[str, bytes]) -> dict[str, bytes]:
    options, reading = ready.options, ready.reading
    context = context_of(
        options.inputs,
        options.rules,
        selection,
        digests=reading.digests,
        rows_numbered=reading.roster.id_column is None,
        assumptions=wording(options.language).said(ready.assumed),
        published=False,
    )
    page = render_html(
        selection.report,
        context=context,
        language=options.language,
        rehearsal=options.rehearsal,
    )
    documents = {
        LOTTERY: selection.prepared.document,
        CERTIFICATE: canonical_json(selection.prepared.certificate.document()),
        REPORT: report_json(selection.report),
        PAGE: page.encode(),
        ROSTER: roster_json(reading.roster),
    }
    alternates = selection.prepared.lottery.panel(selection.ticket).alternates
    if alternates:
        documents |= alternates_lists(reading.roster, alternates, ordered=True)
    manifest = {
        **_manifest(ready, context, selection),
        "lists": {
            "id_column": reading.roster.id_column or "id",
            "delimiter": csv_delimiter(reading.roster.table),
        },
        # the manifest stands for every other file, and its own digest for the whole run
        "outputs": {
            name: digest({**lists, **documents}[name])
            for name in (*OUTPUTS, *(RESERVE if alternates else ()), ROSTER)
        },
    }
    return {**documents, MANIFEST: indented(manifest)}


def _manifest(ready: Ready, context: Context, selection: Selection) -> dict[str, object]:
    options, reading, rates = ready.options, ready.reading, ready.rates
    digests = asdict(context.input_digests)
    return {
        "schema": "sortition-manifest/1",
        "inputs": {
            "pool": {"file": context.pool_file, "sha256": digests["pool"]},
            "quotas": {"file": context.quotas_file, "sha256": digests["quotas"]},
            "map": reading.map_digest
            and {"file": options.inputs.map_file, "sha256": reading.map_digest},
            "rates": rates and {"file": rates.file, "sha256": rates.digest},
            "seated": reading.seated_digest
            and {"file": options.inputs.seated_file, "sha256": reading.seated_digest},
        },
        "options": {
            **options_document(options.inputs, options.rules, options.language),
            **_reserve_options(options),
            **({"columns": list(options.columns)} if options.columns is not None else {}),
        },
        "seed": selection.report.seed,
        "seed_given": options.seed is not None,
        "lottery_digest": selection.report.lottery_digest,
        "ticket": selection.ticket,
        "complete": selection.prepared.complete,
        "assumed": list(map(describe, ready.assumed)),
        "versions": dict(context.versions),
        "same": sameness(
            "en",
            objective=options.rules.objective,
            complete=selection.prepared.complete,
            settled=selection.prepared.settled,
        ),
    }


def _reserve_options(options: Options) -> dict[str, object]:
    if not options.alternates:
        return {}
    return {"alternates": options.alternates, "dropout": str(SEEN_SHARE)}
