"""How much there is to compute to check a certificate, counted before any of it is computed.

A file of a few megabytes can ask for days of sums: many proofs over the same rows, many cases over
the same groups. No certificate that this program wrote came near the bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MOST_STEPS = 10**8  # additions and multiplications; a minute or so
DIGITS = 40  # of a number up to which a step is a step


def steps_of(document: Any) -> int:
    """How many steps it takes, about, for a document of the right shape.

    Every row is multiplied once in each proof; a case goes through all groups and through the rows
    that it multiplies; a cut is looked at with all rows before it.
    """
    rows = [*document["rows"], *document["cuts"]]
    lengths = [len(row["groups"]) for row in rows]
    counted = sum(len(one["rows"]) for one in document["excluded"])
    width = len(document["groups"]) + len(document["excluded"])
    proofs = len(document["proofs"]) * (sum(lengths) + len(rows) + width)
    return (proofs + counted + _of_cases(document, lengths, width)) * _weight(document)


def _of_cases(document: Any, lengths: list[int], width: int) -> int:
    steps = 0
    for one in (*document["excluded"], *document["cuts"]):
        steps += len(lengths) + width
        for case in one["cases"]:
            multiplied = (row for row, _ in case["multipliers"] if 0 <= row < len(lengths))
            # a row may have been widened by everybody who is on no panel
            steps += 2 * width + sum(lengths[row] + len(document["excluded"]) for row in multiplied)
    return steps


def _weight(document: Any) -> int:
    """How many steps a step with the longest of the numbers is worth."""
    longest = max((abs(number) for number in _numbers(document)), default=0)
    return 1 + longest.bit_length() * 3 // 10 // DIGITS


def _numbers(document: Any) -> Iterator[int]:
    for row in (*document["rows"], *document["cuts"]):
        yield row["upper"]
        yield from (count for _, count in row["groups"])
    for one in (*document["excluded"], *document["cuts"]):
        for case in one["cases"]:
            yield from (multiplier for _, multiplier in case["multipliers"])
    for proof in document["proofs"]:
        for name in ("weights", "counterweights", "multipliers"):
            yield from proof[name]
