"""Everything that can go wrong, as data; the words are in the catalogue (`sortition.texts`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sortition.model import Quota


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


class InfeasibleQuotas(SortitionError):
    """No panel meets the quotas.

    Attributes
    ----------
    conflict : tuple of Quota
        Quotas that cannot be met together, though any one of them fewer could be. Each is
        named with the bound that takes part; the other bound is 0, or the panel size.
    supply : tuple of int
        How many people of the pool count for each quota of the conflict.
    relaxations : tuple of Quota
        The least change that makes a panel possible, as `sortition.core.softening` weighs it:
        these quotas, with these bounds, in place of the ones with the same feature and value.
        Empty if no change of bounds would.
    beyond_flex : bool
        Whether no change within the flex bounds makes a panel possible, so that the one named
        oversteps them.
    households : bool
        Whether the rule of one person per household takes part in the conflict.
    quotas : tuple of Quota
        All quotas, as they were.
    panel_size : int
    """

    def __init__(
        self,
        *,
        conflict: tuple[Quota, ...],
        supply: tuple[int, ...],
        relaxations: tuple[Quota, ...],
        beyond_flex: bool,
        households: bool,
        quotas: tuple[Quota, ...],
        panel_size: int,
    ) -> None:
        super().__init__("no panel meets the quotas")
        self.conflict = conflict
        self.supply = supply
        self.relaxations = relaxations
        self.beyond_flex = beyond_flex
        self.households = households
        self.quotas = quotas
        self.panel_size = panel_size


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
