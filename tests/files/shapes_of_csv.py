"""Shapes of pools and quotas in CSV files."""

from __future__ import annotations

from tests.files.shapes import ID, POOL, POOL_ROWS, QUOTA_ROWS, QUOTAS, Shape, csv, pool, quotas

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
    "UTF-16": Shape(pool=POOL.encode("utf-16"), found=[pool("wrong-encoding")]),
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
    "names that could be ids": Shape(
        pool=POOL.replace("id,", "navn,"), found=[pool("id-column-unclear")]
    ),
    "a sheet of a CSV file": Shape(
        options={"pool_sheet": "Ark1"}, found=[pool("sheet-of-csv", None, "", "Ark1")]
    ),
}

QUOTA_GOOD = {
    "Danish headers": Shape(
        quotas=QUOTAS.replace("feature,value,min,max", "kriterium,værdi,mindst,højst"), found=[ID]
    ),
    "Swedish headers": Shape(
        quotas=QUOTAS.replace("feature,value,min,max", "Egenskap,Värde,Minst,Högst"), found=[ID]
    ),
    "Norwegian headers": Shape(
        quotas=QUOTAS.replace("feature,value,min,max", "kategori,verdi,minst,høyst"), found=[ID]
    ),
    "feature as the value": Shape(
        quotas=QUOTAS.replace("feature,value", "category,feature"), found=[ID]
    ),
    "egenskab as the value": Shape(
        quotas=QUOTAS.replace("feature,value", "kategori,egenskab"), found=[ID]
    ),
    "decimal commas": Shape(
        quotas=csv(QUOTA_ROWS, ";").replace(";2\n", ";2,0\n"),
        found=[ID, quotas("delimiter-assumed", value="semicolon")],
    ),
    "notes and soft targets beside them": Shape(
        quotas=QUOTAS.replace("max\n", "max,target,note\n").replace(
            "1,2\n", '1,2,1.5,"see, p. 4"\n'
        ),
        found=[ID, quotas("quota-columns-not-used")],
    ),
    "comments at the end": Shape(
        quotas=f"{QUOTAS}# vedtaget i maj,,,\n# af byrådet\n",
        found=[
            ID,
            quotas("comment-passed-over", 6, "", "# vedtaget i maj"),
            quotas("comment-passed-over", 7, "", "# af byrådet"),
        ],
    ),
    "blank rows at the end": Shape(
        quotas=f"{QUOTAS},,,\n,,,\n", found=[ID, quotas("blank-rows-dropped")]
    ),
    "two spellings of a feature": Shape(
        quotas=QUOTAS.replace("køn,Mand", "Køn,Mand"),
        found=[ID, quotas("quota-spellings-joined", 3, "", "Køn")],
    ),
}

HEAD = "feature,value,min,max\n"
QUOTA_FAULTS = {
    "a header alone": Shape(quotas=HEAD, found=[quotas("header-only", 1)]),
    "comments alone": Shape(quotas=f"{HEAD}# endnu ikke,,,\n", found=[quotas("header-only")]),
    "a header of something else": Shape(
        quotas="navn,vej\nBo,1\n",
        found=[quotas("quota-header-unknown"), quotas("quota-bounds-unknown")],
    ),
    "a feature and value twice": Shape(
        quotas=f"{QUOTAS}Køn,kvinde,0,9\n", found=[quotas("quota-duplicate", 6, "", "kvinde")]
    ),
    "a negative minimum": Shape(
        quotas=QUOTAS.replace("Mand,1", "Mand,-1"), found=[quotas("quota-negative", 3, "min", "-1")]
    ),
    "half a person": Shape(
        quotas=QUOTAS.replace("Mand,1", "Mand,0.5"),
        found=[quotas("quota-not-whole", 3, "min", "0.5")],
    ),
    "thousands, or three decimals": Shape(
        quotas=QUOTAS.replace("Mand,1", "Mand,1.000"),
        found=[quotas("quota-not-whole", 3, "min", "1.000")],
    ),
    "a minimum above the maximum": Shape(
        quotas=QUOTAS.replace("Mand,1,2", "Mand,2,1"), found=[quotas("quota-crossed", 3)]
    ),
    "a blank bound": Shape(
        quotas=QUOTAS.replace("Mand,1,2", "Mand,1,"), found=[quotas("quota-bound-blank", 3, "max")]
    ),
    "a short row": Shape(
        quotas=QUOTAS.replace("Mand,1,2", "Mand"),
        found=[quotas("quota-bound-blank", 3, "min"), quotas("quota-bound-blank", 3, "max")],
    ),
    "a feature on its first row alone": Shape(
        quotas=QUOTAS.replace("køn,Mand", ",Mand"),
        found=[quotas("quota-label-blank", 3, "feature")],
    ),
    "minimums above the panel": Shape(
        quotas=QUOTAS.replace("16-25,0", "16-25,3"),
        found=[quotas("quota-minimums-exceed-size", 4, "alder")],
    ),
    "a date for a value": Shape(
        quotas=QUOTAS.replace("16-25", "16-maj"), found=[quotas("date-cell", 4, "value", "16-maj")]
    ),
}
