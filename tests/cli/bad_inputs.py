"""Bad files and bad options, and what the command line says about them: place, then reason."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

from tests.cli.running import POOL, QUOTAS

Fault = tuple[str, str]  # how the line begins, and what it says besides
SAVE = "Save the file again as “CSV UTF-8”"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Files and options, and what is said about them."""

    expected: list[Fault]
    pool: str | bytes = POOL
    quotas: str | bytes = QUOTAS
    options: tuple[str, ...] = ()


def workbook(*rows: list[object]) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "S1"
    for row in rows:
        sheet.append(row)
    packed = BytesIO()
    made.save(packed)
    return packed.getvalue()


def archive() -> bytes:
    """A zip file that is no workbook."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("hello.txt", "hello")
    return packed.getvalue()


CASES = {
    "cells of a pool": Case(
        pool="id,gender,age\n,female,young\nP2,femal,old\nP2,male,05-okt\nP4,,old\nP5,male\n"
        "P6,male,elderly\nP7,male,elderly\nP8,male,elderly\n",
        expected=[
            ("pool.csv, row 2, column id: ", "no id"),
            ("pool.csv, row 3, column gender: “femal” ", "Did you mean “female”?"),
            ("pool.csv, row 4, column id: The id “P2” ", "is also in row 3"),
            ("pool.csv, row 4, column age: “05-okt” ", "date"),
            ("pool.csv, row 5, column gender: ", "blank"),
            ("pool.csv, row 6, column age: ", "blank"),
            ("pool.csv, row 7, column age: “elderly” ", "The same in rows 8, 9."),
        ],
    ),
    "cells of a workbook": Case(
        pool=workbook(["id", "gender", "age"], ["P1", "female", None], ["P2", "masc", "old"]),
        expected=[
            ("pool.csv, sheet S1, row 2, column age: ", "blank"),
            ("pool.csv, sheet S1, row 3, column gender: “masc” ", "“female”, “male”"),
        ],
    ),
    "cells of the quotas": Case(
        quotas="feature,value,min,max\na,t,3,1\na,u,-1,2\na,v,0,1.5\na,w,none,2\na,x,,2\n"
        ",y,0,2\na,,0,2\na,X,0,2\n",
        expected=[
            ("quotas.csv, row 2: The minimum 3 ", "larger than the maximum 1"),
            ("quotas.csv, row 3, column min: “-1” ", "negative"),
            ("quotas.csv, row 4, column max: “1.5” ", "not a whole number"),
            ("quotas.csv, row 5, column min: “none” ", "not a whole number"),
            ("quotas.csv, row 6, column min: ", "blank"),
            ("quotas.csv, row 7, column feature: ", "blank"),
            ("quotas.csv, row 8, column value: ", "blank"),
            ("quotas.csv, row 9: “X” of “a” ", "is also in row 6"),
        ],
    ),
    "totals that miss the size": Case(
        quotas=QUOTAS.replace("female,1,2", "female,2,2").replace("0,2", "0,0"),
        expected=[
            ("quotas.csv, row 4: The maximums of “age” ", "add up to 0, fewer than the panel of 2"),
            ("quotas.csv, row 2: The minimums of “gender” ", "add up to 3, more than the panel"),
        ],
    ),
    "a value that is not asked for": Case(
        quotas=QUOTAS.replace("age,old,0,2\n", ""),
        expected=[("pool.csv, row 3, column age: “old” ", "The same in rows 5, 6, 7.")],
    ),
    "a column that may hold ids": Case(
        pool=POOL.replace("id,gender,age", "number,gender,age"),
        expected=[("pool.csv: No column is known to tell people", "“number”. Say with --id")],
    ),
    "columns that are too many or missing": Case(
        pool=POOL.replace("id,gender,age", "id,gender,person_id"),
        expected=[
            ("pool.csv: The quotas ask for “age”, ", "It has “id”, “gender”, “person_id”. If"),
            ("pool.csv: Several columns could be ", "“id”, “person_id”. Say which with --id"),
        ],
    ),
    "columns of one name, and an unknown header": Case(
        pool=POOL.replace("id,gender,age", "id,gender,gender"),
        quotas=QUOTAS.replace("feature,value", "what,which"),
        expected=[
            ("pool.csv: Two columns (B and C) ", "“gender”"),
            ("quotas.csv: The header names no feature and value.", "“what”, “which”"),
        ],
    ),
    "a long row, and a header without bounds": Case(
        pool=POOL.replace("P4,male,old", "P4,male,old,and more"),
        quotas=QUOTAS.replace("min,max", "from,to"),
        expected=[
            ("pool.csv, row 5: ", "4 cells, but the header has only 3"),
            ("quotas.csv: The header does not say how many", "“from”, “to”"),
        ],
    ),
    # UTF-16 with its mark, which a spreadsheet calls Unicode text, is read
    "mojibake beside quotas in UTF-16": Case(
        pool=(POOL + "P7,kæmpe,old\n").encode().decode("cp1252"),
        quotas=QUOTAS.encode("utf-16"),
        expected=[
            ("pool.csv, row 8, column gender: The letters in “kÃ¦mpe” ", "the wrong encoding"),
        ],
    ),
    "bytes of no alphabet, and an empty file": Case(
        pool=POOL.encode() + b"P7,\x81\x8d,old\n",
        quotas="",
        expected=[
            ("pool.csv, row 8, column gender: This is not text in UTF-8", SAVE),
            ("quotas.csv: ", "nothing in it"),
        ],
    ),
    "UTF-16 without a mark, and a header alone": Case(
        pool=POOL.encode("utf-16-le"),
        quotas="feature,value,min,max\n",
        expected=[
            ("pool.csv, row 1: This is not text in UTF-8", SAVE),
            ("quotas.csv, row 1: ", "no row under it"),
        ],
    ),
    "a header alone, and white space": Case(
        pool="id,gender,age\n",
        quotas=" \r\n\r\n",
        expected=[
            ("pool.csv, row 1: ", "no row under it"),
            ("quotas.csv: ", "nothing in it"),
        ],
    ),
    "an archive, and half a workbook": Case(
        pool=archive(),
        quotas=workbook(["feature", "value", "min", "max"])[:2000],
        expected=[
            ("pool.csv: ", "no workbook that can be read"),
            ("quotas.csv: ", "no workbook that can be read"),
        ],
    ),
    "an open quotation mark, and an old workbook": Case(
        pool=POOL.replace("P4,", '"P4,'),
        quotas=OLD_WORKBOOK,
        expected=[
            ("pool.csv, row 5: ", "quotation marks"),
            ("quotas.csv: ", "no workbook that can be read"),
        ],
    ),
    "figures out of range": Case(
        options=("--tickets", "0", "--gamma", "0", "--time-limit", "-1"),
        expected=[
            ("There cannot be 0 tickets. ", "1 or more"),
            ("Gamma cannot be 0. ", "above 0"),
            ("A time limit cannot be -1 seconds. ", "above 0"),
        ],
    ),
    "more tickets than anybody can hold": Case(
        options=("--tickets", "1000000000000"),
        expected=[("There cannot be 1000000000000 tickets. ", "or fewer")],
    ),
    "size 0": Case(
        options=("--size", "0"), expected=[("A panel cannot have 0 people. ", "1 or more")]
    ),
    "a negative size": Case(
        options=("--size", "-3"), expected=[("A panel cannot have -3 people. ", "1 or more")]
    ),
    "a blank name of a column": Case(
        options=("--id", ""),
        expected=[("pool.csv: There is no column “” ", "The pool has “id”, “gender”, “age”")],
    ),
    "options of every kind": Case(
        quotas=QUOTAS.replace("1,2", "0,99").replace("0,2", "0,99"),
        options=("--size", "7", "--seed", "", "--id", "navn", "--household", "vej,postnr"),
        expected=[
            ("The seed is empty. ", "leave --seed out"),
            ("pool.csv: There is no column “vej” ", "to make an address of"),
            ("pool.csv: There is no column “postnr” ", "to make an address of"),
            ("pool.csv: There is no column “navn” ", "to tell people apart by"),
            ("pool.csv: A panel of 7 ", "cannot be drawn from a pool of 6"),
        ],
    ),
}
