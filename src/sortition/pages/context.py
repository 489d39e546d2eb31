"""What a page says beyond its figures: what it comes from, and how a run ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sortition.errors import Finding
from sortition.texts import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the figures of a page and its document come from.

    Attributes
    ----------
    files, digests : mapping of str to str
        Names and SHA-256 of what was read, by what it is.
    options : mapping of str to object
        What was asked for, by name, with values that JSON can hold.
    assumptions : tuple of Finding
        What was assumed on the way.
    versions : mapping of str to str
        Software by name, in the order in which it is to be listed.
    """

    files: Mapping[str, str]
    digests: Mapping[str, str]
    options: Mapping[str, object]
    assumptions: tuple[Finding, ...]
    versions: Mapping[str, str]

    @property
    def inputs(self) -> dict[str, dict[str, str | None]]:
        """The files as a document states them; no digest of one that was not read whole."""
        return {
            what: {"file": file, "sha256": self.digests.get(what)}
            for what, file in self.files.items()
        }


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
        Whether the households limit who can sit on a panel together.
    household_columns : tuple of str
        The columns that tell households apart; empty without the rule.
    household_limit : int
        How many people of one household a panel may hold; without meaning without the rule.
    assumptions : tuple of Sentence
        What was assumed when the files were read, in the language of the page.
    rows_numbered : bool
        Whether the ids are row numbers, because the pool file has none.
    published : bool
        Whether the lottery was published before the draw, with tokens in place of ids.
    complete : bool
        False if the time was up before the best lottery was found.
    settled : bool
        Whether no last digit of a solver could have had a part in the tickets, as far as is known.
    mixed : tuple of pairs of str
        The pairs of features that every ticket was to mix.
    gamma : float
        Of goldilocks; without meaning for the other objectives.
    impossible : tuple of str
        The ids of the people who are on no panel, sorted; if the run is not complete, of those
        of whom that is known.
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
    household_limit: int
    assumptions: tuple[Sentence, ...]
    rows_numbered: bool
    published: bool
    complete: bool
    settled: bool
    gamma: float
    mixed: tuple[tuple[str, str], ...]
    impossible: tuple[str, ...]
    versions: Mapping[str, str]
