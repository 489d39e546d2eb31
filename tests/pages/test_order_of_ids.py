"""Ids stand as people look for them."""

from __future__ import annotations

from sortition.pages.template import naturally


def test_numbers_as_people_count() -> None:
    assert naturally(["103", "9", "11", "A2", "A10"]) == ["9", "11", "103", "A2", "A10"]
    assert naturally(["010", "002"]) == ["002", "010"]


def test_tokens_by_their_letters() -> None:
    assert naturally(["2fa8", "18b9", "b110", "b09a"]) == ["18b9", "2fa8", "b09a", "b110"]
