"""Small registries for tests, in every form and in any number of parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from sortition.model import ticket

People = list[dict[str, str]]
SEED = "63454660390103169462"
PLACES = ("Nord", "Syd", "Øst", "Vest")


def people(count: int) -> People:
    """So many people in four places, two or three to a door."""
    return [
        {
            "id": f"P{number:05d}",
            "navn": f"Æ{number}",
            "sted": PLACES[number * number % 7 % 4],
            "alder": str(18 + number * 13 % 70),
            "vej": f"Vej {number // 2 if number % 5 else number}",
            "post": "digital" if number % 3 else "brev",
        }
        for number in range(count)
    ]


def write_csv(path: Path, rows: People, *, delimiter: str = ";", encoding: str = "utf-8") -> Path:
    lines = [delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def write_parquet(folder: Path, rows: People, *, parts: int, group: int = 1_000) -> Path:
    """A folder of so many files, each with row groups of so many rows."""
    folder.mkdir()
    size = -(-len(rows) // parts)
    columns = ", ".join(f'"{name}" VARCHAR' for name in rows[0])
    marks = ", ".join("?" for _ in rows[0])
    with duckdb.connect() as database:
        for number in range(parts):
            database.execute(f"CREATE OR REPLACE TABLE part ({columns})")
            own = [list(row.values()) for row in rows[number * size : (number + 1) * size]]
            if own:
                database.executemany(f"INSERT INTO part VALUES ({marks})", own)
            path = folder / f"part-{number:03d}.parquet"
            database.execute(f"COPY part TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE {group})")
    return folder


def lowest(rows: People, letters: int, *, domain: str = "invite/1") -> list[str]:
    """Who is drawn of these people, by the definition."""
    return lowest_ids([row["id"] for row in rows], letters, domain=domain)


def lowest_ids(ids: Sequence[str], letters: int, *, domain: str = "invite/1") -> list[str]:
    return sorted(sorted(ids, key=lambda id: (ticket(id, seed=SEED, domain=domain), id))[:letters])
