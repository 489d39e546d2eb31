"""A column with each different text once, so that whatever is decided is decided once for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import numpy as np

from sortition.tables.arrow import Bools, Ints, Texts, coded, taken, texts

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """The cells of a column as places in a list of their different texts.

    Attributes
    ----------
    values : tuple of str
        The different texts, in the order in which they first occur.
    codes : array of int
        For each row the place of its text.
    """

    values: tuple[str, ...] = field(repr=False)
    codes: Ints = field(repr=False)

    @classmethod
    def of(cls, column: Texts) -> Self:
        """The codes of a chunked array of str."""
        values, codes = coded(column)
        return cls(values=tuple(values), codes=codes)

    def cells(self) -> Texts:
        """The column as Arrow has it."""
        return taken(texts(self.values), self.codes)

    def texts(self) -> tuple[str, ...]:
        """The text of each row."""
        return self.spread(self.values)

    def spread(self, of_values: Sequence[T]) -> tuple[T, ...]:
        """What belongs to each row, from what belongs to each value."""
        return tuple(map(of_values.__getitem__, self.codes.tolist()))

    def counts(self) -> dict[str, int]:
        """How often each text occurs."""
        counted = np.bincount(self.codes, minlength=len(self.values))
        return dict(zip(self.values, counted.tolist(), strict=True))

    def where(self, holds: Callable[[str], Any]) -> Bools:
        """The rows for whose text something holds."""
        of_values: Bools = np.fromiter(map(bool, map(holds, self.values)), bool, len(self.values))
        return of_values[self.codes]

    def read(self, meaning: Callable[[str], str]) -> Self:
        """Each text as what it means; texts of one meaning become one."""
        read = list(map(meaning, self.values))
        place = {text: number for number, text in enumerate(dict.fromkeys(read))}
        number = np.array([place[text] for text in read], dtype=np.int64)
        return type(self)(values=tuple(place), codes=number[self.codes])
