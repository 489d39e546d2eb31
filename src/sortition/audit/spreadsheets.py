"""Cells that a spreadsheet would take for formulas: how lists have them, and how they came.

A spreadsheet that opens a CSV file computes a cell which begins with one of these signs. So every
list is written with an apostrophe before such a cell, and read without it. A plus sign before
six digits and more, as telephone numbers have it, computes nothing and stays as it is.
"""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
APOSTROPHE = "'"
TELEPHONE = re.compile(r"\+[0-9](?: ?[0-9]){5,}")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute the cell."""
    return cell.startswith(FORMULA_STARTS)


def neutral(cell: str) -> str:
    """The cell as a CSV file has it: text for a spreadsheet too.

    One that begins with apostrophes before such a sign gets one more, so that none is lost.
    """
    if not is_formula(cell.lstrip(APOSTROPHE)) or TELEPHONE.fullmatch(cell):
        return cell
    return f"{APOSTROPHE}{cell}"


def as_it_came(cell: str) -> str:
    """The cell of a CSV file of this package, as it was before `neutral`."""
    return cell.removeprefix(APOSTROPHE) if is_formula(cell.lstrip(APOSTROPHE)) else cell
