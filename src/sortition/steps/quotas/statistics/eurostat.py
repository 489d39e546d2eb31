r"""Eurostat's files: TSV and SDMX-CSV.

In TSV the codes of all dimensions stand in the first column, and each time has a column: its header
is ``freq,unit,sex,age,geo\TIME_PERIOD``. A figure may have flags after a space, and one that is not
there is a colon. SDMX-CSV has a column for each dimension and a row for each figure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from io import StringIO

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.cube import MISSING, Dimension, Role, cube_table
from sortition.tables.grid import Row
from sortition.tables.rows import Table

HEADER = re.compile(r"((?:\w+,)*\w+)[\\/](?:TIME_PERIOD|TIME)", re.IGNORECASE)
ROLES: dict[str, Role] = {"freq": "measure", "unit": "measure", "geo": "area"}
SEXES = {"F": "female", "M": "male", "T": "total"}
AGE = re.compile(r"Y(?:(\d+)-(\d+)|(\d+)|_LT(\d+)|_GE(\d+)|_GT(\d+))")
SHARES = {"PC", "PC_POP", "PC_TOT", "PERC"}
# of SDMX-CSV: where a figure is from, how sure it is, and the figure itself
NO_DIMENSION = {
    *("DATAFLOW", "LAST UPDATE", "OBS_FLAG", "CONF_STATUS", "OBS_STATUS", "DECIMALS"),
    *("TIME_PERIOD", "TIME PERIOD", "OBS_VALUE", "OBSERVATION VALUE"),
}
THOUSANDS = re.compile(r"THS(?:_\w+)?")


def is_eurostat(data: bytes) -> bool:
    """Whether a file begins with the header of such a table."""
    first = data[:10_000].split(b"\n", 1)[0].split(b"\t", 1)
    return (
        len(first) == 2
        and HEADER.fullmatch(first[0].decode("ascii", "replace").strip()) is not None
    )


def read_eurostat(data: bytes, file: str) -> Table:
    """The figures of a table, without the times at which all of an area are missing.

    Raises
    ------
    InputErrors
        If a row does not fit the header, or `cube_table` finds a fault.
    """
    lines = data.decode("utf-8-sig", "replace").splitlines()
    head, *times = (cell.strip() for cell in lines[0].split("\t"))
    names = re.split(r"[\\/]", head)[0].split(",")
    faults: list[Finding] = []
    rows: list[tuple[int, Row]] = []
    for number, line in enumerate(lines[1:], start=2):
        codes, *figures = line.split("\t")
        series = [code.strip() for code in codes.split(",")]
        if len(series) == len(names) and len(figures) == len(times):
            own = dict(zip(map(str.lower, names), series, strict=True))
            rows += ((number, row) for row in _figures(own, times, figures))
        elif line.strip():
            faults.append(Finding(code="statistics-tsv-row", file=file, row=number))
    if faults:
        raise InputErrors(tuple(faults))
    return _table(data, file, names, times, rows)


def is_sdmx(data: bytes) -> bool:
    """Whether a file begins with the header of SDMX-CSV, a row a figure."""
    first = data[:10_000].split(b"\n", 1)[0].upper()
    return b"TIME_PERIOD" in first and b"OBS_VALUE" in first


def read_sdmx(data: bytes, file: str) -> Table:
    """The figures of SDMX-CSV, as `read_eurostat` has those of TSV.

    Raises
    ------
    InputErrors
        If a row does not fit the header, or `cube_table` finds a fault.
    """
    header, *lines = csv.reader(StringIO(data.decode("utf-8-sig", "replace")))
    keys = [name.split(":")[0].strip().upper() for name in header]
    names = [key for key in keys if key not in NO_DIMENSION and not key.startswith("STRUCTURE")]
    faults: list[Finding] = []
    rows: list[tuple[int, Row]] = []
    times: dict[str, None] = {}
    for number, line in enumerate(lines, start=2):
        if len(line) != len(keys):
            if line:
                faults.append(Finding(code="statistics-tsv-row", file=file, row=number))
            continue
        # "Y18-29: From 18 to 29 years" where labels were wanted as well
        cells = {key: cell.split(":")[0].strip() for key, cell in zip(keys, line, strict=True)}
        series = {name.lower(): cells[name] for name in names}
        times[cells["TIME_PERIOD"]] = None
        figures = _figures(series, [cells["TIME_PERIOD"]], [cells["OBS_VALUE"]])
        rows += ((number, row) for row in figures)
    if faults:
        raise InputErrors(tuple(faults))
    return _table(data, file, names, list(times), rows)


def _table(
    data: bytes,
    file: str,
    names: Sequence[str],
    times: Sequence[str],
    numbered: Sequence[tuple[int, Row]],
) -> Table:
    rows = [row for _, row in numbered]
    dimensions = [
        Dimension(
            name=name.lower(),
            labels=tuple(dict.fromkeys(row[place] for row in rows)),
            role=ROLES.get(name.lower(), ""),
        )
        for place, name in enumerate(names)
    ]
    dimensions.append(Dimension(name="time", labels=tuple(times), role="time"))
    places = [place for place, one in enumerate(dimensions) if one.role in {"area", "time"}]
    told = {tuple(row[place] for place in places) for row in rows if row[-1] != MISSING}
    kept = [
        (number, row) for number, row in numbered if tuple(row[place] for place in places) in told
    ]
    table = cube_table(file, digest(data), dimensions, [row for _, row in kept])
    # of these one time is counted, and of that each row of the file has one figure
    return replace(table, row_numbers=tuple(number for number, _ in kept))


def _figures(series: dict[str, str], times: list[str], figures: list[str]) -> Iterator[Row]:
    unit = series.get("unit", "")
    thousands = THOUSANDS.fullmatch(unit) is not None
    labels = [_label(name, code) for name, code in series.items()]
    for time, cell in zip(times, figures, strict=True):
        figure = (cell.split() or [":"])[0]
        if figure == ":":
            yield (*labels, time, MISSING)
            continue
        try:
            people = Decimal(figure) * (1_000 if thousands else 1)
            yield (*labels, time, f"{people.normalize():f}")
        except InvalidOperation:
            yield (*labels, time, figure)


def _label(dimension: str, code: str) -> str:
    """A code in words, where it is one of sex, age, shares or everybody."""
    if dimension == "sex":
        return SEXES.get(code, code)
    if dimension == "unit" and code in SHARES:
        return "%"
    if dimension == "age" and (found := AGE.fullmatch(code)):
        low, high, single, under, least, above = found.groups()
        if under:
            return f"under {under}"
        if least or above:
            return f"{least or int(above) + 1}+"
        return single or f"{low}-{high}"
    return "total" if code == "TOTAL" else code
