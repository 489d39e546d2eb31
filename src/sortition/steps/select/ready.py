"""A lottery that was made from files and waits for its draw, and what was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sortition.audit.shapes.run import (
    CERTIFICATE,
    COPY,
    LOTTERY,
    MANIFEST,
    PAGE,
    REPORT,
    RESERVE,
    ROSTER,
)
from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.instance.inputs import Inputs, read_inputs, seed_faults
from sortition.instance.reading import Reading
from sortition.model import Language
from sortition.selection.preparation import PreparedLottery, Rules
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.select import Stopwatch
from sortition.selection.soft_quotas import not_used
from sortition.steps.select.copy import check_copy
from sortition.steps.select.toward import RatesRead, prepare_toward
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.written.results import check_destination

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


def make_ready(options: Options, progress: Progress) -> Ready:
    """Read the files and make the lottery; it raises what `run` does."""
    stopwatch = Stopwatch(progress)
    stopwatch.phase("read")
    reading = _read(options)
    prepared, rates = prepare_toward(
        options.rules, options.rates, reading, stopwatch, mix=options.mix
    )
    if options.alternates:
        from sortition.selection.reserve.tickets import (  # noqa: PLC0415 - not always needed
            with_reserves,
        )

        prepared = with_reserves(prepared, options.alternates, DropoutRates(), stopwatch)
    return Ready(
        options=replace(options, rules=prepared.rules),
        reading=reading,
        rates=rates,
        prepared=prepared,
        stopwatch=stopwatch,
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
