"""Everything that can go wrong, as data; the words are in the catalogue (`sortition.texts`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was noticed about an input: a fault, or something that was assumed.

    Attributes
    ----------
    code : str
        What was noticed; the catalogue holds the sentence for it.
    file, sheet, column, value : str
        Where it stands and what stands there; empty where it does not apply.
    row : int or None
        The row as a spreadsheet numbers it: the first line of the file is row 1.
    facts : mapping
        Further figures and words that the sentence needs.
    """

    code: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


class SortitionError(Exception):
    """What this package raises on purpose; anything else is a defect."""


class InputErrors(SortitionError):
    """The inputs have faults; all of them are listed.

    Attributes
    ----------
    faults : tuple of Finding
    """

    def __init__(self, faults: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(sorted({fault.code for fault in faults})))
        self.faults = faults


class SolverFailed(SortitionError):
    """A solver gave up or is missing.

    Attributes
    ----------
    status : str
        What the solver said.
    """

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class VerificationFailed(SortitionError):
    """What was published does not hold; all that was found is listed.

    Attributes
    ----------
    findings : tuple of Finding
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(sorted({finding.code for finding in findings})))
        self.findings = findings
