"""What a report says beyond the figures: where the run came from and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InputDigests:
    """SHA-256 of the input files, in lower-case hexadecimal."""

    pool: str
    quotas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The files, the outcome and the surroundings of one run.

    It holds no date and no time: the same run gives the same report, apart from its seconds.

    Attributes
    ----------
    pool_file, quotas_file : str
        Names as people should read them.
    input_digests : InputDigests
    ticket_drawn : int
        Number of the ticket, counted from 0.
    panel : tuple of str
        The ids that were drawn, sorted.
    household_rule : bool
        Whether a panel holds at most one person of each household.
    household_columns : tuple of str
        The columns that tell households apart; empty without the rule.
    assumptions : tuple of str
        What was assumed when the files were read, as English sentences.
    rows_numbered : bool
        Whether the ids are row numbers, because the pool file has none.
    versions : mapping of str to str
        Software by name, in the order in which it is to be listed.
    """

    pool_file: str
    quotas_file: str
    input_digests: InputDigests
    ticket_drawn: int
    panel: tuple[str, ...]
    household_rule: bool
    household_columns: tuple[str, ...]
    assumptions: tuple[str, ...]
    rows_numbered: bool
    versions: Mapping[str, str]
