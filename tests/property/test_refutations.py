"""What the certificate says of all panels, against a list of all panels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sortition.audit.certificate.panels import (
    check_alike,
    check_cuts,
    check_excluded,
    with_excluded,
)
from sortition.audit.certificate.proof import Certificate
from sortition.audit.certificate.refutation import Case, refuted
from sortition.audit.lottery.file import PublishedLottery, read_lottery
from sortition.core.feasibility.refutation import Refuter
from sortition.core.progress import Silent
from sortition.model import InfeasibleQuotas, Instance
from sortition.selection.preparation import Rules, prepare
from tests.budgets import examples
from tests.making import all_panels
from tests.property.instances import (
    about_nobody,
    about_one_group,
    about_their_share,
    in_few_homes,
    with_exact_numbers,
)

INSTANCES = (
    about_their_share()
    | about_their_share()
    | about_one_group()
    | with_exact_numbers()
    | about_nobody()
    | in_few_homes()
)


def prepared(problem: Instance) -> tuple[PublishedLottery, Certificate] | None:
    try:
        made = prepare(problem, Rules(tickets=100), Silent())
    except InfeasibleQuotas:
        return None
    return read_lottery(made.document, "lottery.json"), made.certificate


def counts(certificate: Certificate, panel: Sequence[str]) -> list[int]:
    """People per group and then per exclusion."""
    groups = [*certificate.groups, *(one.people for one in certificate.excluded)]
    return [len(set(people).intersection(panel)) for people in groups]


def test_what_is_said_of_all_panels_is_proven_and_true() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=examples(37))
    @given(INSTANCES)
    def agrees(problem: Instance) -> None:
        made = prepared(problem)
        if made is None:
            return
        lottery, certificate = made
        assert [*check_excluded(lottery, certificate), *check_cuts(certificate)] == []
        assert list(check_alike(lottery, certificate)) == []
        panels = [counts(certificate, panel) for panel in all_panels(problem)]
        possible = len(certificate.groups)
        assert all(sum(panel[possible:]) == 0 for panel in panels)
        for row in certificate.rows:
            if row.lower is None:
                held = (sum(c * panel[g] for g, c in row.coefficients.items()) for panel in panels)
                assert max(held) <= row.upper
        seen["excluded"] += bool(certificate.excluded)
        seen["cut"] += bool(certificate.cuts)

    agrees()
    assert min(seen["excluded"], seen["cut"]) >= 1  # or the examples would show nothing


@settings(max_examples=examples(25))
@given(data=st.data(), problem=INSTANCES)
def test_no_refutation_is_false(data: st.DataObject, problem: Instance) -> None:
    """Neither of somebody who is on a panel, nor one that somebody makes up."""
    made = prepared(problem)
    assume(made is not None)
    assert made is not None
    certificate = made[1]
    rows, sizes = with_excluded(certificate)
    panel = counts(certificate, data.draw(st.sampled_from(all_panels(problem))))
    lowest = [data.draw(st.integers(0, seats)) for seats in panel]
    highest = [data.draw(st.integers(n, size)) for n, size in zip(panel, sizes, strict=True)]
    assert Refuter(rows, len(sizes), solver="highs").refute(lowest, highest) == ()
    branch = st.tuples(st.integers(0, len(sizes) - 1), st.integers(-1, 4))
    multipliers = st.dictionaries(st.integers(0, len(rows)), st.integers(-9, 9), max_size=6)
    cases = st.builds(Case, branch=st.none() | branch, multipliers=multipliers)
    made_up = data.draw(st.lists(cases, max_size=9))
    assert not refuted(made_up, rows, lowest, highest)
