"""The files that most commands read, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.files import Reading, read_instance
from sortition.files.faults import attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A pool and its quotas as they are named on the command line.

    Attributes
    ----------
    pool, quotas : Path
    panel_size : int
    id_column : str or None
    household_columns : sequence of str
    household_limit : int
    """

    pool: Path
    quotas: Path
    panel_size: int
    id_column: str | None = None
    household_columns: Sequence[str] = ()
    household_limit: int = 1

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are read."""
        return (self.pool, self.quotas)

    @property
    def pool_file(self) -> str:
        """The name of the pool's file."""
        return as_text(self.pool.name)

    @property
    def quotas_file(self) -> str:
        """The name of the quotas' file."""
        return as_text(self.quotas.name)

    def document(self) -> dict[str, object]:
        """What was asked for, as a manifest states it."""
        return {
            "size": self.panel_size,
            "id": self.id_column,
            "household": list(self.household_columns),
            "household_limit": self.household_limit if self.household_columns else None,
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
        ),
    )
    if found or reading is None:
        raise InputErrors(tuple(found))
    return reading


def as_text(name: str) -> str:
    """A name as text that can be written, though a file may be called by any bytes."""
    return name.encode(errors="backslashreplace").decode()
