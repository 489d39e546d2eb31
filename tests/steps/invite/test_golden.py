"""Lists, reports and faults of invitations, byte for byte as they were first written.

`python -m tests.steps.invite.test_golden` writes them anew, which is right only where they were
meant to change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from openpyxl import Workbook

from tests.cli.running import SEED, sortition
from tests.registry.making import People, people, write_csv, write_parquet

GOLDEN = Path(__file__).parent / "golden"
ROWS = people(400)
KEY = "0123456789abcdef0123456789abcdef"
BY = ("--by", "sted")
HOME = ("--household", "vej")
DRAW = ("--size", "30", "--seed", SEED)
OTHER_SEED = ("--size", "20", "--seed", "36 00 17 25")

# name: what is run, one command after the other; the last one writes what is compared
SCENARIOS: Mapping[str, Sequence[Sequence[str]]] = {
    "csv": [["a.csv", *DRAW, *BY, "--channel", "post"]],
    "csv-households": [["a.csv", *DRAW, *BY, *HOME]],
    "csv-with-a-title": [["title.csv", *DRAW, "--household", "vej,sted"]],
    "xlsx": [["a.xlsx", *DRAW, *BY, "--channel", "post"]],
    "parquet": [["a/part-001.parquet", *DRAW, *BY, "--key", "key.txt"]],
    "folder": [["a", *DRAW, *BY, "--channel", "post"]],
    "folder-households": [["a", *DRAW, *HOME, "--language", "da"]],
    "types": [["types.parquet", *DRAW, "--by", "zone,flag"]],
    "overlay": [["a", *DRAW, *BY, "--overlay", "post=brev:20%"]],
    "pps": [["a.csv", *DRAW, "--design", "pps", "--clusters", "sted", "--cluster-count", "2"]],
    "two-stage": [["a.csv", *DRAW, "--design", "two-stage", "--clusters", "sted"]],
    "response-adjusted": [["a", *DRAW, *BY, "--design", "response-adjusted", "--rates", "rates"]],
    "second-wave": [
        ["a", *DRAW, *BY, "--out", "w1"],
        ["a", *OTHER_SEED, *BY, "--not-again", "w1/invited.csv"],
    ],
    "second-wave-households": [
        ["a.csv", *DRAW, "--out", "w1"],
        ["a.csv", *OTHER_SEED, *BY, *HOME, "--not-again", "w1/invited.csv"],
    ],
    "keepers": [
        ["first.csv", *BY, "--counts-only", "--out", "c1"],
        ["second.csv", *BY, "--counts-only", "--out", "c2"],
        ["c1/counts.json", "c2/counts.json", "--size", "30", *BY, "--out", "plan"],
        ["first.csv", "--allocation", "plan/allocation.json", "--seed", SEED, "--out", "d1"],
        ["second.csv", "--allocation", "plan/allocation.json", "--seed", SEED, "--out", "d2"],
        [
            *("d1/invited.csv", "d2/invited.csv", "--allocation", "plan/allocation.json"),
            *("--seed", SEED),
        ],
    ],
    "counts-of-addresses": [["a.csv", *BY, *HOME, "--seed", SEED, "--counts-only"]],
    "two-files": [["first.csv", "second.csv", *DRAW, *BY]],
    "cpr-with-a-key": [["cpr.csv", *DRAW, *BY, "--key", "key.txt", "--keep-cpr"]],
    "cpr": [["cpr.csv", *DRAW, *BY]],
    "faults-csv": [["faults.csv", *DRAW, *BY]],
    "faults-folder": [["faults", *DRAW, *BY, *HOME]],
    "other-letters": [["letters.csv", *DRAW, *BY, *HOME]],
}


def cpr_numbers() -> People:
    ids = [f"{n % 28 + 1:02d}0{n % 9 + 1}80-{1000 + n}" for n in range(len(ROWS))]
    return [{**row, "id": id} for row, id in zip(ROWS, ids, strict=True)]


def faulty() -> People:
    rows = [dict(row) for row in ROWS]
    rows[10]["id"] = " "
    rows[40]["id"] = "P\u200b1"
    rows[300]["id"] = rows[5]["id"]
    rows[301]["id"] = f" {rows[5]['id']} "
    return rows


def otherwise_written() -> People:
    """Ids in two forms of Unicode and with zeros; addresses in many letters; a line break."""
    rows = [dict(row) for row in ROWS]
    for number, row in enumerate(rows):
        row["id"] = [f"{number:05d}", f"A\u030ar{number}", f"Ø {number}", f"x{number}\u00a0"][
            number % 4
        ]
        street = ["Æblevej", "STRASSE", "Straße", "ÆBLEVEJ"][number // 2 % 4]
        row["vej"] = f"{street}  {number // 8}" if number % 9 else "\u2003"
        row["navn"] = f'"Ib ""{number}""\nBo"' if number % 3 else "=1+1"
    return rows


def write_workbook(path: Path, rows: People) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        sheet.append(row)
    book.save(path)


def write_types(path: Path) -> None:
    """What is not text in a Parquet file."""
    duckdb.execute(
        f"""
        COPY (
            SELECT i AS id, (i * 7 % 5)::SMALLINT AS zone, i % 3 = 0 AS flag,
                CASE WHEN i % 4 > 0 THEN i / 4 END AS half, DATE '1980-02-03' + i::INTEGER AS born,
                (i * 1.1)::DECIMAL(9, 2) AS sum, [i, NULL] AS list, NULL::VARCHAR AS nothing
            FROM range(1000, 1300) AS numbers(i)
        ) TO '{path}' (ROW_GROUP_SIZE 100)
        """
    )


def write_inputs(folder: Path) -> None:
    write_csv(folder / "a.csv", ROWS, encoding="cp1252")
    write_csv(folder / "first.csv", ROWS[:150], delimiter=",", encoding="utf-8-sig")
    write_csv(folder / "second.csv", ROWS[150:], delimiter="\t")
    write_csv(folder / "letters.csv", otherwise_written())
    write_csv(folder / "cpr.csv", cpr_numbers())
    write_csv(folder / "faults.csv", faulty())
    body = write_csv(folder / "title.csv", ROWS).read_bytes()
    (folder / "title.csv").write_bytes("Udtræk 2026\r\n\r\n".encode() + body)
    write_workbook(folder / "a.xlsx", ROWS)
    write_parquet(folder / "a", ROWS, parts=3, group=50)
    write_parquet(folder / "faults", faulty(), parts=3, group=50)
    write_types(folder / "types.parquet")
    (folder / "key.txt").write_text(KEY)
    (folder / "rates").write_text(
        "sted,rate\nNord,0.10\nSyd,0.05\nØst,0.2\nVest,0.1\n", encoding="utf-8"
    )


def result_of(name: str, folder: Path) -> dict[str, bytes]:
    """What the last command of a scenario wrote and said, without times, versions and chance."""
    for call in SCENARIOS[name]:
        done = sortition("invite", *call, *([] if "--out" in call else ["--out", name]), cwd=folder)
    files = {
        path.name: path.read_bytes() for path in sorted((folder / name).glob("*")) if path.is_file()
    }
    for left_out in ("invited.xlsx", "letters.xlsx", "report.html"):
        files.pop(left_out, None)
    if "--key" not in SCENARIOS[name][-1]:  # its codes are random
        files.pop("letters.csv", None)
    for document in ("report.json", "manifest.json"):
        if document in files:
            files[document] = without_software(files[document])
    files["said.txt"] = f"{done.code}\n{done.stdout}{done.stderr}".encode()
    return files


def without_software(document: bytes) -> bytes:
    """A document without versions and without digests, since libraries write the files."""
    content = json.loads(document)
    content.pop("versions", None)
    content.pop("outputs", None)
    if "inputs" in content:
        content["inputs"] = [one["file"] for one in content["inputs"]]
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    write_inputs(folder)
    return folder


@pytest.mark.parametrize("name", SCENARIOS)
def test_bytes_are_as_they_were(name: str, inputs: Path) -> None:
    expected = {path.name: path.read_bytes() for path in (GOLDEN / name).iterdir()}
    assert result_of(name, inputs) == expected


def write_golden() -> None:
    with TemporaryDirectory() as inputs:
        write_inputs(Path(inputs))
        for name in SCENARIOS:
            (GOLDEN / name).mkdir(parents=True, exist_ok=True)
            for file, content in result_of(name, Path(inputs)).items():
                (GOLDEN / name / file).write_bytes(content)


if __name__ == "__main__":
    write_golden()
