"""Shapes of pools in CSV files."""

from __future__ import annotations

from tests.instance.shapes import ID, POOL, POOL_ROWS, QUOTAS, Shape, csv, pool

SEMICOLON = pool("delimiter-assumed", value="semicolon")
ENCODING = pool("encoding-assumed", value="Windows-1252")
SEMI, TAB = csv(POOL_ROWS, ";"), csv(POOL_ROWS, "\t")

GOOD = {
    "commas, UTF-8": Shape(found=[ID]),
    "semicolons": Shape(pool=SEMI, found=[SEMICOLON, ID]),
    "tabs": Shape(pool=TAB, found=[pool("delimiter-assumed", value="tab"), ID]),
    "byte order mark": Shape(pool=POOL.encode("utf-8-sig"), found=[ID]),
    "Windows-1252": Shape(pool=POOL.encode("cp1252"), found=[ENCODING, ID]),
    "Windows-1252 with semicolons": Shape(
        pool=SEMI.encode("cp1252"), found=[ENCODING, SEMICOLON, ID]
    ),
    "a ring as a letter of its own": Shape(
        pool=POOL.replace("køn", "ka\u030an"),
        quotas=QUOTAS.replace("køn", "kån"),
        same=False,
        found=[pool("column-matched", column="ka\u030an", value="kån"), ID],
    ),
    "line ends of Windows": Shape(pool=csv(POOL_ROWS, end="\r\n"), found=[ID]),
    "line ends of an old Mac": Shape(pool=csv(POOL_ROWS, end="\r"), found=[ID]),
    "no line end at the end": Shape(pool=POOL.rstrip("\n"), found=[ID]),
    "everything in quotation marks": Shape(
        pool=csv([[f'"{cell}"' for cell in row] for row in POOL_ROWS]), found=[ID]
    ),
    "spaces around the cells": Shape(pool=POOL.replace(",", " , "), found=[ID]),
    "hard spaces around the cells": Shape(pool=POOL.replace(",", "\u00a0,\u00a0"), found=[ID]),
    "a title row": Shape(pool=f"Svar fra maj\n{POOL}", found=[pool("title-rows-skipped", 2), ID]),
    "a title, a date and a blank row": Shape(
        pool=f"Svar\n5. maj 2026\n\n{POOL}",
        found=[pool("title-rows-skipped", 4), pool("blank-rows-dropped"), ID],
    ),
    "a title with commas above semicolons": Shape(
        pool=f"Svar, maj, 2026\n\n{SEMI}",
        found=[
            SEMICOLON,
            pool("title-rows-skipped", 3),
            pool("blank-rows-dropped"),
            ID,
        ],
    ),
    "a title row as wide as the table": Shape(
        pool=f"Svar,,\n{POOL}", found=[pool("title-rows-skipped", 2), ID]
    ),
    "blank rows in between and at the end": Shape(
        pool=POOL.replace("008", ",,\n008") + ",,\n\n", found=[pool("blank-rows-dropped"), ID]
    ),
    "delimiters at the end of every row": Shape(
        pool=POOL.replace("\n", ",,\n"), found=[pool("blank-columns-dropped"), ID]
    ),
    "a delimiter within quotation marks": Shape(
        pool="id,køn,alder,navn\n" + POOL.split("\n", 1)[1].replace("\n", ',"Ås, Bo"\n'),
        found=[ID],
    ),
    "a line end within a cell": Shape(
        pool="id,køn,alder,note\n" + POOL.split("\n", 1)[1].replace("\n", ',"to\nlinjer"\n'),
        found=[ID],
    ),
    "short rows that lack blank cells": Shape(
        pool="id,køn,alder,navn,telefon\n007,Kvinde,16-25\n008,Mand,26+,Bo\n009,Kvinde,26+,,1\n",
        found=[ID],
    ),
    "columns in another order": Shape(pool=csv([row[::-1] for row in POOL_ROWS]), found=[ID]),
    "headers in capitals": Shape(
        pool=POOL.replace("id,køn,alder", "ID,KØN,ALDER"),
        found=[
            pool("column-matched", column="ALDER", value="alder"),
            pool("column-matched", column="KØN", value="køn"),
            pool("id-column-assumed", column="ID"),
        ],
    ),
    "ids of another name": Shape(
        pool=POOL.replace("id,", "Deltager-ID,"),
        found=[pool("id-column-assumed", column="Deltager-ID")],
    ),
    "ids called nummer": Shape(
        pool=POOL.replace("id,", "nummer,"), found=[pool("id-column-assumed", column="nummer")]
    ),
    "ids that were named": Shape(
        pool=POOL.replace("id,", "navn,"), found=[], options={"id_column": "navn"}
    ),
    "nobody has an id": Shape(
        pool=csv([row[1:] for row in POOL_ROWS]), found=[pool("rows-numbered")], same=False
    ),
    "years written out, other dashes, other case": Shape(
        pool=POOL.replace("16-25", "16 – 25 år").replace("Mand", "MAND").replace("26+", "26+ år"),
        found=[
            pool("value-matched", column="alder", value="16 – 25 år"),
            pool("value-matched", column="alder", value="26+ år"),
            pool("value-matched", column="køn", value="MAND"),
            ID,
        ],
    ),
}

