"""One seating plan from files to files: read, seat, write."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sortition import __version__
from sortition.audit.canonical import digest
from sortition.audit.documents import indented
from sortition.core.programs.solver import solver_version
from sortition.core.progress import Progress
from sortition.errors import Finding
from sortition.instance.inputs import as_text
from sortition.steps.seating.document import seating_document
from sortition.steps.seating.name_cards import name_cards, plan_words
from sortition.steps.seating.options import CARDS, DOCUMENT, TABLE, WORKBOOK, GroupsOptions
from sortition.steps.seating.plan import STEPS, Seating, seat
from sortition.steps.seating.plan_files import plan_csv, plan_workbook
from sortition.steps.seating.reading import GroupsReading, read_groups
from sortition.tables.written.results import write_files
from sortition.texts import describe


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """A seating plan, and what it was made from.

    Attributes
    ----------
    seating : Seating
    read : GroupsReading
    """

    seating: Seating = field(repr=False)  # people's data stay out of tracebacks
    read: GroupsReading = field(repr=False)

    @property
    def seed(self) -> str:
        """What the plan was looked for with."""
        return self.read.seed

    @property
    def assumed(self) -> tuple[Finding, ...]:
        """What was assumed when the lists were read."""
        return self.read.assumed


def seat_files(options: GroupsOptions, progress: Progress) -> Groups:
    """Seat the people of a list, and write plan and name cards.

    Raises
    ------
    InputErrors
        With every fault of the inputs and of the destination; nothing is written.
    SolverFailed
    """
    groups = seat_people(options, progress, destination=options.folder)
    progress.phase("write")
    write_plan(groups, options, options.folder, overwrite=options.overwrite)
    return groups


def seat_people(
    options: GroupsOptions, progress: Progress, *, destination: Path | None = None
) -> Groups:
    """Seat the people of a list.

    Parameters
    ----------
    destination : Path or None
        The folder that the plan will be written to, to be looked at first.

    Raises
    ------
    InputErrors
    SolverFailed
    """
    progress.phase("read")
    read = read_groups(options, destination)
    progress.phase("seat")
    return Groups(
        seating=seat(read.problem, seed=read.seed, steps=options.effort * STEPS), read=read
    )


def write_plan(groups: Groups, options: GroupsOptions, folder: Path, *, overwrite: bool) -> None:
    """Write plan and name cards.

    Raises
    ------
    InputErrors
        If there is a former plan, or the folder cannot be written to.
    """
    seating, read = groups.seating, groups.read
    words = plan_words(options.language)
    cards = name_cards(seating, names=read.people.names, language=options.language)
    files = {
        WORKBOOK: plan_workbook(read.people, seating.seats, words),
        TABLE: plan_csv(read.people, seating.seats, words),
        CARDS: cards.encode(),
    }
    document = {
        **seating_document(seating),
        "inputs": read.digests,
        "options": _options_document(options, read),
        "seed": read.seed,
        "assumed": [describe(finding) for finding in read.assumed],
        "versions": {"sortition": __version__, "solver": solver_version("highs")},
        "outputs": {name: digest(content) for name, content in files.items()},
    }
    write_files(folder, {**files, DOCUMENT: indented(document)}, overwrite=overwrite)


def _options_document(options: GroupsOptions, read: GroupsReading) -> dict[str, object]:
    return {
        "people": as_text(options.people.name),
        "tables": options.tables,
        "chairs": options.chairs,
        "sessions": options.sessions,
        "mix": list(read.people.features),
        "names": list(read.people.name_columns),
        "id": read.people.roster.id_column,
        "pool_sheet": options.sheet,
        "from_cpr": list(options.cpr.derive),
        "age_on": options.cpr.age_on.isoformat() if options.cpr.age_on else None,
        **{name: as_text(path.name) for name, path in options.lists().items()},
        "from_session": options.from_session,
        "effort": options.effort,
        "language": options.language,
    }
