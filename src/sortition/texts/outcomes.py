"""The outcome of a verification, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace

from sortition.errors import Finding
from sortition.texts import describe

MOST_FINDINGS = 12
BLANK = "(blank)"
# the name of a claim, and what is wrong with it; None if it could not be checked
Outcome = tuple[str, Sequence[Finding] | None]


def outcome_lines(
    outcomes: Iterable[Outcome], file: str, announced: str, last_event: str
) -> Iterator[str]:
    """One line for each claim, under it what is wrong, and a line for all of them."""
    counted, wrong, unchecked = 0, 0, 0
    for name, findings in outcomes:
        counted += 1
        wrong += bool(findings)
        unchecked += findings is None
        mark = "?" if findings is None else "WRONG" if findings else "ok"
        yield f"{mark:<7}{describe(Finding(code=name))}"
        found = findings or ()
        yield from (f"{'':9}{_sentence(finding)}" for finding in found[:MOST_FINDINGS])
        if len(found) > MOST_FINDINGS:
            yield f"{'':9}and {len(found) - MOST_FINDINGS} more"
    yield ""
    if announced:
        yield f"SHA-256 of {file}: {announced}"
    if last_event:
        yield f"Last event of the log: {last_event}"
    if wrong or unchecked:
        yield f"Of {counted} claims, {wrong} are wrong and {unchecked} could not be checked."
    else:
        yield f"All {counted} claims hold."


def outcome_json(outcomes: Iterable[Outcome], file: str, announced: str, last_event: str) -> str:
    """The same as a JSON document, with every finding as data and in words."""
    document = {
        "announced": {"file": file, "sha256": announced},
        "last_event": last_event,
        "checks": [
            {
                "check": name,
                "outcome": "unchecked" if findings is None else "wrong" if findings else "ok",
                "findings": [
                    {**asdict(finding), "sentence": _sentence(finding)}
                    for finding in findings or ()
                ],
            }
            for name, findings in outcomes
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _sentence(finding: Finding) -> str:
    """A finding in words, also where somebody left blank what the sentence is about."""
    facts = {name: BLANK if fact == "" else fact for name, fact in finding.facts.items()}
    return describe(replace(finding, value=finding.value or BLANK, facts=facts))
