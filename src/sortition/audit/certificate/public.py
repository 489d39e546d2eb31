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

from fractions import Fraction
from itertools import groupby
from math import floor
from typing import Any

from sortition.audit.canonical import Json, digest
from sortition.audit.certificate.file import OBJECTIVES
from sortition.audit.certificate.proof import DENOMINATOR, Certificate, CertifiedProof
from sortition.audit.documents import Shape
from sortition.audit.lottery.file import PublishedLottery

SCHEMA = "sortition-public-certificate/1"
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


def _weight(certificate: Certificate, proof: CertifiedProof, group: int) -> int:
    weight = proof.weights[group]
    return weight * certificate.aims[group] // DENOMINATOR if certificate.aims else weight
