"""A sheet for answers that come by telephone or on paper, whose columns every intake knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.intake.questions import ROOM
from sortition.tables.content import File
from sortition.tables.written.lists import workbook_bytes
from sortition.tables.written.results import destination_faults, write_files

ASKED = ("received", "code", "name", "phone", "email", "address", "postcode")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOptions:
    """What a sheet is made of.

    Attributes
    ----------
    quotas : File
    quotas_sheet : str or None
    language : {"en", "da"}
    out : Path
        The file of the sheet.
    overwrite : bool
    """

    quotas: File
    quotas_sheet: str | None
    language: Language
    out: Path
    overwrite: bool


def make_form(options: FormOptions) -> None:
    """Write a workbook with a column for each thing to be asked, and the values of the quotas.

    Raises
    ------
    InputErrors
        With what is wrong with the quotas or the destination; nothing is written.
    """
    folder, name = options.out.parent, options.out.name
    faults = destination_faults(folder, options.overwrite, names=(name,), inputs=(options.quotas,))
    if options.out.suffix.casefold() != ".xlsx":
        faults.append(Finding(code="intake-form-not-xlsx", file=name))
    if faults:
        raise InputErrors(tuple(faults))
    w = wording(options.language, ROOM)
    quotas = read_quota_sheet(options.quotas, 1, options.quotas_sheet).quotas
    header = (*w.each("contacts", *ASKED), *quotas.needed_features, w.text("contacts.consent"))
    values = [(quota.feature, quota.value) for quota in quotas.rows if not quota.parts]
    sheets: dict[str, list[tuple[str, ...]]] = {
        w.text("sheets.answers"): [header],
        w.text("sheets.values"): [(w.text("page.feature"), w.text("page.value")), *values],
    }
    write_files(folder, {name: workbook_bytes(sheets)}, overwrite=options.overwrite)
