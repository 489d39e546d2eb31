"""Shapes of single values: words for yes and no, and numbers that are written in many ways."""

from __future__ import annotations

from collections.abc import Sequence

from tests.instance.shapes import Found, Shape, pool, xlsx

ID = pool("id-column-assumed", column="id")
Cells = Sequence[object]


def value(code: str, cell: str, row: int | None = None) -> Found:
    return pool(code, row, "svar", cell)


def matched(*cells: str) -> list[Found]:
    return [*(value("value-matched", cell) for cell in cells), ID]


def of(cells: Cells, labels: Sequence[str], found: Sequence[Found]) -> Shape:
    """A pool in CSV whose people have these cells, and quotas with these values."""
    rows = "".join(f"P{number},{cell}\n" for number, cell in enumerate(cells))
    bounds = "".join(f"svar,{label},0,2\n" for label in labels)
    return Shape(
        pool=f"id,svar\n{rows}", quotas=f"feature,value,min,max\n{bounds}", found=found, same=False
    )


def in_workbook(cells: Cells, labels: Sequence[str], found: Sequence[Found]) -> Shape:
    shape = of(cells, labels, found)
    rows = [[f"P{number}", cell] for number, cell in enumerate(cells)]
    return Shape(pool=xlsx(["id", "svar"], *rows), quotas=shape.quotas, found=found, same=False)


JA_NEJ = ["Ja", "Nej"]

GOOD = {
    "yes and no": of(["Yes", "No"], JA_NEJ, matched("No", "Yes")),
    "true and false of a workbook": in_workbook([True, False], JA_NEJ, matched("FALSE", "TRUE")),
    "true and false in Danish": of(["SAND", "FALSK"], JA_NEJ, matched("FALSK", "SAND")),
    "true and false in Norwegian": of(["SANN", "USANN"], JA_NEJ, matched("SANN", "USANN")),
    "letters": of(["J", "n", "Y"], JA_NEJ, matched("J", "Y", "n")),
    "one and nought": in_workbook([1, 0], JA_NEJ, matched("0", "1")),
    "one and nought for yes and no": of(["ja", "nej"], ["1", "0"], matched("ja", "nej")),
    "ticks and blanks": of(
        ["x", "", "X"], JA_NEJ, [value("blanks-matched", ""), *matched("X", "x")]
    ),
    "words in several languages": of(["ja", "yes", "nei"], JA_NEJ, matched("ja", "nei", "yes")),
    "municipalities that lost their zero": in_workbook(
        [101, 751], ["0101", "0751"], matched("101", "751")
    ),
    "municipalities with a zero more": of(
        ["0101", "0751"], ["101", "751"], matched("0101", "0751")
    ),
    "floats": of(["3.0", "4,0".replace(",", ".")], ["3", "4"], matched("3.0", "4.0")),
    "floats of a workbook": in_workbook([3.0, 4.0], ["3", "4"], [ID]),
    "numbers as text": in_workbook(["3", 4], ["3", "4"], [ID]),
}

FAULTS = {
    "a word that is neither": of(["Ja", "måske"], JA_NEJ, [value("unknown-value", "måske", 3)]),
    "a blank that is not no": of(["Ja", ""], JA_NEJ, [value("value-blank", "", 3)]),
    "blanks beside ticks and words": of(["x", "", "Nej"], JA_NEJ, [value("value-blank", "", 3)]),
    "blanks beside ones": of(["1", ""], JA_NEJ, [value("value-blank", "", 3)]),
    "words where there are three answers": of(
        ["yes", "Nej"], ["Ja", "Nej", "Ved ikke"], [value("unknown-value", "yes", 2)]
    ),
    "a number that two values could be": of(
        ["00101", "101"], ["101", "0101"], [value("unknown-value", "00101", 2)]
    ),
    "three decimals are not a whole number": of(
        ["3.000", "4"], ["3", "4"], [value("unknown-value", "3.000", 2)]
    ),
    "two where there are one and nought": of(
        ["1", "2"], ["1", "0"], [value("unknown-value", "2", 3)]
    ),
}
