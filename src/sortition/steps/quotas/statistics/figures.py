"""Numbers of people as people write them: thousands with dots, spaces or commas, and decimals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from sortition.errors import Finding, InputErrors
from sortition.tables.numbers import THOUSANDS, in_digits, with_thousands
from sortition.tables.rows import Table

Figures: TypeAlias = dict[int, Fraction]

NONE_AT_ALL = {"-", "–"}  # how statistics write 0


def read_figures(
    table: Table, column: str, cells: Sequence[tuple[int, str]]
) -> tuple[Figures, tuple[Finding, ...]]:
    """The figures of a column by row number, and what was assumed to read them.

    All cells are read in the same way. Where both the Danish and the English way would do,
    the one that makes whole people is taken.

    Parameters
    ----------
    cells : sequence of (int, str)
        The row numbers and what stands there.

    Raises
    ------
    InputErrors
        With every cell that is not a number of people.
    """
    written = dict(cells)
    of_texts = {text: with_thousands("0" if text in NONE_AT_ALL else text) for _, text in cells}
    found = {row: of_texts[text] for row, text in cells}
    misfits = {name: [row for row, ways in found.items() if name not in ways] for name in THOUSANDS}
    fitting = [name for name in THOUSANDS if not misfits[name]]
    if not fitting:
        raise _unclear(table, column, written, min(misfits.values(), key=len))
    read = {name: {row: ways[name] for row, ways in found.items()} for name in fitting}
    if len(fitting) == 1:
        figures = read[fitting[0]]
        return figures, tuple(_fractions(table, column, written, figures))
    return _the_whole_ones(table, column, written, (read["danish"], read["english"]))


def _fractions(
    table: Table, column: str, written: Mapping[int, str], figures: Figures
) -> Iterator[Finding]:
    """People come whole, but tables of averages have parts of them."""
    broken = [row for row, people in figures.items() if people.denominator > 1]
    if broken:
        row = min(broken, key=lambda row: figures[row])  # which thousands are least likely to be
        facts: dict[str, str | int] = {"count": len(broken), "people": told(figures[row])}
        yield table.finding(
            code="statistics-fractions", row=row, column=column, value=written[row], facts=facts
        )


def told(people: Fraction) -> int | str:
    """A number of people as a fact of a finding, which parts the thousands of whole numbers."""
    return people.numerator if people.denominator == 1 else in_digits(people)


def _the_whole_ones(
    table: Table, column: str, written: Mapping[int, str], ways: tuple[Figures, Figures]
) -> tuple[Figures, tuple[Finding, ...]]:
    unlike = [row for row in written if ways[0][row] != ways[1][row]]
    if not unlike:
        return ways[0], ()
    whole = [way for way in ways if all(way[row].denominator == 1 for row in unlike)]
    if not whole:
        raise _unclear(table, column, written, unlike)
    row = unlike[0]
    facts: dict[str, str | int] = {"people": int(whole[0][row])}
    assumed = table.finding(
        code="statistics-thousands", row=row, column=column, value=written[row], facts=facts
    )
    return whole[0], (assumed,)


def _unclear(
    table: Table, column: str, written: Mapping[int, str], rows: Sequence[int]
) -> InputErrors:
    code = "statistics-figure-unclear"
    return InputErrors(
        tuple(table.finding(code=code, row=row, column=column, value=written[row]) for row in rows)
    )
