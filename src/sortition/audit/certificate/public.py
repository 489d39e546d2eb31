"""The proof as everybody may see it: `sortition-public-certificate/1`.

The sealed certificate says which group is in which row, and that is who has which values. In public
each sum is one number: multipliers beside the names of their quotas would tell, level by level, who
has which values. Anybody can still add the sums and compare what is proven with the chances, and
the chances with the tickets. Whoever has the sealed certificate computes the sums themselves, and
so this document.

All figures are whole numbers over the denominator of the certificate. For population there are the
``shares`` of the aims that people reach, like the chances: without saying who. Of each proof there
are

``quotas``
    what the panel size and the quotas contribute to the bound;
``others``
    what the rows of households and the cuts contribute to the bound;
``people``
    the sum over groups of ``max(0, weight - counterweight - price)``;
``bound``
    the sum of all three;
``weight``, ``counterweight``
    the sums over the groups that are not settled yet; for population each weight counts times the
    aim;
``settled``
    how many people earlier proofs have settled, and the sum over them of
    ``(weight - counterweight) x chance``;
``mean``
    for nash, the geometric mean over people of ``weight / size``; 0 for the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from math import exp, floor, fsum, log, sqrt
from typing import Any

from sortition.audit.canonical import Json, digest
from sortition.audit.certificate.file import OBJECTIVES
from sortition.audit.certificate.proof import DENOMINATOR, Certificate, CertifiedProof
from sortition.audit.documents import Shape
from sortition.audit.lottery.checks import FEWEST_TICKETS
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import PUBLIC_CERTIFICATE
from sortition.audit.shapes.run import LOTTERY
from sortition.errors import Finding

SCHEMA = "sortition-public-certificate/1"
LARGEST_GAP = 1e-6
MOST_TICKETS_OFF = 3  # that anybody may have too many or too few
TOLD = DENOMINATOR // 10**9  # to so much a chance is rounded in public
SHAPE: dict[str, Shape] = {
    "chances": [[int, int]],
    "complete": ("yes", "no"),
    "cuts": int,
    "denominator": int,
    "gamma": [int, int],
    "household_rows": int,
    "impossible": int,
    "k": int,
    "largest_deviation": int,
    "objective": OBJECTIVES,
    "proofs": [
        {
            "bound": int,
            "counterweight": int,
            "mean": int,
            "others": int,
            "people": int,
            "quotas": int,
            "settled": {"people": int, "sum": [int, int]},
            "weight": int,
        }
    ],
    "rows": [{"lower": int, "name": str, "upper": int}],
    "schema": SCHEMA,
    "sealed": str,
    "shares": [[int, int]],
}


def public_certificate(
    certificate: Certificate, sealed: bytes, *, quotas: int, largest_deviation: int, complete: bool
) -> dict[str, Json]:
    """The public form of a certificate.

    Parameters
    ----------
    certificate : Certificate
    sealed : bytes
        Its file.
    quotas : int
        How many quotas there are; their rows follow that of the panel size.
    largest_deviation : int
        See `largest_deviation`.
    complete : bool
        Whether the optimum was reached.
    """
    sizes = list(map(len, certificate.groups))
    reached = [rounded(chance) for chance in certificate.reached]
    chances = [(0, len(certificate.impossible)), *zip(reached, sizes, strict=True)]
    shares = [(floor(certificate.level(g) * DENOMINATOR), n) for g, n in enumerate(sizes)]
    known = certificate.rows[: 1 + quotas]
    return {
        "chances": _told(chances),
        "complete": "yes" if complete else "no",
        "cuts": certificate.cuts,
        "denominator": DENOMINATOR,
        "gamma": [certificate.gamma.numerator, certificate.gamma.denominator],
        "household_rows": len(certificate.rows) - len(known) - certificate.cuts,
        "impossible": len(certificate.impossible),
        "k": certificate.panel_size,
        "largest_deviation": largest_deviation,
        "objective": certificate.objective,
        "proofs": [_summed(certificate, proof, len(known)) for proof in certificate.proofs],
        "rows": [{"lower": row.lower or 0, "name": row.name, "upper": row.upper} for row in known],
        "schema": SCHEMA,
        "sealed": digest(sealed),
        "shares": _told(shares) if certificate.aims else [],
    }


def rounded(chance: int) -> int:
    """A chance as the public may see it: what a solver left behind tells no two people apart."""
    return (chance + TOLD // 2) // TOLD * TOLD


def is_told(chance: int) -> bool:
    """Whether this is a chance as the public may see it."""
    return 0 <= chance <= DENOMINATOR and rounded(chance) == chance


def _told(figures: list[tuple[int, int]]) -> list[Json]:
    """How many people have each figure, from the lowest."""
    told = [
        [figure, sum(people for _, people in alike)]
        for figure, alike in groupby(sorted(figures), key=lambda pair: pair[0])
    ]
    return [[figure, people] for figure, people in told if people]


def alike(one: Any, other: Any) -> bool:
    """Whether two of these documents say the same.

    Another machine may compute the geometric mean of nash to another last digit.
    """
    proofs = [document.get("proofs", ()) for document in (one, other)]
    means = [[proof["mean"] for proof in of_one] for of_one in proofs]
    close = len(means[0]) == len(means[1]) and all(
        abs(mean - second) <= mean // 10**9 for mean, second in zip(*means, strict=True)
    )
    same = [
        {**document, "proofs": [{**proof, "mean": 0} for proof in of_one]}
        for document, of_one in zip((one, other), proofs, strict=True)
    ]
    return close and same[0] == same[1]


def largest_deviation(certificate: Certificate, lottery: PublishedLottery) -> int:
    """The largest distance of somebody's share of the tickets from her public chance."""
    held = dict.fromkeys(lottery.people, 0)
    for panel in lottery.panels:
        for id in panel.members:
            held[id] += panel.weight
    count = lottery.ticket_count
    chances = dict.fromkeys(certificate.impossible, 0)
    for group, reached in zip(certificate.groups, certificate.reached, strict=True):
        chances.update(dict.fromkeys(group, rounded(reached)))
    largest = max(abs(held[id] * DENOMINATOR - chances[id] * count) for id in held)
    return -(-largest // count)


def check_deviation(certificate: Certificate, lottery: PublishedLottery) -> Iterator[Finding]:
    """Nobody has many more tickets, or many fewer, than her chance is worth."""
    count = lottery.ticket_count
    if count >= FEWEST_TICKETS:
        off = largest_deviation(certificate, lottery) * count
        if off > MOST_TICKETS_OFF * DENOMINATOR:
            facts = {"most": MOST_TICKETS_OFF}
            value = f"{off / DENOMINATOR:.1f}"
            yield Finding(code="verify-tickets-off", file=LOTTERY, value=value, facts=facts)


def check_sums(document: Any) -> Iterator[Finding]:
    """The bound of each proof is the sum of its three parts."""
    for number, proof in enumerate(document["proofs"]):
        bound = proof["quotas"] + proof["others"] + proof["people"]
        if bound != proof["bound"]:
            yield _of_proof("verify-bound", number, value=str(proof["bound"]), computed=bound)
        if min(proof["people"], proof["weight"], proof["counterweight"], proof["mean"]) < 0:
            yield _of_proof("verify-proof", number)


def check_rows(document: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """The rows are the panel size and the quotas of the lottery."""
    stated = [(row["name"], row["lower"], row["upper"]) for row in document["rows"]]
    needed = [("panel size", lottery.panel_size, lottery.panel_size)]
    needed += [(f"{q.category}: {q.value}", q.lower, q.upper) for q in lottery.quotas]
    if stated != needed or document["k"] != lottery.panel_size:
        yield _found("verify-public-rows")
    counts = [document[name] for name in ("cuts", "household_rows", "impossible")]
    gamma = document["gamma"]
    meant = min(gamma) >= 1 if document["objective"] == "goldilocks" else gamma == [1, 1]
    if document["denominator"] != DENOMINATOR or not meant or min(counts) < 0:
        yield _found("verify-public-lists")


def check_chances(document: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """The chances add up to the panel, and the tickets follow them as closely as is stated."""
    chances = document["chances"]
    values = [chance for chance, _ in chances]
    if values != sorted(set(values)) or min([1, *(people for _, people in chances)]) < 1:
        yield _found("verify-public-lists")
        return
    none = sum(people for chance, people in chances if chance == 0)
    if not all(map(is_told, values)) or document["impossible"] > none:
        yield _found("verify-public-lists")
    if sum(people for _, people in chances) != len(lottery.people):
        yield _found("verify-public-people")
        return
    tolerance = len(lottery.people) * DENOMINATOR // 10**9
    total = sum(chance * people for chance, people in chances)
    if abs(total - lottery.panel_size * DENOMINATOR) > tolerance:
        yield _found("verify-public-total")
    held = dict.fromkeys(lottery.people, 0)
    for panel in lottery.panels:
        for token in panel.members:
            held[token] = held.get(token, 0) + panel.weight
    # in order of size no two lists of numbers are closer to each other
    each = _each(chances)
    count = lottery.ticket_count
    furthest = max(
        abs(tickets * DENOMINATOR - chance * count)
        for tickets, chance in zip(sorted(held.values()), each, strict=False)
    )
    stated = document["largest_deviation"]
    if furthest > stated * count:
        yield _found("verify-public-deviation", value=str(stated))
    # or the tickets would be another lottery than the one that is proven to be fair
    if not 0 <= stated * count <= MOST_TICKETS_OFF * DENOMINATOR:
        tickets = f"{stated * count / DENOMINATOR:.1f}"
        yield _found("verify-tickets-off", value=tickets, most=MOST_TICKETS_OFF)


def check_proven(document: Any, lottery: PublishedLottery) -> Iterator[Finding]:
    """What is proven is what the chances reach, if the optimum was reached."""
    counts = [people for _, people in document["chances"]]
    # a list as long as somebody wrote would fill the memory
    if min([0, *counts]) < 0 or sum(counts) != len(lottery.people):
        yield _found("verify-public-people")
        return
    each = _each(document["chances"])
    possible = each[document["impossible"] :]
    shares = _each(document["shares"]) if _fits(document, len(possible)) else []
    settled = -1
    for number, proof in enumerate(document["proofs"]):
        if proof["settled"]["people"] <= settled or proof["settled"]["sum"][1] < 1:
            yield _of_proof("verify-settled", number)
        settled = proof["settled"]["people"]
        try:
            attained = _attained(document, possible, shares, settled)
            gap = abs(_proven(document, proof, len(possible)) - attained)
        except (ArithmeticError, ValueError, IndexError):
            yield _of_proof("verify-proof", number)
            continue
        if document["complete"] == "yes" and not gap <= LARGEST_GAP:
            yield _of_proof("verify-gap", number, value=f"{gap:.3g}")
    if not document["proofs"] or document["proofs"][0]["settled"]["people"]:
        yield _of_proof("verify-settled", 0)


def _of_rows(rows: Any, multipliers: list[int]) -> int:
    return sum(
        multiplier * (row["upper"] if multiplier >= 0 else row["lower"])
        for row, multiplier in zip(rows, multipliers, strict=True)
    )


def _summed(certificate: Certificate, proof: CertifiedProof, known: int) -> Json:
    bound = certificate.bound(proof)
    rows = [{"lower": row.lower or 0, "upper": row.upper} for row in certificate.rows]
    prices = [0] * len(certificate.groups)
    for row, multiplier in zip(certificate.rows, proof.multipliers, strict=True):
        for group, coefficient in row.coefficients.items():
            prices[group] += multiplier * coefficient * len(certificate.groups[group])
    nets = [up - down for up, down in zip(proof.weights, proof.counterweights, strict=True)]
    free = [group for group in range(len(prices)) if group not in proof.settled]
    settled = sum(
        (
            Fraction(nets[group] * certificate.reached[group], DENOMINATOR)
            for group in proof.settled
        ),
        start=Fraction(0),
    )
    return {
        "bound": bound,
        "counterweight": sum(proof.counterweights[group] for group in free),
        "mean": floor(certificate.mean_weight(proof) * DENOMINATOR)
        if certificate.objective == "nash"
        else 0,
        "others": _of_rows(rows[known:], list(proof.multipliers[known:])),
        "quotas": _of_rows(rows[:known], list(proof.multipliers[:known])),
        "people": sum(max(0, net - price) for net, price in zip(nets, prices, strict=True)),
        "settled": {
            "people": sum(len(certificate.groups[group]) for group in proof.settled),
            "sum": [settled.numerator, settled.denominator],
        },
        "weight": sum(_weight(certificate, proof, group) for group in free),
    }


def _proven(document: Any, proof: Any, people: int) -> float:
    """What no lottery can better, from the sums; see the module of the certificate."""
    objective, bound = document["objective"], proof["bound"]
    if objective in {"leximin", "maximin", "population"}:
        settled = Fraction(*proof["settled"]["sum"])
        level: Fraction = (bound - settled) / proof["weight"]
        return float(level)
    if objective == "minimax":
        return float(Fraction(-bound, proof["counterweight"]))
    if objective == "nash":
        return float(Fraction(bound, people * proof["mean"]))
    even = Fraction(document["k"], people)
    scale = max(Fraction(1), even * Fraction(proof["counterweight"], DENOMINATOR)) * DENOMINATOR
    gamma = Fraction(*document["gamma"])
    spread: float = 2 * sqrt(gamma * even * proof["weight"] / scale)
    return spread - float(bound / scale)


def _weight(certificate: Certificate, proof: CertifiedProof, group: int) -> int:
    weight = proof.weights[group]
    return weight * certificate.aims[group] // DENOMINATOR if certificate.aims else weight


def _fits(document: Any, possible: int) -> bool:
    """Whether the shares are those of so many people, in order."""
    figures, people = [share for share, _ in document["shares"]], [n for _, n in document["shares"]]
    return figures == sorted(set(figures)) and min([1, *people]) >= 1 and sum(people) == possible


def _each(told: list[list[int]]) -> list[int]:
    return [figure for figure, people in told for _ in range(people)]


def _attained(document: Any, possible: list[int], shares: list[int], settled: int) -> float:
    if document["objective"] == "population":
        return shares[settled] / DENOMINATOR
    lowest, highest = possible[settled] / DENOMINATOR, possible[-1] / DENOMINATOR
    objective = document["objective"]
    if objective in {"leximin", "maximin"}:
        return lowest
    if objective == "minimax":
        return highest
    if objective == "nash":
        return _geometric_mean(possible)
    even = int(document["k"]) / len(possible)
    return highest / even + float(Fraction(*document["gamma"])) * even / lowest


def _geometric_mean(chances: list[int]) -> float:
    if chances[0] <= 0:
        return 0.0
    return exp(fsum(log(chance / DENOMINATOR) for chance in chances) / len(chances))


def _of_proof(code: str, number: int, *, value: str = "", **facts: str | int) -> Finding:
    return _found(code, value=value, place=f"proofs[{number}]", **facts)


def _found(code: str, *, value: str = "", **facts: str | int) -> Finding:
    return Finding(code=code, file=PUBLIC_CERTIFICATE, value=value, facts=facts)
