from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sortition.steps.invite.codes import ALPHABET, BASE, CODES, LENGTH, code_of, codes_for

KEY = bytes(range(32))


def is_code(text: str) -> bool:
    """Whether a text is a code without a slip of the pen."""
    if len(text) != LENGTH or any(letter not in ALPHABET for letter in text):
        return False
    digits = map(ALPHABET.index, text)
    return sum(weight * digit for weight, digit in enumerate(digits, start=1)) % BASE == 0


def test_the_alphabet_has_no_letters_that_look_alike() -> None:
    assert len(set(ALPHABET)) == BASE == 29
    assert not set("01ILOUV") & set(ALPHABET)


@given(st.integers(0, CODES - 1))
def test_every_slip_is_noticed(number: int) -> None:
    code = code_of(number)
    assert is_code(code)
    for place in range(len(code)):
        for letter in set(ALPHABET) - {code[place]}:
            assert not is_code(code[:place] + letter + code[place + 1 :])
    for place, (one, two) in enumerate(pairwise(code)):
        if one != two:
            assert not is_code(code[:place] + two + one + code[place + 2 :])


def test_what_is_no_code() -> None:
    assert not is_code("")
    assert not is_code("0" * 8)
    assert not is_code(code_of(5) + "2")


def test_codes_differ_and_a_key_makes_them_again() -> None:
    ids = [f"P{number}" for number in range(3_000)]
    codes = codes_for(ids, key=KEY, domain="invite/1")
    assert len(set(codes.values())) == len(ids)
    assert all(map(is_code, codes.values()))
    assert codes == codes_for(reversed(ids), key=KEY, domain="invite/1")
    assert not set(codes.values()) & set(codes_for(ids, key=KEY, domain="invite/2").values())
    assert codes_for(ids, key=bytes(32), domain="invite/1") != codes


def test_without_a_key_nobody_can_make_them_again() -> None:
    ids = [f"P{number}" for number in range(50)]
    assert codes_for(ids, key=None, domain="d") != codes_for(ids, key=None, domain="d")


def test_a_series_has_codes_of_its_own() -> None:
    """With one secret and the same ids, none of them is a code of another list."""
    ids = [str(number) for number in range(300)]
    named = codes_for(ids, key=KEY, domain="invite/1", series="F")
    assert all(code[0] == "F" and is_code(code) for code in named.values())
    assert len(set(named.values())) == 300
    assert named == codes_for(ids, key=KEY, domain="invite/1", series="F")
    assert not set(named.values()) & set(codes_for(ids, key=KEY, domain="invite/1").values())
