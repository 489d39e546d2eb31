"""Quotas and strata that a step writes are what the next step reads, whatever they are called."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.instance.quotas.reading import read_quota_sheet
from sortition.model import Quota
from sortition.steps.check.relaxed import relaxed_csv
from sortition.steps.funnel.end_to_end import StratumChances
from sortition.steps.funnel.lists import participation_csv, response_rates_csv
from sortition.steps.plan.response_rates import Known, read_response_rates
from sortition.tables.labels import fold
from sortition.tables.rows import Table
from sortition.tables.unreadable import MOJIBAKE
from tests.budgets import examples

SIGNS = st.sampled_from(list("'=+-@\t\n ,;\"#&%0129:æøÅ –\u00a0\u2028"))
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
TEXT = st.text(st.one_of(SIGNS, LETTERS), max_size=4)


def _fine(text: str) -> bool:
    return text == text.strip() and not MOJIBAKE.search(text) and not text.startswith("#")


# a letter in the midst, so that it is neither a date nor a number
NAMES = st.builds("{}{}{}".format, TEXT, st.sampled_from("bø漢"), TEXT).filter(_fine)
DIFFERENT = st.lists(NAMES, min_size=2, max_size=4, unique_by=fold)
DELIMITERS = [",", ";", "\t"]


@pytest.mark.parametrize("delimiter", DELIMITERS)
@settings(max_examples=examples(10), deadline=None)
@given(feature=NAMES, values=DIFFERENT)
def test_relaxed_quotas(
    tmp_path_factory: pytest.TempPathFactory, delimiter: str, feature: str, values: list[str]
) -> None:
    before = [Quota(feature=feature, value=value, lower=1, upper=2) for value in values]
    after = replace(before[0], lower=0)
    path = tmp_path_factory.mktemp("quotas") / "relaxed.csv"
    path.write_bytes(relaxed_csv(before, [after], delimiter=delimiter))
    assert set(read_quota_sheet(path, 4, None).quotas.rows) == {after, *before[1:]}


@pytest.mark.parametrize("delimiter", DELIMITERS)
@settings(max_examples=examples(10), deadline=None)
@given(feature=NAMES, values=DIFFERENT)
def test_strata_of_a_funnel(
    tmp_path_factory: pytest.TempPathFactory, delimiter: str, feature: str, values: list[str]
) -> None:
    like = replace(Table.of_rows(("id",), ()), delimiter=delimiter, encoding="utf-8")
    known = {feature: Known(values=tuple(values), others=False)}
    counts: dict[tuple[str, ...], int] = {(value,): place + 5 for place, value in enumerate(values)}
    one = StratumChances(people=9, invited=5, came=5, letter=0.5, answering=0.5, pool=None)
    chances = dict.fromkeys(counts, one)
    path = tmp_path_factory.mktemp("strata") / "rates.csv"
    path.write_bytes(response_rates_csv((feature,), {}, counts, counts, like=like))
    read = read_response_rates(path, known).responses.strata
    assert {one.values: one.invited for one in read} == counts
    path.write_bytes(participation_csv((feature,), chances, like=like))
    read = read_response_rates(path, known).responses.strata
    assert {one.values: one.rate for one in read} == dict.fromkeys(counts, Fraction(1, 4))
