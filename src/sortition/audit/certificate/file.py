"""The file of a certificate, written and read back: `sortition-certificate/2`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, get_args

from sortition.audit.canonical import Json, canonical_json
from sortition.audit.certificate.effort import MOST_STEPS, steps_of
from sortition.audit.certificate.proof import DENOMINATOR, Certificate, CertifiedProof, Exclusion
from sortition.audit.certificate.refutation import SHAPE as CASES_SHAPE
from sortition.audit.certificate.refutation import cases_document, cases_of
from sortition.audit.certificate.rows import CertifiedRow
from sortition.audit.documents import Shape, parse
from sortition.errors import Finding, VerificationFailed
from sortition.model import ObjectiveName

OBJECTIVES: tuple[str, ...] = get_args(ObjectiveName)
SCHEMA = "sortition-certificate/2"
CUT = "cut"
SHAPE: Shape = {
    "aims": [int],
    "cuts": [{"cases": CASES_SHAPE, "groups": [[int, int]], "upper": int}],
    "denominator": int,
    "excluded": [{"cases": CASES_SHAPE, "people": [str], "rows": [int]}],
    "gamma": [int, int],
    "groups": [[str]],
    "k": int,
    "objective": OBJECTIVES,
    "proofs": [
        {
            "bound": int,
            "counterweights": [int],
            "multipliers": [int],
            "settled": [int],
            "weights": [int],
        }
    ],
    "reached": [int],
    "rows": [{"groups": [[int, int]], "lower": int, "name": str, "upper": int}],
    "schema": SCHEMA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCertificate:
    """A certificate, and the bound that is stated beside each of its proofs.

    Attributes
    ----------
    certificate : Certificate
    bounds : tuple of int
        Over `DENOMINATOR`; what somebody wrote, not what the proofs give.
    """

    certificate: Certificate
    bounds: tuple[int, ...]


def certificate_file(certificate: Certificate) -> bytes:
    """A certificate as canonical JSON."""
    cuts = [row for row in certificate.rows if row.lower is None]
    document: Json = {
        "schema": SCHEMA,
        "objective": certificate.objective,
        "gamma": [certificate.gamma.numerator, certificate.gamma.denominator],
        "k": certificate.panel_size,
        "denominator": DENOMINATOR,
        "groups": [list(group) for group in certificate.groups],
        "excluded": [
            {
                "cases": cases_document(exclusion.cases),
                "people": list(exclusion.people),
                "rows": list(exclusion.rows),
            }
            for exclusion in certificate.excluded
        ],
        "rows": [
            {"name": row.name, "lower": row.lower, "upper": row.upper, "groups": _pairs(row)}
            for row in certificate.rows
            if row.lower is not None
        ],
        "cuts": [
            {"cases": cases_document(cases), "upper": row.upper, "groups": _pairs(row)}
            for row, cases in zip(cuts, certificate.cut_cases, strict=True)
        ],
        "reached": list(certificate.reached),
        "aims": list(certificate.aims),
        "proofs": [
            {
                "weights": list(proof.weights),
                "counterweights": list(proof.counterweights),
                "multipliers": list(proof.multipliers),
                "settled": sorted(proof.settled),
                "bound": certificate.bound(proof),
            }
            for proof in certificate.proofs
        ],
    }
    return canonical_json(document)


def read_certificate(content: bytes, file: str) -> StatedCertificate:
    """Read a certificate file.

    Raises
    ------
    VerificationFailed
        If it is not a document of this schema, or its lists do not fit each other; every place
        is listed.
    """
    document = parse(content, file, SHAPE, largest=None)
    findings = tuple(
        Finding(code="verify-certificate-lists", file=file, facts={"place": place})
        for place in _unfit(document)
    )
    if not findings and (steps := steps_of(document)) > MOST_STEPS:
        facts: dict[str, str | int] = {"steps": f"{steps:.1e}", "most": f"{MOST_STEPS:.0e}"}
        findings = (Finding(code="verify-too-much", file=file, facts=facts),)
    if findings:
        raise VerificationFailed(findings)
    certificate = Certificate(
        objective=document["objective"],
        gamma=Fraction(*document["gamma"]),
        panel_size=document["k"],
        groups=document["groups"],
        excluded=[
            Exclusion(people=one["people"], rows=one["rows"], cases=cases_of(one["cases"]))
            for one in document["excluded"]
        ],
        rows=[
            *(_row(row, name=row["name"], lower=row["lower"]) for row in document["rows"]),
            *(_row(cut, name=CUT, lower=None) for cut in document["cuts"]),
        ],
        cut_cases=[cases_of(cut["cases"]) for cut in document["cuts"]],
        reached=document["reached"],
        aims=document["aims"],
        proofs=[
            CertifiedProof(
                weights=proof["weights"],
                counterweights=proof["counterweights"],
                multipliers=proof["multipliers"],
                settled=frozenset(proof["settled"]),
            )
            for proof in document["proofs"]
        ],
    )
    bounds = tuple(proof["bound"] for proof in document["proofs"])
    return StatedCertificate(certificate=certificate, bounds=bounds)


def _row(row: Any, *, name: str, lower: int | None) -> CertifiedRow:
    return CertifiedRow(
        name=name, coefficients=dict(row["groups"]), lower=lower, upper=row["upper"]
    )


def _unfit(document: Any) -> Iterator[str]:
    """The places where lists are too long or short, or name groups that are not there."""
    groups = len(document["groups"])
    if document["denominator"] != DENOMINATOR:
        yield "denominator"
    numerator, denominator = document["gamma"]
    # in lowest terms, because one number has one spelling
    if min(numerator, denominator) < 1 or (
        Fraction(numerator, denominator).denominator != denominator
    ):
        yield "gamma"
    elif document["objective"] != "goldilocks" and numerator != denominator:
        yield "gamma"  # which no other objective has
    yield from (f"groups[{n}]" for n, group in enumerate(document["groups"]) if not group)
    if not groups:
        yield "groups"
    if len(document["reached"]) != groups:
        yield "reached"
    aims = document["aims"]
    aimed = len(aims) == (groups if document["objective"] == "population" else 0)
    if not aimed or not all(0 < aim <= DENOMINATOR for aim in aims):
        yield "aims"
    yield from _unfit_rows(document, groups)
    rows = len(document["rows"]) + len(document["cuts"])
    lengths = {"weights": groups, "counterweights": groups, "multipliers": rows}
    for number, proof in enumerate(document["proofs"]):
        yield from (
            f"proofs[{number}].{name}"
            for name, length in lengths.items()
            if len(proof[name]) != length
        )
        if not _are_groups(proof["settled"], groups):
            yield f"proofs[{number}].settled"
    if not document["proofs"]:
        yield "proofs"


def _unfit_rows(document: Any, groups: int) -> Iterator[str]:
    for name in ("rows", "cuts"):
        for number, row in enumerate(document[name]):
            if not _are_groups([group for group, _ in row["groups"]], groups):
                yield f"{name}[{number}].groups"
    for name in ("cuts", "excluded"):
        for number, one in enumerate(document[name]):
            if not all(map(_is_case, one["cases"])):
                yield f"{name}[{number}].cases"


def _is_case(case: Any) -> bool:
    """Whether a case can be read in one way alone."""
    rows = [row for row, _ in case["multipliers"]]
    return len(case["branch"]) in (0, 2) and rows == sorted(set(rows))


def _are_groups(numbers: list[int], groups: int) -> bool:
    """Whether these are numbers of groups, in order, each at most once."""
    in_order = numbers == sorted(set(numbers))
    return in_order and all(0 <= number < groups for number in numbers)


def _pairs(row: CertifiedRow) -> list[list[int]]:
    return [[group, coefficient] for group, coefficient in sorted(row.coefficients.items())]
