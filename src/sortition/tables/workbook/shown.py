"""What is seen in a cell, or the doubt about it, from what is stored."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np
import pyarrow as pa

from sortition.errors import Finding
from sortition.tables.arrow import Ints, Texts, all_match, coded, is_blank, taken, texts, trimmed
from sortition.tables.numbers import number_text
from sortition.tables.workbook.outline import Look, Moment
from sortition.tables.workbook.sheet_xml import Cell

EXACT_IN_A_SPREADSHEET = 10**15  # longer numbers have lost their last digits already
DOUBTFUL_KINDS = {"e": "error-cell", "d": "date-cell"}
TEXT_KINDS = {"str", "inlineStr"}  # what is stored is what is seen
WHOLE = r"\A(?:0|[1-9][0-9]{0,14})\z"  # numbers that are seen as they are stored


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
        self._column = texts(strings).combine_chunks()
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

    def shared(self, numbers: Ints) -> Texts:
        """The shared strings of some numbers."""
        return pa.chunked_array([taken(self._column, numbers)])

    def alike(self, kind: str, style: int, stored: Texts) -> tuple[Texts, Mapping[int, str]]:
        """What is seen in many cells of one kind and style; those that are blank are formulas.

        Returns
        -------
        seen : chunked array of str
        doubts : mapping of int to str
            The code of a doubt, by the place of the cell.
        """
        if kind == "str" or (kind in TEXT_KINDS and not is_blank(stored).any()):
            return trimmed(stored), {}
        if kind == "n" and self._look(style).plain and all_match(stored, WHOLE):
            return stored, {}
        values, codes = coded(stored)
        read = [self.cell(kind, style, text, True) for text in values]
        doubts = [doubt for _, doubt in read]
        doubtful = np.flatnonzero(np.array(list(map(bool, doubts)), dtype=bool)[codes])
        seen = taken(texts([text for text, _ in read]), codes)
        return seen, {place: doubts[codes[place]] for place in doubtful.tolist()}

    def _number(self, text: str, look: Look) -> Cell:
        value = float(text) if set(text) & set(".eE") else int(text)
        if look.date:
            moment = self._moment(value, look)
            return ("#VALUE!", "error-cell") if moment is None else (date_text(moment), "date-cell")
        return number_text(value, percent=look.percent, digits=look.digits), doubt_of(value)


def rows_hidden(count: int) -> tuple[Finding, ...]:
    """That so many rows are read that a spreadsheet does not show, as behind a filter."""
    return (Finding(code="rows-hidden", facts={"count": count}),) if count else ()


def doubt_of(value: float) -> str:
    """The code of the doubt about a number; empty if there is none."""
    return "number-too-long" if abs(value) >= EXACT_IN_A_SPREADSHEET else ""


def date_text(moment: Moment) -> str:
    """A date or time as text, without a time that is midnight."""
    if isinstance(moment, datetime.datetime) and moment.time() == datetime.time():
        moment = moment.date()
    return str(moment)
