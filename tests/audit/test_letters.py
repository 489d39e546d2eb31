"""Which letters are known does not depend on the Unicode that this Python has."""

from __future__ import annotations

import sys
from unicodedata import category, unidata_version

import pytest

from sortition.audit.letters import ENDS, is_known, unknown_letters


def test_the_table_covers_all_of_unicode() -> None:
    assert ENDS[-1] == sys.maxunicode + 1


@pytest.mark.parametrize("letter", ["a", "Å", "\u0323", "—", "🎲", "\U0001fae0", "\ue000"])
def test_letters_that_are_known(letter: str) -> None:
    assert is_known(letter)


@pytest.mark.parametrize("letter", ["\u0378", "\u0897", "\U0001fae8", "\U00016122", "\uffff"])
def test_letters_that_came_later_or_never(letter: str) -> None:
    assert unknown_letters(f"R{letter}d".encode()) == (letter,)


@pytest.mark.skipif(unidata_version != "14.0.0", reason="this Python has another Unicode")
def test_the_table_is_that_of_unicode_14() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        assert is_known(letter) == (category(letter) != "Cn"), hex(code)
