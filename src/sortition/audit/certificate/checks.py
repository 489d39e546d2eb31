"""What the certificate claims: its rows are those of the lottery, and no lottery is fairer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sortition.audit.certificate.file import StatedCertificate
from sortition.audit.certificate.proof import DENOMINATOR, Certificate, CertifiedProof
from sortition.audit.certificate.rows import CertifiedRow
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.run import CERTIFICATE, LOTTERY, MANIFEST
from sortition.errors import Finding
from sortition.model.packed import packed

HOUSEHOLD = "household"
ROUNDING = 1e-9  # of a chance, for each person
LARGEST_GAP = 1e-6
LEVELLED = ("leximin", "population")


def check_groups(lottery: PublishedLottery, certificate: Certificate) -> Iterator[Finding]:
    """The groups and the impossible people are exactly the people, who are drawn or not."""
    named = [*certificate.impossible, *(id for group in certificate.groups for id in group)]
    counts, people = Counter(named), Counter(lottery.people)
    missing, extra = people - counts, counts - people
    if missing or extra:
        facts = {"missing": missing.total(), "extra": extra.total()}
        yield Finding(code="verify-groups", file=CERTIFICATE, facts=facts)
    drawn = {id for panel in lottery.panels for id in panel.members}
    for id in sorted(drawn.intersection(certificate.impossible)):
        yield Finding(code="verify-impossible", file=CERTIFICATE, value=id)


def check_rows(lottery: PublishedLottery, certificate: Certificate) -> Iterator[Finding]:
    """The rows are the panel size, then the quotas of the lottery; the others are households."""
    size, possible = lottery.panel_size, set(lottery.people).difference(certificate.impossible)
    stated = [("panel size", size, size, possible)]
    stated += [
        (f"{q.category}: {q.value}", q.lower, q.upper, possible.intersection(q.members))
        for q in lottery.quotas
    ]
    rows = certificate.bounds
    if len(rows) < len(stated):
        facts = {"count": len(rows), "needed": len(stated)}
        yield Finding(code="verify-rows", file=CERTIFICATE, facts=facts)
    for number, (row, (name, lower, upper, members)) in enumerate(zip(rows, stated, strict=False)):
        if (row.name, row.lower, row.upper) != (name, lower, upper):
            yield _of_row("verify-row", number, row, needed=f"{name}, {lower} to {upper}")
        held = {id for group in row.coefficients for id in certificate.groups[group]}
        if held != members or not _are_ones(row):
            yield _of_row("verify-row-people", number, row)
    for number, row in enumerate(rows[len(stated) :], start=len(stated)):
        if row.name != HOUSEHOLD or row.lower != 0 or not _are_ones(row):
            yield _of_row("verify-row", number, row, needed=HOUSEHOLD)


def check_kept(lottery: PublishedLottery, certificate: Certificate) -> Iterator[Finding]:
    """Every panel of the lottery keeps every row and cut."""
    entries: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(certificate.rows):
        for group, coefficient in row.coefficients.items():
            for id in certificate.groups[group]:
                entries[id].append((number, coefficient))
    for place, panel in enumerate(lottery.panels):
        sums = [0] * len(certificate.rows)
        for id in panel.members:
            for number, coefficient in entries.get(id, ()):
                sums[number] += coefficient
        for number, (row, seats) in enumerate(zip(certificate.rows, sums, strict=True)):
            if seats > row.upper or (row.lower is not None and seats < row.lower):
                yield _of_row(
                    "verify-row-broken", number, row, panel=f"panels[{place}]", seats=seats
                )


def check_households(
    lottery: PublishedLottery, certificate: Certificate, manifest: Any
) -> Iterator[Finding]:
    """No panel holds more people of one household than the manifest allows.

    Alike households share a row, with so many people of each group per household; the groups list
    their people household by household.
    """
    rule, limit = manifest["options"]["household"], manifest["options"]["household_limit"]
    first = 1 + len(lottery.quotas)
    rows = certificate.bounds[first:]
    meant = (limit is not None and limit >= 1) if rule else limit is None
    if not meant or (rows and not rule):
        yield Finding(code="verify-household-rule", file=MANIFEST)
        return
    left_out = Counter(row for one in certificate.excluded for row in one.rows for _ in one.people)
    for number, row in enumerate(rows, start=first):
        people = sum(len(certificate.groups[group]) for group in row.coefficients)
        # a household with room for all of it tells people apart for nothing
        binds = people + left_out[number] > row.upper
        if not _makes_households(row, certificate, limit) or not binds:
            yield _of_row("verify-household-row", number, row, limit=limit)
    household_of = households_of(lottery, certificate, limit)
    for place, panel in enumerate(lottery.panels):
        counts = Counter(household_of[id] for id in panel.members if id in household_of)
        if any(count > limit for count in counts.values()):
            facts: dict[str, str | int] = {"panel": f"panels[{place}]", "limit": limit}
            yield Finding(code="verify-household", file=CERTIFICATE, facts=facts)


def households_of(
    lottery: PublishedLottery, certificate: Certificate, limit: int
) -> dict[str, tuple[int, int]]:
    """The households that the rule limits: a row and a place in it, by id."""
    homes: dict[str, tuple[int, int]] = {}
    first = 1 + len(lottery.quotas)
    for number, row in enumerate(certificate.rows[first:]):
        if row.lower is None or not _makes_households(row, certificate, limit):
            continue
        people_of = [certificate.groups[group] for group in row.coefficients]
        people_of += [one.people for one in certificate.excluded if first + number in one.rows]
        for people in people_of:
            mates = max(1, len(people) // (row.upper // limit))
            homes.update({id: (number, n // mates) for n, id in enumerate(people)})
    return homes


def _makes_households(row: CertifiedRow, certificate: Certificate, limit: int) -> bool:
    """Whether the groups of a row can be as many households as its bound says."""
    households, rest = divmod(row.upper, limit)
    sizes = [len(certificate.groups[group]) for group in row.coefficients]
    return not rest and households >= 1 and not any(size % households for size in sizes)


def check_packed(lottery: PublishedLottery, certificate: Certificate) -> Iterator[Finding]:
    """Nobody is on tickets with somebody far more often than the others who are like her.

    Who lives with others is left aside: a household limit makes her unlike everybody else.
    """
    homes = certificate.bounds[1 + len(lottery.quotas) :]
    at_home = {group for row in homes for group in row.coefficients}
    alike = [people for group, people in enumerate(certificate.groups) if group not in at_home]
    for pair in packed(lottery.ticketed, alike):
        facts: dict[str, str | int] = {
            "other": pair.other,
            "shared": pair.shared,
            "expected": f"{pair.expected:.1f}",
        }
        yield Finding(code="verify-packed", file=LOTTERY, value=pair.one, facts=facts)


def check_reached(certificate: Certificate) -> Iterator[Finding]:
    """The chances that are stated could be those of a lottery: they keep every row and cut."""
    totals = [
        len(group) * reached
        for group, reached in zip(certificate.groups, certificate.reached, strict=True)
    ]
    tolerance = ROUNDING * certificate.people * DENOMINATOR
    if abs(sum(totals) - certificate.panel_size * DENOMINATOR) > tolerance:
        size = {"needed": certificate.panel_size}
        yield Finding(code="verify-reached-sum", file=CERTIFICATE, facts=size)
    for number, reached in enumerate(certificate.reached):
        if not 0 <= reached <= DENOMINATOR:
            facts = {"place": f"reached[{number}]"}
            yield Finding(code="verify-reached", file=CERTIFICATE, facts=facts)
    for number, row in enumerate(certificate.rows):
        total = sum(coefficient * totals[group] for group, coefficient in row.coefficients.items())
        lower = total if row.lower is None else row.lower * DENOMINATOR
        upper = row.upper * DENOMINATOR
        if not lower - tolerance <= total <= upper + tolerance:
            yield _of_row("verify-reached-row", number, row)


def check_bounds(stated: StatedCertificate) -> Iterator[Finding]:
    """The bound of each proof, computed again in whole numbers, is the one that is stated."""
    pairs = zip(stated.certificate.proofs, stated.bounds, strict=True)
    for number, (proof, bound) in enumerate(pairs):
        try:
            computed = stated.certificate.bound(proof)
        except ValueError:
            yield _of_proof("verify-proof", number)
            continue
        if computed != bound:
            yield _of_proof("verify-bound", number, value=str(bound), computed=computed)


def check_gaps(certificate: Certificate, manifest: Any) -> Iterator[Finding]:
    """The lottery reaches what each proof says that none can better, if the run is complete."""
    for number, proof in enumerate(certificate.proofs):
        try:
            gap = abs(certificate.proven(proof) - certificate.attained(proof))
        except (ArithmeticError, ValueError):
            yield _of_proof("verify-proof", number)
            continue
        if manifest["complete"] and not gap <= LARGEST_GAP:
            yield _of_proof("verify-gap", number, value=f"{gap:.3g}")


def check_levels(certificate: Certificate, manifest: Any) -> Iterator[Finding]:
    """Each proof goes on from what those before it have settled, and the last settles the rest.

    A proof settles groups with a positive weight, at the lowest chance of all that it is about.
    """
    settled: frozenset[int] = frozenset()
    last = len(certificate.proofs) - 1
    everybody = frozenset(range(len(certificate.groups)))
    for number, proof in enumerate(certificate.proofs):
        after = certificate.proofs[number + 1].settled if number < last else everybody
        fresh = after - settled
        weighed = number == last or all(proof.weights[group] > 0 for group in fresh)
        if proof.settled != settled or not fresh or not after > settled or not weighed:
            yield _of_proof("verify-settled", number)
        elif manifest["complete"] and certificate.objective in LEVELLED:
            yield from _uneven(certificate, proof, number, fresh)
        settled = after
    if last > 0 and certificate.objective not in LEVELLED:
        yield _of_proof("verify-settled", last)


def _uneven(
    certificate: Certificate, proof: CertifiedProof, number: int, fresh: frozenset[int]
) -> Iterator[Finding]:
    groups = range(len(certificate.groups))
    lowest = min(certificate.level(group) for group in groups if group not in proof.settled)
    highest = max(certificate.level(group) for group in fresh)
    if highest - lowest > LARGEST_GAP:
        yield _of_proof("verify-level", number)


def _are_ones(row: CertifiedRow) -> bool:
    return all(coefficient == 1 for coefficient in row.coefficients.values())


def _of_row(code: str, number: int, row: CertifiedRow, **facts: str | int) -> Finding:
    facts = {"place": f"row {number + 1}", **facts}
    return Finding(code=code, file=CERTIFICATE, value=row.name, facts=facts)


def _of_proof(code: str, number: int, *, value: str = "", **facts: str | int) -> Finding:
    facts = {"place": f"proofs[{number}]", **facts}
    return Finding(code=code, file=CERTIFICATE, value=value, facts=facts)
