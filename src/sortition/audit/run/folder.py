"""What the files claim of each other: nothing is missing, and nothing was changed later."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from html import unescape
from typing import Any

from sortition.audit.canonical import DIGEST, digest
from sortition.audit.claims import announced_otherwise
from sortition.audit.run.evidence import Evidence
from sortition.audit.shapes.run import CERTIFICATE, LOTTERY, MANIFEST, OUTPUTS, PAGE, REPORT
from sortition.errors import Finding


def check_files(
    contents: Mapping[str, bytes], manifest: Any | None, gone: Collection[str]
) -> Iterator[Finding]:
    """Every file is there that was not destroyed."""
    stated = manifest["outputs"] if manifest else ()
    for name in dict.fromkeys((*OUTPUTS, *stated, MANIFEST)):
        if name not in contents and name not in gone:
            yield Finding(code="verify-missing", file=name)


def check_digests(contents: Mapping[str, bytes], manifest: Any) -> Iterator[Finding]:
    """Every file has the digest that the manifest states."""
    for name, stated in manifest["outputs"].items():
        if name in contents and digest(contents[name]) != stated:
            facts = {"stated": stated}
            yield Finding(
                code="verify-digest", file=name, value=digest(contents[name]), facts=facts
            )


def check_announced(contents: Mapping[str, bytes], announced: str) -> Iterator[Finding]:
    """The manifest is the one whose digest was announced."""
    yield from announced_otherwise(contents, MANIFEST, announced)


def check_page(content: bytes, manifest: Any) -> Iterator[Finding]:
    """The page for people shows the digests of the inputs and of the lottery."""
    page = unescape(content.decode(errors="replace"))
    digests = [manifest["lottery_digest"]]
    digests += [manifest["inputs"][name]["sha256"] for name in ("pool", "quotas")]
    for stated in digests:
        if not DIGEST.fullmatch(stated) or f">{stated}<" not in page:
            yield Finding(code="verify-page", file=PAGE, value=stated)


def check_agreement(evidence: Evidence) -> Iterator[Finding]:
    """Whatever several documents state is the same in all of them."""
    by_name: dict[str, dict[str, object]] = {}
    for file, statements in _statements(evidence):
        for name, value in statements.items():
            by_name.setdefault(name, {})[file] = value
    for name, values in by_name.items():
        if len(set(values.values())) > 1:
            stated = ", ".join(f"{value} in {file}" for file, value in values.items())
            yield Finding(code="verify-disagreement", facts={"name": name, "stated": stated})


def _statements(evidence: Evidence) -> Iterator[tuple[str, dict[str, object]]]:
    lottery, certificate = evidence.lottery, evidence.certificate
    report, manifest = evidence.report, evidence.manifest
    if lottery:
        yield (
            LOTTERY,
            {
                "panel size": lottery.panel_size,
                "number of people": len(lottery.people),
                "number of tickets": lottery.ticket_count,
                "lottery digest": lottery.digest,
            },
        )
    if certificate:
        yield (
            CERTIFICATE,
            {
                "panel size": certificate.panel_size,
                "objective": certificate.objective,
                "number of people": certificate.people + len(certificate.impossible),
                "gamma": certificate.gamma if certificate.objective == "goldilocks" else None,
            },
        )
    if report:
        yield (
            REPORT,
            {
                "panel size": report["panel_size"],
                "objective": report["objective"],
                "number of people": report["pool_size"],
                "number of tickets": report["tickets"]["count"],
                "seed": report["seed"],
                "lottery digest": report["lottery_digest"],
            },
        )
    if manifest:
        options = manifest["options"]
        gamma = options["gamma"]
        yield (
            MANIFEST,
            {
                "panel size": options["size"],
                "objective": options["objective"],
                "number of tickets": options["tickets"],
                "gamma": None if gamma is None else Fraction(str(gamma)),
                "seed": manifest["seed"],
                "lottery digest": manifest["lottery_digest"],
            },
        )
