"""What a seating plan was asked to be, and what its files are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sortition.errors import Finding
from sortition.instance.inputs import seed_faults
from sortition.model import Language
from sortition.tables.content import File
from sortition.tables.cpr.rules import CprRules

WORKBOOK, TABLE, CARDS, DOCUMENT = "seating.xlsx", "seating.csv", "name_cards.html", "seating.json"
OUTPUTS = (WORKBOOK, TABLE, CARDS, DOCUMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsOptions:
    """What a seating plan was asked to be.

    Attributes
    ----------
    people : File
        A folder that holds a panel, or a list of people.
    tables : int or None
    chairs : str or None
        In place of the number of tables; see `sortition.steps.seating.chairs`.
    sessions : int
    mix : tuple of str or None
        The features and columns to mix tables on. None: the features with quotas.
    names : tuple of str
        The columns of people's names.
    id_column : str or None
    sheet : str or None
        Of the people, if they are in a workbook.
    cpr : CprRules
        What is to be done with CPR numbers.
    rules, attendance, keep : File or None
    from_session : int or None
        With `keep`: the first session that was not held yet.
    seed : str or None
        None: the seed of the selection.
    effort : int
    language : {"en", "da"}
    out : Path or None
        None: a folder of its own beside the panel.
    overwrite : bool
    """

    people: File
    tables: int | None
    sessions: int
    mix: tuple[str, ...] | None
    names: tuple[str, ...]
    id_column: str | None
    sheet: str | None
    cpr: CprRules
    rules: File | None
    attendance: File | None
    keep: File | None
    from_session: int | None
    seed: str | None
    effort: int
    language: Language
    out: Path | None
    overwrite: bool
    chairs: str | None = None

    @property
    def folder(self) -> Path:
        """Where the plan is written."""
        if self.out is not None:
            return self.out
        if isinstance(self.people, Path) and self.people.is_dir():
            return self.people / "seating"
        return Path("seating")

    @property
    def held(self) -> int:
        """How many sessions were held already."""
        return (self.from_session or 1) - 1

    @property
    def paths(self) -> tuple[File, ...]:
        """What is read, the key among it."""
        key = () if self.cpr.key is None else (self.cpr.key,)
        return (self.people, *self.lists().values(), *key)

    def lists(self) -> dict[str, File]:
        """The lists that are read beside the people, by what they are."""
        named = {"rules": self.rules, "attendance": self.attendance, "keep": self.keep}
        return {name: path for name, path in named.items() if path is not None}


def option_faults(options: GroupsOptions) -> Iterator[Finding]:
    """What is wrong with the options alone."""
    if (options.tables is None) == (options.chairs is None):
        yield Finding(code="seating-tables-or-chairs")
    if options.tables is not None and options.tables < 1:
        yield Finding(code="seating-tables-not-positive", value=str(options.tables))
    if options.sessions < 1:
        yield Finding(code="seating-sessions-not-positive", value=str(options.sessions))
    if options.effort < 1:
        yield Finding(code="seating-effort-not-positive", value=str(options.effort))
    if options.from_session is not None:
        start = str(options.from_session)
        if options.keep is None:
            yield Finding(code="seating-from-without-keep", value=start)
        if options.sessions >= 1 and not 1 <= options.from_session <= options.sessions:
            facts = {"sessions": options.sessions}
            yield Finding(code="seating-from-out-of-range", value=start, facts=facts)
    if options.seed is not None:
        yield from seed_faults(options.seed)
