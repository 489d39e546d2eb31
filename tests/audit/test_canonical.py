from __future__ import annotations

from fractions import Fraction
from typing import cast

import numpy as np
import pytest

from sortition.audit.canonical import Json, canonical_json, digest


@pytest.mark.parametrize(
    ("document", "written"),
    [
        ({"b": 1, "a": [2, "x"]}, '{"a":[2,"x"],"b":1}'),
        ({"Å": 1, "a": 2, "Z": 3}, '{"Z":3,"a":2,"Å":1}'),
        ("A\u030a", '"\u00c5"'),
        ({"A\u030a": "e\u0301"}, '{"\u00c5":"\u00e9"}'),
        ('"\\/\n\t', '"\\"\\\\/\\n\\t"'),
        (["007", 7, -1, 2**80], '["007",7,-1,1208925819614629174706176]'),
        ((), "[]"),
        ({}, "{}"),
        ("😀", '"😀"'),
    ],
)
def test_one_spelling(document: Json, written: str) -> None:
    assert canonical_json(document) == written.encode()


@pytest.mark.parametrize(
    "alien",
    [0.5, 1.0, float("nan"), True, False, None, Fraction(1, 2), b"x", {1, 2}, np.int64(3)],
)
def test_integers_and_strings_only(alien: object) -> None:
    for document in (alien, [alien], {"a": alien}, {"a": [{"b": alien}]}):
        with pytest.raises(TypeError, match="canonical JSON holds no"):
            canonical_json(cast("Json", document))


@pytest.mark.parametrize("key", [1, None, True])
def test_keys_are_strings(key: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(cast("Json", {key: 1}))


def test_keys_that_become_one_are_not_swallowed() -> None:
    with pytest.raises(ValueError, match="key"):
        canonical_json({"\u00e9": 1, "e\u0301": 2})


def test_digest() -> None:
    # the first example of the standard for SHA-256
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
