"""Shapes of pools and quotas in workbooks."""

from __future__ import annotations

import datetime

from tests.instance.shapes import ID, POOL_ROWS, QUOTA_ROWS, Shape, pool, quotas, xlsx

HEAD, ANNA, BO, CILLE = POOL_ROWS
DAY = datetime.date(2026, 10, 5)
SHEETS = {"Vejledning": [["Læs mig"]], "Gammel": [["id"], ["1"]]}


def numbered(*cells: object) -> list[list[object]]:
    """The pool with a column of these cells in place of the ids."""
    return [[cell, *row[1:]] for cell, row in zip(cells, POOL_ROWS, strict=True)]


GOOD = {
    "a workbook": Shape(pool=xlsx(*POOL_ROWS), found=[ID]),
    "two workbooks": Shape(pool=xlsx(*POOL_ROWS), quotas=xlsx(*QUOTA_ROWS), found=[ID]),
    "title rows": Shape(
        pool=xlsx(["Svar"], ["5. maj"], [], *POOL_ROWS),
        found=[pool("title-rows-skipped", 4), pool("blank-rows-dropped"), ID],
    ),
    "a title that is merged over the columns": Shape(
        pool=xlsx(["Svar"], *POOL_ROWS, merged=["A1:C1"]),
        found=[pool("title-rows-skipped", 2), ID],
    ),
    "blank rows": Shape(
        pool=xlsx(HEAD, ANNA, [], BO, [], [], CILLE), found=[pool("blank-rows-dropped"), ID]
    ),
    "a table that begins in column C": Shape(
        pool=xlsx(*([None, None, *row] for row in POOL_ROWS)),
        found=[pool("blank-columns-dropped"), ID],
    ),
    "the sheet that was named": Shape(
        pool=xlsx(*POOL_ROWS, name="Svar", before=SHEETS),
        options={"pool_sheet": "Svar"},
        found=[ID],
    ),
    "the sheet that was named in other case": Shape(
        pool=xlsx(*POOL_ROWS, name="Svar", before=SHEETS),
        options={"pool_sheet": "svar "},
        found=[pool("sheet-matched", None, "", "svar "), ID],
    ),
    "a sheet of the quotas": Shape(
        quotas=xlsx(*QUOTA_ROWS, name="Kvoter", before=SHEETS),
        options={"quotas_sheet": "Kvoter"},
        found=[ID],
    ),
    "a sheet that was not named": Shape(
        pool=xlsx(*POOL_ROWS, before={"Tom": []}), found=[pool("sheet-chosen"), ID]
    ),
    "a hidden sheet before it": Shape(
        pool=xlsx(*POOL_ROWS, before=SHEETS, hidden=list(SHEETS)),
        found=[pool("sheet-chosen"), ID],
    ),
    "a hidden sheet that was named": Shape(
        pool=xlsx(["x"], before={"Svar": POOL_ROWS}, hidden=["Svar"]),
        options={"pool_sheet": "Svar"},
        found=[ID],
    ),
    "ids that are numbers, shown with zeros": Shape(
        pool=xlsx(*numbered("id", 7, 8, 9), formats={"A2": "000", "A3": "000", "A4": "000"}),
        found=[ID],
    ),
    "ids that are numbers": Shape(pool=xlsx(*numbered("id", 7.0, 8, 9)), found=[ID], same=False),
    "bounds that are text": Shape(
        quotas=xlsx(*([str(cell) for cell in row] for row in QUOTA_ROWS)), found=[ID]
    ),
    "bounds that are floats": Shape(
        quotas=xlsx(*([float(c) if isinstance(c, int) else c for c in row] for row in QUOTA_ROWS)),
        found=[ID],
    ),
    "features that are merged over their rows": Shape(
        quotas=xlsx(*QUOTA_ROWS, merged=["A2:A3", "A4:A5"]),
        found=[
            ID,
            quotas("cells-merged", 2, "feature"),
            quotas("cells-merged", 4, "feature"),
        ],
    ),
    "a value that is merged over people": Shape(
        pool=xlsx(HEAD, ["007", "Kvinde", "16-25"], ["009", "Kvinde", "26+"], BO, merged=["B2:B3"]),
        found=[pool("cells-merged", 2, "køn"), ID],
    ),
    "a date in a column that decides nothing": Shape(
        pool=xlsx([*HEAD, "svaret"], [*ANNA, DAY], [*BO, DAY], [*CILLE, None]),
        found=[ID, pool("cells-as-text")],
    ),
}

FAULTS = {
    "an empty workbook": Shape(pool=xlsx(), found=[pool("file-empty")]),
    "an empty sheet that was named": Shape(
        pool=xlsx(*POOL_ROWS, before={"Tom": []}),
        options={"pool_sheet": "Tom"},
        found=[pool("file-empty")],
    ),
    "a sheet that is not there": Shape(
        pool=xlsx(*POOL_ROWS),
        options={"pool_sheet": "Ark2"},
        found=[pool("sheet-unknown", None, "", "Ark2")],
    ),
    "sheets of both that are not there": Shape(
        pool=xlsx(*POOL_ROWS),
        quotas=xlsx(*QUOTA_ROWS),
        options={"pool_sheet": "a", "quotas_sheet": "b"},
        found=[pool("sheet-unknown", None, "", "a"), quotas("sheet-unknown", None, "", "b")],
    ),
    "hidden sheets alone": Shape(
        pool=xlsx(before={"Svar": POOL_ROWS}, hidden=["Svar"]), found=[pool("file-empty")]
    ),
    "bands that became dates": Shape(
        pool=xlsx(HEAD, [*ANNA[:2], DAY], BO, CILLE),
        found=[pool("date-cell", 2, "alder", "2026-10-05")],
    ),
    "a formula that went wrong": Shape(
        pool=xlsx(HEAD, ["007", "#N/A", "16-25"], BO, CILLE),
        found=[pool("error-cell", 2, "køn", "#N/A")],
    ),
    "a formula that was not computed": Shape(
        pool=xlsx(HEAD, ["007", "=A1", "16-25"], BO, CILLE),
        found=[pool("formula-without-value", 2, "køn", "")],
    ),
    "ids longer than numbers can be": Shape(
        pool=xlsx(*numbered("id", 1234567890123456, 2, 3)),
        found=[pool("number-too-long", 2, "id", "1.23456789012346e+15")],
    ),
    "an id as text and as a number": Shape(
        pool=xlsx(*numbered("id", 7, "7", 8)), found=[pool("id-duplicate", 3, "id", "7")]
    ),
    "an id that is merged over people": Shape(
        pool=xlsx(*POOL_ROWS, merged=["A2:A3"]), found=[pool("id-duplicate", 3, "id", "007")]
    ),
    "a bound that is merged over rows": Shape(
        quotas=xlsx(*QUOTA_ROWS, merged=["C2:C3"]), found=[quotas("quota-bound-merged", 3, "min")]
    ),
    "a merged date": Shape(
        pool=xlsx(HEAD, ["007", "Kvinde", DAY], BO, CILLE, merged=["C2:C3"]),
        found=[
            pool("date-cell", 2, "alder", "2026-10-05"),
            pool("date-cell", 3, "alder", "2026-10-05"),
        ],
    ),
    "percent signs in a minimum": Shape(
        quotas=xlsx(
            *QUOTA_ROWS[:2], ["køn", "Mand", 0.4, 2], *QUOTA_ROWS[3:], formats={"C3": "0%"}
        ),
        found=[quotas("quota-percentage", 3, "min", "40%")],
    ),
    "a workbook that is none": Shape(pool=b"PK\x03\x04 no more", found=[pool("not-a-workbook")]),
}
