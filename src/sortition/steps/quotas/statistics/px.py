"""PX files, as PC-Axis and PX-Web write them: keywords with their values, and the figures last.

A keyword is ``NAME``, ``NAME[language]`` or ``NAME("variable")``, its values are texts in quotation
marks, and a semicolon ends it. Variables of ``STUB`` go down the page and those of ``HEADING``
across, so in ``DATA`` the last of ``HEADING`` runs fastest. With ``KEYS`` each row begins with its
labels, and rows of noughts alone are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from sortition.audit.canonical import digest
from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.cube import Dimension, cube_table, role_of
from sortition.tables.grid import Row
from sortition.tables.labels import squeeze
from sortition.tables.rows import Table

BEGINS = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*[A-Z][A-Z0-9-]{3,}(?:\[[a-z-]+\])?(?:\(\"[^\"]*\"\))?\s*="
)
ENTRY = re.compile(
    r'\s*([A-Z][A-Z0-9-]*)(?:\[([^\]]*)\])?(?:\("([^"]*)"(?:,"[^"]*")*\))?\s*=((?:"[^"]*"|[^;"])*);'
)
TEXT = re.compile(r'"([^"]*)"')
BETWEEN_LINES = re.compile(r'"\s*\n\s*"')  # one text on several lines
CELL = re.compile(r'"[^"]*"|[^\s,;"]+')
CODEPAGE = re.compile(rb'CODEPAGE\s*=\s*"([^"]+)"')

Keywords = Mapping[tuple[str, str], tuple[str, ...]]


def is_px(data: bytes) -> bool:
    """Whether a file begins with a keyword and has figures."""
    return BEGINS.match(data) is not None and b"DATA" in data and b"VALUES" in data


def read_px(data: bytes, file: str) -> Table:
    """The figures of a PX file.

    Raises
    ------
    InputErrors
        If it cannot be read, or `cube_table` finds a fault.
    """
    text = _text(data)
    start = re.search(r"^\s*DATA\s*=", text, re.MULTILINE)
    keywords = _keywords(text[: start.start()] if start else text)
    stub, heading = keywords.get(("STUB", ""), ()), keywords.get(("HEADING", ""), ())
    variables = (*stub, *heading)
    if (
        start is None
        or not variables
        or any(("VALUES", name) not in keywords for name in variables)
    ):
        raise InputErrors((Finding(code="statistics-px-unclear", file=file),))
    dimensions = [_dimension(name, keywords) for name in variables]
    cells = CELL.findall(text[start.end() :])
    if any(name == "KEYS" for name, _ in keywords):
        rows = list(_keyed(cells, keywords, dimensions, len(stub)))
    else:
        labels = list(product(*(one.labels for one in dimensions)))
        if len(labels) != len(cells):
            facts = {"count": len(cells), "labels": len(labels)}
            raise InputErrors((Finding(code="statistics-px-figures", file=file, facts=facts),))
        rows = [(*own, cell.strip('"')) for own, cell in zip(labels, cells, strict=True)]
    units = [*keywords.get(("UNITS", ""), ()), *keywords.get(("CONTENTS", ""), ())]
    return cube_table(file, digest(data), dimensions, rows, units=units)


def _text(data: bytes) -> str:
    page = CODEPAGE.search(data)
    for encoding in ("utf-8-sig", page[1].decode("ascii", "replace") if page else "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _keywords(text: str) -> Keywords:
    """The values of each keyword, by its name and its variable, in the language of the file."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in ENTRY.finditer(text):
        name, language, variable, values = entry.groups()
        if not language:
            joined = BETWEEN_LINES.sub("", values) if '",' not in values else values
            found[name, variable or ""] = tuple(TEXT.findall(joined)) or (values.strip(),)
    return found


def _dimension(name: str, keywords: Keywords) -> Dimension:
    timed = ("TIMEVAL", name) in keywords
    measures = keywords.get(("CONTVARIABLE", ""), ())
    role = "time" if timed else "measure" if name in measures else role_of(name)
    if role == "" and squeeze(keywords.get(("VARIABLE-TYPE", name), ("",))[0]) == "geographical":
        role = "area"
    return Dimension(name=name, labels=keywords["VALUES", name], role=role)


def _keyed(
    cells: Sequence[str], keywords: Keywords, dimensions: Sequence[Dimension], stub: int
) -> Iterator[Row]:
    """The figures of rows that begin with their labels or codes; those left out are noughts."""
    across = list(product(*(one.labels for one in dimensions[stub:])))
    known = []
    for one in dimensions[:stub]:
        by_code = keywords.get(("KEYS", one.name), ("VALUES",))[0] == "CODES"
        keys = keywords.get(("CODES", one.name), one.labels) if by_code else one.labels
        known.append(dict(zip(keys, one.labels, strict=False)))
    found: dict[Row, Sequence[str]] = {}
    width = stub + len(across)
    for start in range(0, len(cells) - width + 1, width):
        begin = [cell.strip('"') for cell in cells[start : start + stub]]
        labels = tuple(names.get(key, key) for names, key in zip(known, begin, strict=True))
        found[labels] = cells[start + stub : start + width]
    for labels in product(*(one.labels for one in dimensions[:stub])):
        figures = found.get(labels, ("0",) * len(across))
        for others, figure in zip(across, figures, strict=True):
            yield (*labels, *others, figure.strip('"'))
