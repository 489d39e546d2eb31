"""The files that most commands read, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.reading import Reading, read_instance
from sortition.model import REHEARSAL, is_rehearsal
from sortition.tables.content import File
from sortition.tables.cpr.rules import CprRules
from sortition.tables.faults import attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A pool and its quotas as they are named on the command line.

    Attributes
    ----------
    pool, quotas : File
    panel_size : int
    id_column : str or None
    household_columns : sequence of str
    household_limit : int
    mapping : File or None
        A map file, by which the pool is read.
    pool_sheet, quotas_sheet : str or None
        The sheets of workbooks, if they were named.
    cpr : CprRules
        What is to be done with CPR numbers.
    seated : File or None
        Who sits already.
    contacts : File or None
        Who is who, in a list of its own.
    """

    pool: File
    quotas: File
    panel_size: int
    id_column: str | None = None
    household_columns: Sequence[str] = ()
    household_limit: int = 1
    mapping: File | None = None
    pool_sheet: str | None = None
    quotas_sheet: str | None = None
    cpr: CprRules = field(default_factory=CprRules)
    seated: File | None = None
    contacts: File | None = None

    def files(self) -> dict[str, File]:
        """The files that are read, by what they are."""
        others = {"map": self.mapping, "seated": self.seated}
        given = {name: file for name, file in others.items() if file is not None}
        return {"pool": self.pool, "quotas": self.quotas, **given}

    @property
    def paths(self) -> tuple[File, ...]:
        """The files that are read, those that no manifest names among them."""
        private = (one for one in (self.cpr.key, self.contacts) if one is not None)
        return (*self.files().values(), *private)

    @property
    def pool_file(self) -> str:
        """The name of the pool's file."""
        return as_text(self.pool.name)

    @property
    def quotas_file(self) -> str:
        """The name of the quotas' file."""
        return as_text(self.quotas.name)

    @property
    def map_file(self) -> str | None:
        """The name of the map file."""
        return None if self.mapping is None else as_text(self.mapping.name)

    @property
    def seated_file(self) -> str | None:
        """The name of the list of those who sit already."""
        return None if self.seated is None else as_text(self.seated.name)

    def document(self) -> dict[str, object]:
        """What was asked for, as a manifest states it."""
        return {
            "size": self.panel_size,
            "id": self.id_column,
            "household": list(self.household_columns),
            "household_limit": self.household_limit if self.household_columns else None,
            "pool_sheet": self.pool_sheet,
            "quotas_sheet": self.quotas_sheet,
            "from_cpr": list(self.cpr.derive),
            "age_on": self.cpr.age_on.isoformat() if self.cpr.age_on else None,
            "keep_cpr": self.cpr.keep,
        }


def read_inputs(inputs: Inputs, faults: Sequence[Finding] = ()) -> Reading:
    """Read them.

    Parameters
    ----------
    faults : sequence of Finding
        What is wrong already; it is reported with the rest.

    Raises
    ------
    InputErrors
        With every fault.
    """
    found = list(faults)
    reading = attempt(
        found,
        partial(
            read_instance,
            inputs.pool,
            inputs.quotas,
            panel_size=inputs.panel_size,
            id_column=inputs.id_column,
            household_columns=inputs.household_columns,
            household_limit=inputs.household_limit,
            mapping=inputs.mapping,
            pool_sheet=inputs.pool_sheet,
            quotas_sheet=inputs.quotas_sheet,
            cpr=inputs.cpr,
            seated=inputs.seated,
            contacts=inputs.contacts,
        ),
    )
    if found or reading is None:
        raise InputErrors(tuple(found))
    return reading


def as_text(name: str) -> str:
    """A name as text that can be written, though a file may be called by any bytes."""
    return name.encode(errors="backslashreplace").decode()


def seed_faults(seed: str) -> Iterator[Finding]:
    """What is wrong with a seed that somebody gave."""
    if seed == "":
        yield Finding(code="seed-empty")
    elif as_text(seed) != seed:
        yield Finding(code="seed-not-text")
    elif is_rehearsal(seed):
        yield Finding(code="seed-of-rehearsal", value=REHEARSAL)
