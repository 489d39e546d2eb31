"""One plan from files to files: read, plan, try it out, write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from sortition.audit.canonical import digest
from sortition.core.progress import Counting
from sortition.errors import Finding
from sortition.instance.inputs import as_text, seed_faults
from sortition.model import Language
from sortition.model.choices import Method
from sortition.registry.engines import engine
from sortition.selection.record import software_versions
from sortition.steps.plan.document import PlanContext, plan_json
from sortition.steps.plan.figures import aim_faults, aim_of
from sortition.steps.plan.helping import most_helpful
from sortition.steps.plan.outlook import Outlook, outlook
from sortition.steps.plan.page import plan_html
from sortition.steps.plan.reading import PlanInputs, PlanReading, groups_of, read_plan
from sortition.steps.plan.response import GIVEN_WORTH
from sortition.steps.plan.simulation import Trial, chain_of, trials
from sortition.steps.plan.strata import Plan, plan_strata
from sortition.steps.plan.strata_list import strata_csv
from sortition.tables.written.lists import csv_delimiter
from sortition.tables.written.results import destination_faults, write_files

PAGE, DOCUMENT, LIST = "plan.html", "plan.json", "plan.csv"
AT_A_TIME = 4  # trials between two looks at the progress


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What a plan was asked to do.

    Attributes
    ----------
    inputs : PlanInputs
    method : {"plain", "guaranteed", "beta-binomial"}
    confidence : float
        That a stratum gets enough answers, each stratum alone.
    pool_factor : float
        Answers for each seat.
    trials : int
        How often the plan is tried out; it needs a registry.
    seed : str
        What the trials get their chance from.
    scheduler : str or None
        The address of a Dask cluster for the trials.
    workers : int
        Processes on this machine for the trials, if there is no cluster.
    language : {"en", "da"}
        Of the page.
    out : Path or None
        The folder for page, document and list; None: nothing is written.
    overwrite : bool
        Whether a former plan may be replaced.
    """

    inputs: PlanInputs
    method: Method
    confidence: float
    pool_factor: float
    trials: int
    seed: str
    scheduler: str | None
    workers: int
    language: Language
    out: Path | None
    overwrite: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, what to expect of it if it could be tried out, and what was assumed for it."""

    plan: Plan
    outlook: Outlook | None
    context: PlanContext
    assumed: tuple[Finding, ...]


def plan_files(options: PlanOptions, progress: Counting) -> Planned:
    """Plan the invitations for some quotas, and write the results if asked to.

    Raises
    ------
    InputErrors
        With every fault of the inputs, the figures and the destination; nothing is written.
    """
    progress.phase("read")
    faults = [*_option_faults(options)]
    reading = read_plan(options.inputs, faults)
    plan = plan_strata(
        reading.strata,
        reading.quotas,
        options.inputs.panel_size,
        aim=aim_of(options.method, options.confidence),
        pool_factor=Fraction(str(options.pool_factor)),
        further=options.inputs.further,
    )
    expected = _tried_out(plan, reading, options, progress) if reading.population else None
    assumed = (*reading.assumed, *_worth_assumed(plan))
    context = _context(options, reading, assumed)
    planned = Planned(plan=plan, outlook=expected, context=context, assumed=assumed)
    if options.out is not None:
        progress.phase("write")
        write_files(options.out, _files(planned, options, reading), overwrite=options.overwrite)
    return planned


def _option_faults(options: PlanOptions) -> Iterator[Finding]:
    yield from destination_faults(
        options.out,
        options.overwrite,
        names=(PAGE, DOCUMENT, LIST),
        inputs=tuple(options.inputs.paths.values()),
    )
    yield from seed_faults(options.seed)
    yield from aim_faults(options.confidence)
    if not 0 < options.pool_factor < float("inf"):
        yield Finding(code="plan-pool-factor-not-positive", value=f"{options.pool_factor:g}")
    if options.trials < 1:
        yield Finding(code="plan-trials-not-positive", value=str(options.trials))


def _worth_assumed(plan: Plan) -> Iterator[Finding]:
    given = any(stratum.stratum.rate is not None for stratum in plan.strata)
    if given and plan.aim.method == "beta-binomial":
        yield Finding(code="plan-rates-worth-assumed", facts={"worth": GIVEN_WORTH})


def _tried_out(
    plan: Plan, reading: PlanReading, options: PlanOptions, progress: Counting
) -> Outlook:
    groups, stratum_of = groups_of(reading, options.inputs.panel_size)
    chain = chain_of(plan, groups, stratum_of, seed=options.seed)
    chunks = [
        range(start, min(start + AT_A_TIME, options.trials))
        for start in range(0, options.trials, AT_A_TIME)
    ]
    progress.phase("simulate")
    run: list[Trial] = []
    with engine(scheduler=options.scheduler, workers=options.workers) as machines:
        for some in machines.map(partial(trials, chain), chunks):
            run += some
            progress.done(len(run) / options.trials)
    expected = outlook(chain, run)
    helped = {
        quota: best
        for quota, _ in expected.short
        if (best := most_helpful(plan, groups, stratum_of, quota)) is not None
    }
    return replace(expected, helped=helped)


def _context(
    options: PlanOptions, reading: PlanReading, assumed: tuple[Finding, ...]
) -> PlanContext:
    mapping = options.inputs.mapping
    return PlanContext(
        files={name: as_text(path.name) for name, path in options.inputs.paths.items()},
        digests={
            **{name: table.digest for name, table in reading.tables.items()},
            **({"map": digest(mapping.read_bytes())} if mapping else {}),
        },
        quotas=reading.quotas.rows,
        options={
            "size": options.inputs.panel_size,
            "rate": options.inputs.rate,
            "method": options.method,
            "confidence": options.confidence,
            "pool_factor": options.pool_factor,
            "next_wave": options.inputs.further,
            "trials": options.trials if reading.population else None,
            "seed": options.seed if reading.population else None,
            "language": options.language,
        },
        assumptions=assumed,
        versions=software_versions("highs"),
    )


def _files(planned: Planned, options: PlanOptions, reading: PlanReading) -> dict[str, bytes]:
    plan, expected, context = planned.plan, planned.outlook, planned.context
    table = reading.tables.get("rates", reading.tables["quotas"])
    page = plan_html(plan, expected, context=context, language=options.language)
    return {
        PAGE: page.encode(),
        DOCUMENT: plan_json(plan, expected, context=context),
        LIST: strata_csv(
            plan,
            delimiter=csv_delimiter(table),
            encoding=table.encoding,
            language=options.language,
        ),
    }
