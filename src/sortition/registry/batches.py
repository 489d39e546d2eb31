"""Some rows of a registry, a column at a time, whatever file they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sortition.tables.labels import nfc

Codes: TypeAlias = NDArray[np.int64]


class Batch(Protocol):
    """Rows in the order of their file; a missing cell is the empty text."""

    @property
    def rows(self) -> int:
        """How many there are."""
        ...

    def ids(self, column: str) -> list[bytes]:
        """The cells as UTF-8, in NFC, trimmed."""
        ...

    def coded(self, column: str) -> tuple[Codes, list[str]]:
        """A number for each row and the value, in NFC, trimmed, for each number."""
        ...

    def cells(self, column: str, rows: Sequence[int]) -> list[str]:
        """The cells of some rows as text."""
        ...


@dataclass(frozen=True, slots=True)
class TextBatch:
    """Rows of text, as a CSV file or a workbook has them."""

    rows: int
    columns: Mapping[str, Sequence[str]]

    def ids(self, column: str) -> list[bytes]:
        """See `Batch`."""
        return _in_nfc([cell.strip().encode() for cell in self.columns[column]])

    def coded(self, column: str) -> tuple[Codes, list[str]]:
        """See `Batch`."""
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(cell, len(numbers)) for cell in self.columns[column]]
        return np.array(codes, dtype=np.int64), [nfc(cell.strip()) for cell in numbers]

    def cells(self, column: str, rows: Sequence[int]) -> list[str]:
        """See `Batch`."""
        own = self.columns[column]
        return [own[row] for row in rows]


@dataclass(frozen=True, slots=True)
class ArrowBatch:
    """Rows of a `pyarrow.RecordBatch`."""

    rows: int
    batch: Any

    def ids(self, column: str) -> list[bytes]:
        """See `Batch`."""
        import pyarrow as pa  # noqa: PLC0415 - an extra; CSV and XLSX do without
        import pyarrow.compute as pc  # noqa: PLC0415

        texts = pc.utf8_trim_whitespace(self._texts(column))
        cells: list[bytes] = texts.cast(pa.binary()).to_numpy(zero_copy_only=False).tolist()
        return _in_nfc(cells)

    def coded(self, column: str) -> tuple[Codes, list[str]]:
        """See `Batch`."""
        encoded = self._texts(column).dictionary_encode()
        codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        return codes, [nfc(label.strip()) for label in encoded.dictionary.to_pylist()]

    def cells(self, column: str, rows: Sequence[int]) -> list[str]:
        """See `Batch`."""
        import pyarrow as pa  # noqa: PLC0415

        own = self.batch.column(column).take(pa.array(rows, pa.int64()))
        try:
            texts = own.cast(pa.string()).to_pylist()
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid):  # lists and the like
            texts = [None if cell is None else str(cell) for cell in own.to_pylist()]
        return [text or "" for text in texts]

    def _texts(self, column: str) -> Any:
        import pyarrow as pa  # noqa: PLC0415

        return self.batch.column(column).cast(pa.string()).fill_null("")


def _in_nfc(cells: list[bytes]) -> list[bytes]:
    if b"".join(cells).isascii():
        return cells
    return [cell if cell.isascii() else nfc(cell.decode()).encode() for cell in cells]
