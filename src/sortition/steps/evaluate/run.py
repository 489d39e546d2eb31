"""An evaluation from files to files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.shares import PopulationShares, read_shares
from sortition.model import Language
from sortition.steps.evaluate.evaluation import Evaluation, Session, evaluate
from sortition.steps.evaluate.page import evaluation_html, evaluation_json
from sortition.steps.members import StandingFolder, read_standing
from sortition.steps.seating import Came, read_who_came
from sortition.tables.faults import attempt
from sortition.tables.reading import read_table
from sortition.tables.written.results import destination_faults, write_files

PAGE, DOCUMENT = "evaluation.html", "evaluation.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateOptions:
    """What was asked for.

    Attributes
    ----------
    directory : Path
        Where the panel was drawn.
    attendance : Path or None
        Who came to which session.
    population : Path or None
        Shares of the population.
    language : {"en", "da"} or None
        None: that of the report.
    out : Path or None
        None: a folder ``evaluation`` in the panel's.
    overwrite : bool
    """

    directory: Path
    attendance: Path | None
    population: Path | None
    language: Language | None
    out: Path | None
    overwrite: bool

    @property
    def folder(self) -> Path:
        """Where page and document are written."""
        return self.directory / "evaluation" if self.out is None else self.out


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """An evaluation, the document that was written, and what was assumed."""

    evaluation: Evaluation
    document: bytes
    language: Language
    assumed: tuple[Finding, ...]


def evaluate_files(options: EvaluateOptions) -> Evaluated:
    """Set panel, confirmed and attended beside quotas and population, and write it.

    Raises
    ------
    InputErrors
        With every fault; nothing is written.
    """
    inputs = [path for path in (options.attendance, options.population) if path is not None]
    faults = destination_faults(
        options.folder, options.overwrite, names=(PAGE, DOCUMENT), inputs=inputs
    )
    panel = attempt(faults, partial(read_standing, options.directory))
    if panel is None:
        raise InputErrors(tuple(faults))
    came, population = None, None
    if options.attendance is not None:
        came = attempt(faults, partial(_came, options.attendance, panel))
    if options.population is not None:
        quotas = panel.instance.quotas
        population = attempt(faults, partial(read_shares, options.population, quotas))
    if faults:
        raise InputErrors(tuple(faults))
    evaluation = _evaluation(panel, came, population)
    assumed = (
        *panel.noticed,
        *(came.assumed if came else ()),
        *(population.assumed if population else ()),
    )
    if evaluation.confirmed is None:
        assumed = (*assumed, Finding(code="evaluation-without-answers"))
    language = options.language or panel.folder.language
    document = evaluation_json(evaluation, assumptions=assumed)
    html = evaluation_html(
        evaluation, assumptions=assumed, language=language, rehearsal=panel.is_rehearsal
    )
    write_files(
        options.folder, {PAGE: html.encode(), DOCUMENT: document}, overwrite=options.overwrite
    )
    return Evaluated(evaluation=evaluation, document=document, language=language, assumed=assumed)


def _came(path: Path, panel: StandingFolder) -> Came:
    table = read_table(path)
    now = panel.by_id(panel.standing.panel)
    # whoever left since may have come to a session before
    ever = {*now, *panel.by_id(tuple(panel.standing.former))}
    return read_who_came(table, panel.folder.roster, ever, now)


def _evaluation(
    panel: StandingFolder, came: Came | None, population: PopulationShares | None
) -> Evaluation:
    tokens, standing = panel.folder.tokens, panel.standing
    confirmed = None
    if panel.calls_read:
        confirmed = frozenset(
            tokens[id]
            for id, call in panel.calls.items()
            if call.status == "confirmed" and tokens[id] in standing.panel
        )
    sessions = [
        Session(number=number, people=frozenset(tokens[id] for id in people))
        for number, people in enumerate(came.sessions if came else (), start=1)
    ]
    return evaluate(
        panel.rules,
        standing.panel,
        size=panel.instance.panel_size,
        confirmed=confirmed,
        sessions=sessions,
        population=population.shares if population else {},
    )
