"""What the proof as everybody may see it claims: its sums, its rows, the chances, the optimum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import sqrt
from typing import Any

from sortition.audit.certificate.proof import DENOMINATOR, Certificate
from sortition.audit.certificate.public import MOST_TICKETS_OFF, is_told, largest_deviation
from sortition.audit.lottery.checks import FEWEST_TICKETS
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.bundle import PUBLIC_CERTIFICATE
from sortition.audit.shapes.run import LOTTERY
from sortition.errors import Finding
from sortition.model.fairness import geometric_mean

LARGEST_GAP = 1e-6


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
    # in order of size no two lists of numbers are closer to each other
    each = _each(chances)
    count = lottery.ticket_count
    furthest = max(
        abs(tickets * DENOMINATOR - chance * count)
        for tickets, chance in zip(sorted(lottery.tickets_held.values()), each, strict=False)
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
        return geometric_mean([chance / DENOMINATOR for chance in possible])
    even = int(document["k"]) / len(possible)
    return highest / even + float(Fraction(*document["gamma"])) * even / lowest


def _of_proof(code: str, number: int, *, value: str = "", **facts: str | int) -> Finding:
    return _found(code, value=value, place=f"proofs[{number}]", **facts)


def _found(code: str, *, value: str = "", **facts: str | int) -> Finding:
    return Finding(code=code, file=PUBLIC_CERTIFICATE, value=value, facts=facts)
