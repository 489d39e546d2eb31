"""What is seen in a cell, or the doubt about it, from what is stored."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from sortition.tables.workbook.outline import Look, Moment
from sortition.tables.workbook.sheet_xml import Cell

EXACT_IN_A_SPREADSHEET = 10**15  # longer numbers have lost their last digits already
DOUBTFUL_KINDS = {"e": "error-cell", "d": "date-cell"}
TEXT_KINDS = {"str", "inlineStr"}  # what is stored is what is seen


class Shown:
    """Turns what is stored into what is seen.

    Parameters
    ----------
    strings : sequence of str
        The shared strings, trimmed.
    look : callable
        How a style shows a number.
    moment : callable
        The date or time that a number stands for in a look; None if it is out of range.
    """

    def __init__(
        self,
        strings: Sequence[str],
        look: Callable[[int], Look],
        moment: Callable[[float, Look], Moment | None],
    ) -> None:
        self._strings = strings
        self._look = cache(look)
        self._moment = moment

    def cell(self, kind: str, style: int, text: str, formula: bool) -> Cell:
        """What is seen in one cell; see `sortition.tables.workbook.sheet_xml.CellReader`."""
        if not text:
            # a text that is empty is the result of a formula; no result at all is none yet
            return "", "formula-without-value" if formula and kind != "str" else ""
        match kind:
            case "s":
                return self._strings[int(text)], ""
            case "n":
                return self._number(text, self._look(style))
            case "b":
                return ("TRUE" if int(text) else "FALSE"), ""
            case _:
                return text.strip(), DOUBTFUL_KINDS.get(kind, "")

    def alike(
        self, kind: str, style: int, stored: Sequence[str]
    ) -> tuple[Sequence[str], Mapping[str, str]]:
        """What is seen in many cells of one kind and style, none of them a formula.

        Returns
        -------
        seen : sequence of str
            Perhaps with white space around it.
        doubts : mapping of str to str
            The code of a doubt, by what is stored.
        """
        if kind in TEXT_KINDS:
            return stored, {}
        if kind == "s":
            strings = self._strings
            return [strings[int(text)] if text else "" for text in stored], {}
        read = {text: self.cell(kind, style, text, False) for text in set(stored)}
        doubts = {text: doubt for text, (_, doubt) in read.items() if doubt}
        return [read[text][0] for text in stored], doubts

    def _number(self, text: str, look: Look) -> Cell:
        value = float(text) if set(text) & set(".eE") else int(text)
        if look.date:
            return self._date(value, look)
        doubt = "number-too-long" if abs(value) >= EXACT_IN_A_SPREADSHEET else ""
        return _number_text(value, look), doubt

    def _date(self, value: float, look: Look) -> Cell:
        moment = self._moment(value, look)
        if moment is None:
            return "#VALUE!", "error-cell"
        if isinstance(moment, datetime.datetime) and moment.time() == datetime.time():
            moment = moment.date()
        return str(moment), "date-cell"


def _number_text(value: float, look: Look) -> str:
    """A number with the 15 digits that a spreadsheet keeps, and the zeros or % that it shows."""
    if look.percent:
        return f"{value * 100:.15g}%"
    text = f"{value:.15g}"
    return text.zfill(look.digits) if text.isdigit() else text
