"""Further sheets in a workbook that somebody made, of which every other part stays as it is.

A library that reads a workbook and writes it again loses what it does not know: pictures, charts,
notes, macros. Here the parts of the archive are copied, and three of them get a line more for each
new sheet: the list of sheets, where each of them is, and what kind of part it is.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from html import escape, unescape
from io import BytesIO

from sortition.tables.written.lists import EPOCH, Row, workbook_bytes

WORKBOOK, LINKS, KINDS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
SHEET_NAME = re.compile(r"<(?:\w+:)?sheet [^>]*?\bname=(?:\"([^\"]*)\"|'([^']*)')")
SHEET_NUMBER = re.compile(r"\bsheetId=[\"']([0-9]+)[\"']")
STYLE = re.compile(rb'(<(?:c|row)\b[^>]*?) s="[0-9]+"')  # of our own workbook, not of the copy
LONGEST_NAME = 31


def with_tabs(
    workbook: bytes, sheets: Mapping[str, Sequence[Row]], *, ids: Collection[str] = ()
) -> bytes:
    """A copy of an XLSX workbook with these sheets after its own.

    Parameters
    ----------
    workbook : bytes
    sheets : mapping of str to sequence of tuple of str
        The rows by the name of the sheet, the header first. A name that is taken gets a number.
    ids : collection of str
        Columns that are text whatever stands in them.

    Raises
    ------
    ValueError
        If a part that lists the sheets is missing, or is written in a way that is not known.
    """
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(BytesIO(workbook_bytes(sheets, ids=ids))) as ours,
    ):
        parts = {name: source.read(name) for name in source.namelist()}
        made = [
            STYLE.sub(rb"\1", ours.read(f"xl/worksheets/sheet{number}.xml"))
            for number in range(1, len(sheets) + 1)
        ]
        dates = {member.filename: member.date_time for member in source.infolist()}
    listed = _text(parts, WORKBOOK)
    taken = {unescape(one or other).casefold() for one, other in SHEET_NAME.findall(listed)}
    last = max(map(int, SHEET_NUMBER.findall(listed)), default=0)
    free = _unused(parts)
    names, links, kinds = [], [], []
    for number, (wanted, sheet) in enumerate(zip(sheets, made, strict=True), start=1):
        name, part = _free(wanted, taken), f"{free}{number}.xml"
        taken.add(name.casefold())
        link = f"rIdSortition{free.rpartition('/')[2]}{number}"
        names.append(
            f'<sheet xmlns:r="{OFFICE}" name="{escape(name)}" sheetId="{last + number}" '
            f'r:id="{link}"/>'
        )
        links.append(f'<Relationship Id="{link}" Type="{OFFICE}/worksheet" Target="/{part}"/>')
        kinds.append(f'<Override PartName="/{part}" ContentType="{SHEET_KIND}"/>')
        parts[part] = sheet
    parts[WORKBOOK] = _before(listed, "sheets", names)
    parts[LINKS] = _before(_text(parts, LINKS), "Relationships", links)
    parts[KINDS] = _before(_text(parts, KINDS), "Types", kinds)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for place, content in parts.items():
            member = zipfile.ZipInfo(place, dates.get(place, EPOCH.timetuple()[:6]))
            target.writestr(member, content, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _text(parts: Mapping[str, bytes], place: str) -> str:
    """A part in UTF-8; a workbook of the strict kind names its links in another way."""
    text = parts.get(place, b"").decode("utf-8-sig")
    if not text or "purl.oclc.org/ooxml" in text:
        raise ValueError("the sheets are listed in a way that is not known")
    return text


def _before(text: str, element: str, lines: Sequence[str]) -> bytes:
    """The part with more lines at the end of an element, in the prefix that it has."""
    end = re.search(rf"</(\w+:)?{element}>", text)
    if end is None:
        raise ValueError("the sheets are listed in a way that is not known")
    prefix = end[1] or ""
    own = "".join(line.replace("<", f"<{prefix}", 1) for line in lines)
    return f"{text[: end.start()]}{own}{text[end.start() :]}".encode()


def _unused(parts: Collection[str]) -> str:
    """Where the parts of the new sheets go: results of an earlier copy may be there."""
    place, number = "xl/worksheets/result", 0
    taken = {name.casefold() for name in parts}
    while any(name.startswith(f"{place}{number}_") for name in taken):
        number += 1
    return f"{place}{number}_"


def _free(wanted: str, taken: Collection[str]) -> str:
    name, number = wanted[:LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = f"{wanted[: LONGEST_NAME - len(end)]}{end}"
    return name
