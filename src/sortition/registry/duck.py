"""DuckDB as this package uses it: in memory, on few threads, and the same everywhere.

Nothing is written to disk, nothing is loaded from the network, and nothing depends on the order in
which threads finish. What SQL cannot say as Python does, Python does: the few ids and addresses
that are not plainly written pass through the functions that the rest of the package uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from sortition.tables.addresses import NO_ADDRESS
from sortition.tables.labels import nfc, squeeze

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY, ROW = 1_000, 300  # megabytes, and bytes for each row whose figures are gathered
SETTINGS: dict[str, str | bool] = {
    "temp_directory": "",  # people's data are never laid down on a disk
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# ids that stand for themselves: visible letters of ASCII, spaces only inside
PLAIN_ID = "[!-~]([ -~]*[!-~])?"
# addresses that differ from their squeezed form by capitals alone, without the letter ß
WORD = "[!-~À-ÖØ-Þà-öø-ÿ]+"
PLAIN_ADDRESS = f"({WORD}( {WORD})*)?"


def own_id(text: str) -> str:
    """The id in a cell: trimmed, in NFC."""
    return nfc(text.strip())


@contextmanager
def database(threads: int, *, rows: int = 0) -> Iterator[DuckDBPyConnection]:
    """An empty database in memory for as long as it is needed; its tables are temporary ones.

    Parameters
    ----------
    rows : int
        How many give a figure each.
    """
    import duckdb  # noqa: PLC0415 - help and the other commands do without

    with _engine(threads).cursor() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY + ROW * rows // 1_000_000}MB'")
        connection.execute("SET TimeZone = 'UTC'")
        with suppress(duckdb.InvalidInputException):  # Jupyter without widgets has no bars at all
            connection.execute("SET enable_progress_bar = false")
        yield connection


@cache
def _engine(threads: int) -> DuckDBPyConnection:
    """What all databases of a process share: to start it takes longer than most parts do."""
    import duckdb  # noqa: PLC0415 - help and the other commands do without

    engine = duckdb.connect(":memory:", config={"threads": str(threads), **SETTINGS})
    engine.create_function("own_id", own_id, ["VARCHAR"], "VARCHAR")
    engine.create_function("squeeze", squeeze, ["VARCHAR"], "VARCHAR")
    return engine


def texts(values: Any) -> Any:
    """Texts as an array that a query can read."""
    import numpy as np  # noqa: PLC0415

    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def is_plain(column: str) -> str:
    """Whether a cell is an id as it stands."""
    return f"regexp_full_match({column}, {literal(PLAIN_ID)})"


def is_visible(column: str) -> str:
    """Whether a cell begins with a visible letter of ASCII, so that it is not blank."""
    return f"{column} >= '!' AND {column} < chr(127)"


def id_in(column: str) -> str:
    """The id in a cell; see `own_id`."""
    return f"CASE WHEN {is_plain(column)} THEN {column} ELSE own_id({column}) END"


def squeezed(column: str) -> str:
    """A cell of an address; see `squeeze`."""
    plain = f"regexp_full_match({column}, {literal(PLAIN_ADDRESS)})"
    return f"CASE WHEN {plain} THEN lower({column}) ELSE squeeze({column}) END"


def tells_address(squeezed_column: str) -> str:
    """Whether a squeezed cell says where somebody lives; see `sortition.tables.addresses`."""
    return f"NOT regexp_full_match({squeezed_column}, {literal(NO_ADDRESS)})"


def number_of(digest: str, word: int = 0) -> str:
    """The first 64 bits of a hexadecimal digest as a number, or of its next words one."""
    return f"('0x' || substr({digest}, {16 * word + 1}, 16))::UBIGINT"
