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
from sortition.steps.evaluate.questionnaire import Answers, read_questionnaire, template_files
from sortition.steps.evaluate.satisfaction import Satisfaction, satisfaction
from sortition.steps.members import StandingFolder, read_standing
from sortition.steps.seating import Came, heads_sessions, read_who_came
from sortition.tables.faults import attempt
from sortition.tables.reading import read_table
from sortition.tables.written.results import destination_faults, write_files

FOLDER, PAGE, DOCUMENT = "evaluation", "evaluation.html", "evaluation.json"


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
    questionnaire : Path or None
        The members' answers.
    language : {"en", "da"} or None
        None: that of the report.
    out : Path or None
        None: a folder ``evaluation`` in the panel's.
    overwrite : bool
    """

    directory: Path
    attendance: Path | None
    population: Path | None
    questionnaire: Path | None
    language: Language | None
    out: Path | None
    overwrite: bool

    @property
    def folder(self) -> Path:
        """Where page and document are written."""
        return self.directory / FOLDER if self.out is None else self.out


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """An evaluation, the document that was written, and what was assumed."""

    evaluation: Evaluation
    satisfaction: Satisfaction | None
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
    given = options.attendance, options.population, options.questionnaire
    inputs = [path for path in given if path is not None]
    faults = destination_faults(
        options.folder, options.overwrite, names=(PAGE, DOCUMENT), inputs=inputs
    )
    panel = attempt(faults, partial(read_standing, options.directory))
    if panel is None:
        raise InputErrors(tuple(faults))
    came, population, answers = None, None, None
    if options.attendance is not None:
        came = attempt(faults, partial(_came, options.attendance, panel))
    if options.population is not None:
        quotas = panel.instance.quotas
        population = attempt(faults, partial(read_shares, options.population, quotas))
    if options.questionnaire is not None:
        read = partial(read_questionnaire, options.questionnaire, members=len(_ever(panel)))
        answers = attempt(faults, read)
    if faults:
        raise InputErrors(tuple(faults))
    return _written(options, panel, came, population, answers)


def write_template(
    directory: Path, *, language: Language | None, out: Path | None, overwrite: bool
) -> tuple[Path, ...]:
    """Write the questionnaire for the members of a panel; which files.

    Raises
    ------
    InputErrors
        If `directory` holds no panel, or the files cannot be written; nothing is.
    """
    files = template_files(language or read_standing(directory).folder.language)
    folder = directory / FOLDER if out is None else out
    write_files(folder, files, overwrite=overwrite)
    return tuple(folder / name for name in files)


def _written(
    options: EvaluateOptions,
    panel: StandingFolder,
    came: Came | None,
    population: PopulationShares | None,
    answers: Answers | None,
) -> Evaluated:
    told = satisfaction(answers, members=len(_ever(panel))) if answers else None
    evaluation = _evaluation(panel, came, population)
    assumed = (
        *panel.noticed,
        *(came.assumed if came else ()),
        *(population.assumed if population else ()),
        *(answers.assumed if answers else ()),
    )
    if evaluation.confirmed is None:
        assumed = (*assumed, Finding(code="evaluation-without-answers"))
    language = options.language or panel.folder.language
    document = evaluation_json(evaluation, told, assumptions=assumed)
    html = evaluation_html(
        evaluation, told, assumptions=assumed, language=language, rehearsal=panel.is_rehearsal
    )
    write_files(
        options.folder, {PAGE: html.encode(), DOCUMENT: document}, overwrite=options.overwrite
    )
    return Evaluated(
        evaluation=evaluation,
        satisfaction=told,
        document=document,
        language=language,
        assumed=assumed,
    )


def _ever(panel: StandingFolder) -> set[str]:
    """Everybody who was on the panel at some time, by id."""
    return {*panel.by_id(panel.standing.panel), *panel.by_id(tuple(panel.standing.former))}


def _came(path: Path, panel: StandingFolder) -> Came:
    table = read_table(path, headed=heads_sessions)
    now = panel.by_id(panel.standing.panel)
    # whoever left since may have come to a session before
    return read_who_came(table, panel.folder.roster, _ever(panel), now)


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
