"""One intake from files to files: read, find people, settle who may and what they said, write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.pages.wording import wording
from sortition.steps.intake.added import added_values
from sortition.steps.intake.document import intake_json
from sortition.steps.intake.fill_in import answers_workbook, questions_workbook
from sortition.steps.intake.lists import contacts_xlsx, frame_csv, pool_csv, pool_xlsx, quotas_csv
from sortition.steps.intake.options import IntakeOptions
from sortition.steps.intake.page import intake_html
from sortition.steps.intake.questions import ROOM
from sortition.steps.intake.reading import IntakeFiles, read_files, read_given
from sortition.steps.intake.result import Intake, left_out_by_answers
from sortition.steps.intake.values import Values
from sortition.steps.intake.who.admission import LeftOut, on_a_list, tried_out, without_consent
from sortition.steps.intake.who.codes import check_invitations
from sortition.steps.intake.who.given import Person, read_answers
from sortition.steps.intake.who.missing import find_missing, rates_csv, reminders_xlsx
from sortition.steps.intake.who.settling import find_people
from sortition.tables.written.results import destination_faults, write_files

POOL, WORKBOOK, CONTACTS = "pool.csv", "pool.xlsx", "contacts.xlsx"
DOCUMENT, PAGE, ANSWERS, QUOTAS = "intake.json", "intake.html", "answers.xlsx", "quotas.csv"
RATES, FRAME, REMINDERS = ("response_rates", ".csv"), ("frame", ".csv"), "reminders.xlsx"
ALWAYS = (POOL, WORKBOOK, CONTACTS, DOCUMENT, PAGE, ANSWERS)
QUESTIONS = ("questions", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """An intake, and what was written.

    Attributes
    ----------
    intake : Intake
    questions : str
        The name of the table to fill in; empty if there is a pool.
    files : tuple of str
        The names of all files.
    """

    intake: Intake
    questions: str
    files: tuple[str, ...]


def take_in(options: IntakeOptions, progress: Progress) -> TakenIn:
    """Make a pool of what came in, or a table of what has to be said before there is one.

    Raises
    ------
    InputErrors
        With every fault of the files, the answers and the destination; nothing is written.
    """
    progress.phase("read")
    return write_intake(taken_in(options), progress)


def write_intake(intake: Intake, progress: Progress) -> TakenIn:
    """Write a pool, or a table of what has to be said before there is one; see `take_in`."""
    options = intake.options
    questions = _free_name(options) if intake.asking.open else ""
    files = {questions: questions_workbook(intake.asking)} if questions else dict(_files(intake))
    progress.phase("write")
    faults = destination_faults(
        options.out, options.overwrite, names=tuple(files), inputs=options.paths
    )
    if faults:
        raise InputErrors(tuple(faults))
    write_files(options.out, files, overwrite=options.overwrite)
    return TakenIn(intake=intake, questions=questions, files=tuple(files))


def taken_in(options: IntakeOptions) -> Intake:
    """Read what came in, and settle what can be settled.

    Raises
    ------
    InputErrors
        With every fault of the files and of the answers to questions.
    """
    intake, faults = considered(options)
    if faults:
        raise InputErrors(faults)
    return intake


def considered(options: IntakeOptions) -> tuple[Intake, tuple[Finding, ...]]:
    """What can be settled, and what is against it: the faults that other answers would mend.

    Raises
    ------
    InputErrors
        With every fault of the files, for which there is nothing to settle.
    """
    faults = list(
        destination_faults(options.out, options.overwrite, names=ALWAYS, inputs=options.paths)
    )
    if options.size is not None and options.size < 1:
        faults.append(Finding(code="panel-size-not-positive", value=str(options.size)))
    asking = read_given(options, faults)
    files = read_files(options, asking, faults)
    given, blank_rows = read_answers(files.answers)
    people = find_people(given, options.same, asking)
    out = tried_out(people)
    out |= without_consent(_others(people, out), asking)
    out |= on_a_list(_others(people, out), files.excluded, asking)
    invitations = None
    if files.invited:
        rest = _others(people, out)
        asked = [person for frame in files.invited for person in frame.people]
        invitations = check_invitations(rest, asked, options.code_for, asking)
        out |= invitations.refused
    names = wording(options.language, ROOM)
    values = Values(
        files.features,
        asking,
        {kind: names.text(f"added.{kind}") for kind in ("other", "untold", "blank")},
    )
    outcomes = values.of(_others(people, out))
    out |= left_out_by_answers(_others(people, out), outcomes)
    pool = [
        person
        for person in _others(people, out)
        if all(one.value for one in outcomes[person.id].values())
    ]
    made, against = added_values(
        files.quotas.quotas, {person.id: outcomes[person.id] for person in pool}, options.size
    )
    faults = [*asking.faults, *([] if asking.open else against)]
    if not pool and not asking.open:
        faults.append(Finding(code="intake-nobody", facts={"answers": len(given)}))
    intake = Intake(
        options=options,
        files=files,
        asking=asking,
        given=given,
        blank_rows=blank_rows,
        people=people,
        outcomes=outcomes,
        out=out,
        invitations=invitations,
        missing=tuple(find_missing(people, files.invited, files.features)),
        pool=pool,
        added=made,
        assumed=tuple(_assumed(files)),
    )
    return intake, tuple(faults)


def _others(people: Sequence[Person], out: dict[str, LeftOut]) -> list[Person]:
    return [person for person in people if person.id not in out]


def _assumed(files: IntakeFiles) -> Iterator[Finding]:
    for source in files.answers:
        yield from source.own.sheet.table.assumed
    for one in (*files.excluded, *files.asked):
        yield from one.sheet.table.assumed
    yield from files.quotas.assumed


def _files(intake: Intake) -> Iterator[tuple[str, bytes]]:
    yield POOL, pool_csv(intake)
    yield WORKBOOK, pool_xlsx(intake)
    yield CONTACTS, contacts_xlsx(intake)
    yield DOCUMENT, intake_json(intake)
    yield PAGE, intake_html(intake).encode()
    yield ANSWERS, answers_workbook(intake.asking)
    for number, frame in enumerate(intake.missing, start=1):
        if frame.features:
            yield _numbered(number, *RATES), rates_csv(frame, intake.options.language)
        if len(intake.missing) > 1:
            yield _numbered(number, *FRAME), frame_csv(intake, frame)
    if any(frame.silent for frame in intake.missing):
        yield REMINDERS, reminders_xlsx(intake.missing)
    if intake.added:
        yield QUOTAS, quotas_csv(intake)


def _free_name(options: IntakeOptions) -> str:
    """A name for the table of questions that no file has, since one may be filled in by now."""
    number = 1
    while (options.out / (name := _numbered(number, *QUESTIONS))).exists():
        number += 1
    return name


def _numbered(number: int, name: str, suffix: str) -> str:
    return f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
