"""What the certificate says of all panels: who is on none, what none goes beyond, who are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from sortition.audit.certificate.proof import DENOMINATOR, Certificate, Exclusion
from sortition.audit.certificate.refutation import refuted
from sortition.audit.certificate.rows import CertifiedRow, widened
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.run import CERTIFICATE
from sortition.errors import Finding

ALIKE = 1e-6  # by how much the chances of people who are alike may differ


def check_excluded(lottery: PublishedLottery, certificate: Certificate) -> Iterator[Finding]:
    """Everybody who is said to be on no panel counts for the rows that exclude her."""
    first = 1 + len(lottery.quotas)
    counted: dict[str, set[int]] = defaultdict(set)
    for number, quota in enumerate(lottery.quotas, start=1):
        for id in quota.members:
            counted[id].add(number)
    rows, sizes = with_excluded(certificate)
    for number, one in enumerate(certificate.excluded, start=len(certificate.groups)):
        stated = [row for row in one.rows if row < first]
        homes = [row for row in one.rows if row >= first]
        wrong = [id for id in one.people if sorted({0, *counted[id]}) != stated]
        if wrong or not one.people or len(homes) > 1 or any(row >= len(rows) for row in homes):
            yield _of_people("verify-excluded-rows", one)
        lowest = [0] * len(sizes)
        lowest[number] = 1
        if not refuted(one.cases, rows, lowest, sizes):
            yield _of_people("verify-excluded", one)
        sizes[number] = 0


def with_excluded(certificate: Certificate) -> tuple[list[CertifiedRow], list[int]]:
    """The rows without cuts, and sizes, of the groups and after them of who is on no panel."""
    out = certificate.excluded
    rows = widened(certificate.bounds, len(certificate.groups), [one.rows for one in out])
    return rows, [*map(len, certificate.groups), *(len(one.people) for one in out)]


def check_cuts(certificate: Certificate) -> Iterator[Finding]:
    """No panel is beyond a cut, given the rows and the cuts before it."""
    sizes = list(map(len, certificate.groups))
    first = len(certificate.rows) - certificate.cuts
    for number, cases in enumerate(certificate.cut_cases):
        cut = certificate.rows[first + number]
        known = [*certificate.rows[: first + number], beyond(cut, sizes)]
        if not refuted(cases, known, [0] * len(sizes), sizes):
            place = {"place": f"cuts[{number}]"}
            yield Finding(code="verify-cut", file=CERTIFICATE, facts=place)


def beyond(cut: CertifiedRow, sizes: Sequence[int]) -> CertifiedRow:
    """The row of the panels that a cut would cut off."""
    highest = sum(max(0, count) * sizes[group] for group, count in cut.coefficients.items())
    return replace(cut, lower=cut.upper + 1, upper=max(highest, cut.upper + 1))


def check_alike(lottery: PublishedLottery, certificate: Certificate) -> Iterator[Finding]:
    """People who count for the same quotas and live in like households have the same chance.

    No solver is needed to see it: whoever is preferred to somebody like her is found, even where
    the objective leaves room for it.
    """
    first = 1 + len(lottery.quotas)
    rows, sizes = with_excluded(certificate)
    quotas: list[list[int]] = [[] for _ in certificate.groups]
    for number, row in enumerate(certificate.bounds[1:first], start=1):
        for group in row.coefficients:
            quotas[group].append(number)
    kinds = [tuple(of) for of in quotas]
    kinds += [tuple(row for row in one.rows if 0 < row < first) for one in certificate.excluded]
    homes: dict[int, tuple[object, ...]] = {}
    for row in rows[first:]:
        # a row can be that of several households, whose people and bound grow alike
        make = sorted((kinds[g], Fraction(sizes[g], max(1, row.upper))) for g in row.coefficients)
        homes.update(dict.fromkeys(row.coefficients, tuple(make)))
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for group in range(len(certificate.groups)):
        alike[kinds[group], homes.get(group)].append(group)
    for groups in alike.values():
        reached = [certificate.reached[group] for group in groups]
        if max(reached) - min(reached) > ALIKE * DENOMINATOR:
            highest = groups[reached.index(max(reached))]
            facts = {"chance": f"{max(reached) / DENOMINATOR:.4f}"}
            facts["other"] = f"{min(reached) / DENOMINATOR:.4f}"
            value = certificate.groups[highest][0]
            yield Finding(code="verify-alike", file=CERTIFICATE, value=value, facts=facts)


def _of_people(code: str, one: Exclusion) -> Finding:
    value = one.people[0] if one.people else ""
    facts = {"count": len(one.people)}
    return Finding(code=code, file=CERTIFICATE, value=value, facts=facts)
