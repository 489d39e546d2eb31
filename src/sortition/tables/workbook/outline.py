"""What a workbook says about its sheets and styles; the cells are read elsewhere."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

Moment = datetime.datetime | datetime.date | datetime.time | datetime.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a style shows a number.

    Attributes
    ----------
    date, duration, percent : bool
    digits : int
        How many digits there are at least, with leading zeros; 0 if it does not say.
    """

    date: bool
    duration: bool
    percent: bool
    digits: int

    @property
    def plain(self) -> bool:
        """Whether a number is seen as it is."""
        return not (self.date or self.duration or self.percent or self.digits)


class Outline:
    """Sheets and styles of a workbook, as openpyxl reads them.

    Parameters
    ----------
    data : bytes
        Of a workbook that was checked. What openpyxl meets in it, it raises.

    Attributes
    ----------
    parts : dict of str to str
        The part of the archive that holds each sheet, by the sheet's name, in their order.
    visible : list of str
        The names of the sheets that are not hidden.
    strings_part : str or None
        The part that holds the shared strings, if there are any.
    """

    def __init__(self, data: bytes) -> None:
        from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - slow to import
        from openpyxl.styles.stylesheet import apply_stylesheet  # noqa: PLC0415
        from openpyxl.xml.constants import SHARED_STRINGS  # noqa: PLC0415

        reader: Any = ExcelReader(BytesIO(data), read_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        sheets = [
            (sheet, related.target)
            for sheet, related in reader.parser.find_sheets()
            if "chartsheet" not in related.Type
        ]
        strings = reader.package.find(SHARED_STRINGS)
        self.parts: dict[str, str] = {sheet.name: target for sheet, target in sheets}
        self.visible: list[str] = [sheet.name for sheet, _ in sheets if sheet.state == "visible"]
        self.strings_part: str | None = strings and strings.PartName.lstrip("/")
        self._archive = reader.archive
        self._workbook = reader.wb

    def open(self, part: str) -> IO[bytes]:
        """A part of the archive, to be read from its beginning."""
        opened: IO[bytes] = self._archive.open(part)
        return opened

    def look(self, style: int) -> Look:
        """How cells of a style show a number."""
        from openpyxl.styles.numbers import (  # noqa: PLC0415
            BUILTIN_FORMATS,
            BUILTIN_FORMATS_MAX_SIZE,
        )

        workbook = self._workbook
        number = workbook._cell_styles[style].numFmtId
        if number < BUILTIN_FORMATS_MAX_SIZE:
            shown = BUILTIN_FORMATS.get(number, "General")
        else:
            shown = workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
        return Look(
            date=style in workbook._date_formats,
            duration=style in workbook._timedelta_formats,
            percent="%" in shown,
            digits=len(shown) if re.fullmatch("0+", shown) else 0,
        )

    def moment(self, number: float, look: Look) -> Moment | None:
        """The date or time that a number stands for; None if it is out of range."""
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415

        try:
            found: Moment = from_excel(number, self._workbook.epoch, timedelta=look.duration)
        except (OverflowError, ValueError):
            return None
        return found
