from __future__ import annotations

import pytest

from sortition.model import Pool, PoolMember


def members(*ids: str) -> tuple[PoolMember, ...]:
    return tuple(PoolMember(id=id, values=("f",)) for id in ids)


def test_members_are_sorted_by_code_points() -> None:
    pool = Pool(features=("sex",), members=members("b", "Ærø", "a", "B", "10", "9", "007"))
    assert [member.id for member in pool.members] == ["007", "10", "9", "B", "a", "b", "Ærø"]
    assert len(pool) == 7


def test_ids_that_differ_in_case_or_zeros_are_different_people() -> None:
    assert len(Pool(features=("sex",), members=members("a", "A", "7", "07"))) == 4


@pytest.mark.parametrize("ids", [("a", "a"), ("", "a"), ("a", "b", "a")])
def test_ids_that_are_empty_or_repeated(ids: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="ids are empty or occur twice"):
        Pool(features=("sex",), members=members(*ids))


def test_no_id_is_told() -> None:
    with pytest.raises(ValueError, match="1 ids") as caught:
        Pool(features=("sex",), members=members("secret", "secret"))
    assert "secret" not in str(caught.value)


def test_one_value_for_each_feature() -> None:
    with pytest.raises(ValueError, match="one value for each feature"):
        Pool(features=("sex", "age"), members=members("a"))


def test_features_are_different() -> None:
    # somebody who has a feature twice would count twice for its quotas
    with pytest.raises(ValueError, match="feature"):
        Pool(features=("sex", "sex"), members=(PoolMember(id="a", values=("f", "f")),))


def test_ids_that_look_the_same_are_the_same_id() -> None:
    # e-acute in one character and in two: one spelling in everything that is published
    with pytest.raises(ValueError, match="ids are empty or occur twice"):
        Pool(features=("sex",), members=members("Jos\u00e9", "Jose\u0301"))
