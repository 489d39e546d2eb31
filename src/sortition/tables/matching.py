"""Which value of the quotas a cell of the pool means, when it is not written like any of them.

For matching only: what is written out is never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from sortition.tables.labels import fold
from sortition.tables.numbers import read_written

YES = {"yes", "y", "true", "ja", "j", "sand", "sandt", "sant", "sann", "x", "1"}
NO = {"no", "n", "false", "nej", "nei", "falsk", "falskt", "usand", "usant", "usann", "0"}
SAID = {**dict.fromkeys(YES, "yes"), **dict.fromkeys(NO, "no")}
MARK = "x"


def meanings(cells: Collection[str], labels: Sequence[str]) -> dict[str, str]:
    """The label that each of the different cells of a column means; others are left out.

    A cell means a label if both fold alike; else if both are the same whole number, such as the
    municipality ``101`` that was ``0101`` before a spreadsheet took its zero; else, if the labels
    are a word for yes and one for no, by what the word says. A blank cell means no if all other
    cells are an ``x``, as in a list with ticks, and never else.
    """
    found = _by_key(cells, labels, fold)
    found |= _by_key(set(cells) - set(found), labels, _number)
    answers = _answers(labels)
    if answers:
        found |= _by_answer(set(cells) - set(found), answers)
        if {fold(cell) for cell in cells} == {MARK, ""}:
            found[""] = answers[False]
    return found


def _by_answer(cells: Collection[str], answers: Mapping[bool, str]) -> dict[str, str]:
    return {cell: answers[said] for cell in cells if (said := _says(cell)) is not None}


def _by_key(
    cells: Collection[str], labels: Sequence[str], key: Callable[[str], str | None]
) -> dict[str, str]:
    """The labels of cells that have the same key; a key that several labels have is none."""
    keys = [key(label) for label in labels]
    by_key = {k: label for k, label in zip(keys, labels, strict=True) if k and keys.count(k) == 1}
    return {cell: by_key[k] for cell in cells if (k := key(cell)) in by_key}


def _number(text: str) -> str | None:
    """The whole number in a text: 3, 03, 3.0 and 3,0 are one."""
    found = read_written(text)
    return None if found is None or found.people is None else str(found.people)


def _answers(labels: Sequence[str]) -> Mapping[bool, str]:
    """The labels for yes and for no, if they are one of each."""
    said = {answer: label for label in labels if (answer := _says(label)) is not None}
    return said if len(labels) == len(said) == 2 else {}


def _says(text: str) -> bool | None:
    word = fold(text)
    return word in YES if word in YES | NO else None
