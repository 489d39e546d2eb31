"""A registry as its files describe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.registry.partitions import Partition
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Where everybody stands who could be invited.

    Attributes
    ----------
    name : str
        Of the file or folder.
    header : Table
        The names of the columns, with no rows; it makes findings about the registry.
    partitions : tuple of Partition
    digests : tuple of (str, str)
        The name of each file and its SHA-256.
    doubtful : mapping of str to tuple of Finding
        By column: the cells whose text is not what somebody typed.
    assumed : tuple of Finding
    """

    name: str
    header: Table
    partitions: tuple[Partition, ...]
    digests: tuple[tuple[str, str], ...]
    doubtful: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    assumed: tuple[Finding, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Of every partition."""
        return self.header.header


def header_table(
    file: str, names: Sequence[str], delimiter: str = "", encoding: str = "utf-8"
) -> Table:
    """A table of names alone."""
    return replace(Table.of_rows(names, (), file=file), delimiter=delimiter, encoding=encoding)


def fault_in(code: str, path: Path, *, row: int | None = None, **facts: str | int) -> InputErrors:
    """One fault of a file."""
    return InputErrors((Finding(code=code, file=path.name, row=row, facts=facts),))