FAULTS = {
    "nothing": Shape(pool="", found=[pool("file-empty")]),
    "blank rows alone": Shape(pool=",,\n,,\n", found=[pool("file-empty")]),
    "a header alone": Shape(pool="id,køn,alder\n", found=[pool("header-only", 1)]),
    "UTF-16 without its mark": Shape(
        pool=POOL.encode("utf-16-le"), found=[pool("wrong-encoding", 1)]
    ),
    "zero bytes": Shape(pool=POOL.encode() + b"\0", found=[pool("wrong-encoding", 5)]),
    "letters of a Mac": Shape(
        pool=POOL.replace("Mand", "Mænd").encode("cp1252").replace(b"\xe6", b"\x81"),
        found=[pool("wrong-encoding", 3, "køn", "M\ufffdnd")],
    ),
    "letters that were garbled before": Shape(
        pool=POOL.replace("Kvinde", "KvindÃ¦"),
        found=[pool("mojibake", 2, "køn", "KvindÃ¦"), pool("mojibake", 4, "køn", "KvindÃ¦")],
    ),
    "a garbled header": Shape(
        pool=POOL.replace("køn", "kÃ¸n"), found=[pool("mojibake", 1, "kÃ¸n", "kÃ¸n")]
    ),
    "quotation marks that do not match": Shape(
        pool=POOL.replace("Mand", '"Mand'), found=[pool("csv-quotes", 3)]
    ),
    "a delimiter without quotation marks": Shape(
        pool=POOL.replace("Mand", "Mand,Bo"), found=[pool("row-too-long", 3, "", "26+")]
    ),
    "two columns of one name": Shape(
        pool=POOL.replace("id,køn,alder", "id,køn,køn"),
        found=[pool("column-duplicate", None, "køn")],
    ),
    "a column without a name": Shape(
        pool=POOL.replace("id,køn,alder", "id,køn,"), found=[pool("column-without-name", 2, "C")]
    ),
    "a column that is not there": Shape(
        pool=POOL.replace("alder", "fødselsår"),
        found=[pool("feature-without-column", None, "alder")],
    ),
    "two columns that could be meant": Shape(
        pool=POOL.replace("id,køn,alder", "id,Køn,KØN").replace("\n", ",\n"),
        found=[
            pool("feature-without-column", None, "alder"),
            pool("column-ambiguous", None, "køn"),
        ],
    ),
    "bands that a spreadsheet took for dates": Shape(
        pool=POOL.replace("16-25", "05-okt").replace("009,Kvinde,26+", "009,Kvinde,5/10/2026"),
        found=[pool("date-cell", 2, "alder", "05-okt"), pool("date-cell", 4, "alder", "5/10/2026")],
    ),
    "cells that are blank": Shape(
        pool=POOL.replace("Mand,26+", ","),
        found=[pool("value-blank", 3, "alder"), pool("value-blank", 3, "køn")],
    ),
    "a short row that lacks a value": Shape(
        pool=POOL.replace("008,Mand,26+", "008,Mand"), found=[pool("value-blank", 3, "alder")]
    ),
    "values without a quota": Shape(
        pool=POOL.replace("Mand", "Mnad").replace("16-25", "16-26"),
        found=[pool("unknown-value", 2, "alder", "16-26"), pool("unknown-value", 3, "køn", "Mnad")],
    ),
    "an id twice": Shape(
        pool=POOL.replace("009", "007"), found=[pool("id-duplicate", 4, "id", "007")]
    ),
    "no id": Shape(pool=POOL.replace("008", ""), found=[pool("id-blank", 3, "id")]),
    "an id with a character nobody sees": Shape(
        pool=POOL.replace("008", "00\u200b8"), found=[pool("id-invisible", 3, "id", "00\u200b8")]
    ),
    "ids of two names": Shape(
        pool=POOL.replace("alder", "person_id"),
        found=[pool("feature-without-column", None, "alder"), pool("id-column-ambiguous")],
    ),
    "codes that could be ids": Shape(
        pool=POOL.replace("id,", "code,"), found=[pool("id-column-unclear")]
    ),
    "a sheet of a CSV file": Shape(
        options={"pool_sheet": "Ark1"}, found=[pool("sheet-of-csv", None, "", "Ark1")]
    ),
}
